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

    /// See ``Photograph/paint(over:in:)``; throws ``PhotographProblem/busy`` when too many wait.
    package func paint(over boxes: [PaintedBox], in picture: [UInt8]) async throws(PhotographProblem) -> Photograph {
        guard queue.load < limit else { throw .busy }
        return try await queue.run { () throws(PhotographProblem) in try Photograph.paint(over: boxes, in: picture) }
    }

    /// Which of `earlier` show the same picture as each of `pictures`, the likeliest first (``LikenessSearch``).
    package func compare(_ pictures: [Likeness], with earlier: [Likeness]) async -> [[AlikePicture]] {
        guard !pictures.isEmpty, !earlier.isEmpty else { return pictures.map { _ in [] } }
        return await queue.run { () throws(Never) in
            pictures.map { picture in
                let search = LikenessSearch(picture)
                return earlier.enumerated().compactMap { index, other in
                    search.sureness(of: other).map { AlikePicture(index: index, sureness: $0) }
                }.sorted { $0.sureness > $1.sureness }
            }
        }
    }
}

/// A picture that was found again.
package struct AlikePicture: Sendable, Hashable {
    /// Its place in the list that was searched.
    package let index: Int
    /// In percent.
    package let sureness: Int
}
