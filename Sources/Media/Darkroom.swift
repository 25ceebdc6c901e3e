/// Makes photographs aside, a few at a time, so that a burst of uploads slows photos and nothing else.
package struct Darkroom: Sendable {
    private let queue: BlockingQueue
    private let limit: Int

    /// At most `width` at once; beyond `limit` running or waiting ones, which may hold 15 MiB each, new ones are turned away.
    package init(width: Int = 2, limit: Int = 24) {
        queue = BlockingQueue("darkroom", width: width)
        self.limit = limit
    }

    /// See ``Photograph/prepare(_:)``; throws ``PhotographProblem/busy`` when too many wait.
    package func develop(_ upload: [UInt8]) async throws(PhotographProblem) -> Photograph {
        guard queue.load < limit else { throw .busy }
        return try await queue.run { () throws(PhotographProblem) in try Photograph.prepare(upload) }
    }
}
