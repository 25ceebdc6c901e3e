import Foundation
import Media
import Testing

struct BlobStoreTests {
    /// Runs `body` with a folder of its own.
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "/blobs-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func files(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasPrefix("incoming/") || $0.count > 64 }
    }

    @Test func `gives back what was put`() async throws {
        try await withFolder { folder in
            let store = try BlobStore(folder: "\(folder)/deep/er")
            for content in [[], [0], Array("近邻".utf8), [UInt8](repeating: 7, count: 1 << 20 + 3)] as [[UInt8]] {
                let name = try await store.put(content)
                #expect(await store.exists(name))
                #expect(try await store.read(name) == content)
                // Another process, later.
                #expect(try await BlobStore(folder: "\(folder)/deep/er").read(name) == content)
            }
        }
    }

    @Test func `takes away what is not needed any more, once or twice`() async throws {
        try await withFolder { folder in
            let store = try BlobStore(folder: folder)
            let (gone, kept) = (try await store.put([1]), try await store.put([2]))
            for _ in 0..<2 { try await store.remove(gone) }
            #expect(await !store.exists(gone))
            #expect(try await store.read(gone) == nil)
            #expect(try await store.read(kept) == [2])
            #expect(try await store.put([1]) == gone, "it can come again")
        }
    }

    @Test func `names content by its SHA-256`() {
        #expect(BlobName(of: Array("abc".utf8)).description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `stores the same content once, also when many put it at once`() async throws {
        try await withFolder { folder in
            let store = try BlobStore(folder: folder)
            let names = try await withThrowingTaskGroup(of: BlobName.self) { group in
                for _ in 0..<32 { group.addTask { try await store.put([1, 2, 3]) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(names.count == 1)
            #expect(try files(in: folder).count == 1)
        }
    }

    @Test func `knows nothing of what was never put`() async throws {
        try await withFolder { folder in
            let store = try BlobStore(folder: folder)
            let name = BlobName(of: [9])
            #expect(await !store.exists(name))
            #expect(try await store.read(name) == nil)
        }
    }

    @Test(arguments: [
        "", "..", "../../etc/passwd", "/etc/passwd", String(repeating: "a", count: 63), String(repeating: "a", count: 65),
        String(repeating: "A", count: 64), String(repeating: "g", count: 64), "../" + String(repeating: "a", count: 61),
        String(repeating: "a", count: 63) + "\0", String(repeating: "a", count: 63) + "/",
        String(repeating: "a", count: 61) + "ａ",
        "%2e%2e%2f" + String(repeating: "a", count: 55), String(repeating: "1", count: 63) + "\n",
    ])
    func `refuses every name that is not 64 small hexadecimal digits`(_ text: String) {
        #expect(BlobName(text) == nil)
    }

    @Test func `notices content that has changed on the disk`() async throws {
        try await withFolder { folder in
            let store = try BlobStore(folder: folder)
            let name = try await store.put([1, 2, 3])
            let path = "\(folder)/\(name.description.prefix(2))/\(name)"
            #expect(FileManager.default.createFile(atPath: path, contents: Data([1, 2, 4])))
            await #expect(throws: BlobProblem.damaged) { try await store.read(name) }
        }
    }

    @Test func `does not follow a link out of its folder`() async throws {
        try await withFolder { folder in
            let store = try BlobStore(folder: folder)
            let name = BlobName(of: [5])
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(name.description.prefix(2))", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/\(name.description.prefix(2))/\(name)", withDestinationPath: "/etc/hostname")
            #expect(await !store.exists(name))
            await #expect(throws: BlobProblem.self) { try await store.read(name) }
        }
    }

    @Test func `says when the disk cannot be written, and leaves nothing behind`() async throws {
        #expect(throws: BlobProblem.self) { try BlobStore(folder: "/proc/nowhere") }
        #expect(throws: BlobProblem.unavailable("mkdir", errno: ENOTDIR)) { try BlobStore(folder: "/dev/null/blobs") }
        try await withFolder { folder in
            let store = try BlobStore(folder: folder)
            let name = BlobName(of: [8])
            // A file where the shelf should be: storing fails half-way.
            #expect(FileManager.default.createFile(atPath: "\(folder)/\(name.description.prefix(2))", contents: nil))
            await #expect(throws: BlobProblem.self) { try await store.put([8]) }
            #expect(try files(in: folder).isEmpty)
        }
    }
}
