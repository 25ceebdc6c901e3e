import Foundation

/// Files in a local folder, named after their content and never changed, only taken away: `ab/abcd…` below the folder. 附件
///
/// What ``put(_:)`` returned for survives a power cut. Several processes may share the folder.
package struct BlobStore: Sendable {
    private let folder: String
    private let queue = BlockingQueue("blobs", width: 4)

    /// Makes `folder` when it is missing.
    package init(folder: String) throws(BlobProblem) {
        self.folder = folder
        try Files.makeFolder("\(folder)/incoming")
    }

    /// Stores `content`, once however often it is put, and returns its name.
    @discardableResult
    package func put(_ content: [UInt8]) async throws(BlobProblem) -> BlobName {
        let folder = folder
        return try await queue.run { () throws(BlobProblem) in
            let name = BlobName(of: content)
            let shelf = Self.shelf(of: name, in: folder)
            if !Files.holds("\(shelf)/\(name)") {
                try Files.makeFolder(shelf)
                try Files.sync(folder)
                try Files.write(content, to: "\(shelf)/\(name)", by: "\(folder)/incoming")
            }
            // Also when another process has just put it: its name must be on disk before we answer.
            try Files.sync(shelf)
            return name
        }
    }

    /// The content of `name`; nil when there is none. Throws ``BlobProblem/damaged`` when it is no longer what was put.
    package func read(_ name: BlobName) async throws(BlobProblem) -> [UInt8]? {
        let path = path(of: name)
        return try await queue.run { () throws(BlobProblem) in
            guard let content = try Files.read(path) else { return nil }
            guard BlobName(of: content) == name else { throw .damaged }
            return content
        }
    }

    /// Whether `name` is stored.
    package func exists(_ name: BlobName) async -> Bool {
        let path = path(of: name)
        return await queue.run { Files.holds(path) }
    }

    /// Takes `name` away for good; there need not be one. Whether anything still refers to it is for the caller to know.
    package func remove(_ name: BlobName) async throws(BlobProblem) {
        let (path, shelf) = (path(of: name), Self.shelf(of: name, in: folder))
        try await queue.run { () throws(BlobProblem) in
            if try Files.remove(path) { try Files.sync(shelf) }
        }
    }

    private func path(of name: BlobName) -> String { "\(Self.shelf(of: name, in: folder))/\(name)" }

    /// One of 256 folders, so that none grows too long.
    private static func shelf(of name: BlobName, in folder: String) -> String { "\(folder)/\(name.description.prefix(2))" }
}

/// Why a file could not be stored or read.
package enum BlobProblem: Error, Hashable {
    /// The disk is full, read-only, broken or out of reach; may pass. Names the operation and the system's error number.
    case unavailable(String, errno: Int32)
    /// The content no longer has the digest it is named after.
    case damaged
}
