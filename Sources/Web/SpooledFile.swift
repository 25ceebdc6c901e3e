import Dispatch
import Foundation

/// A file without a name, on its way out: it takes no memory, and is gone when it has been sent, whatever happens.
package final class SpooledFile: Sendable {
    private static let queue = DispatchQueue(label: "jinlin.spool", attributes: .concurrent)
    private let descriptor: Int32
    package let size: Int

    package struct Lost: Error {}

    /// Has `fill` write a new file at the path it is given, and takes the name away.
    /// - Throws: ``Lost`` when the file cannot be made, and what `fill` throws.
    package static func filled(by fill: @escaping @Sendable (String) throws -> Void) async throws -> SpooledFile {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try SpooledFile(fill) }) }
        }
    }

    /// Takes the name of the file at `path` away.
    package init(taking path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        unlink(path)
        guard descriptor >= 0 else { throw Lost() }
        size = Int(lseek(descriptor, 0, SEEK_END))
    }

    private init(_ fill: (String) throws -> Void) throws {
        var template = Array((NSTemporaryDirectory() + "jinlin-out-XXXXXX").utf8CString)
        let made = mkstemp(&template)
        guard made >= 0 else { throw Lost() }
        close(made)
        defer { unlink(template) }
        try template.withUnsafeBufferPointer { path in
            try fill(path.baseAddress.map { String(cString: $0) } ?? "")
        }
        // The file may have been replaced by one of the same name.
        let descriptor = open(template, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Lost() }
        self.descriptor = descriptor
        size = Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit { close(descriptor) }

    /// Writes it where it stays. Nobody but its owner may read it.
    package func copy(to path: String) async throws {
        let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw Lost() }
        let file = FileHandle(fileDescriptor: target, closeOnDealloc: true)
        var place = 0
        while place < size {
            let piece = try await read(at: place)
            try file.write(contentsOf: Data(piece))
            place += piece.count
        }
        try file.synchronize()
    }

    /// The next piece from `place` on.
    func read(at place: Int) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            Self.queue.async { [self] in
                let count = min(1 << 16, size - place)
                let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
                    done = max(0, pread(descriptor, buffer.baseAddress, count, off_t(place)))
                }
                continuation.resume(with: piece.isEmpty ? .failure(Lost()) : .success(piece))
            }
        }
    }
}
