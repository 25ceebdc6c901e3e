import Foundation

/// An ordinary file that is read by place and never changed.
final class ReadFile {
    private let descriptor: Int32
    let size: Int

    init(_ path: String) throws(SpreadsheetFault) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else { throw SpreadsheetFault(.unavailable) }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// At most `count` bytes from `place` on; fewer at the end.
    func read(at place: Int, count: Int) throws(SpreadsheetFault) -> [UInt8] {
        let want = max(0, min(count, size - place))
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: want) { buffer, done in
            while done < want {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + done }, want - done, off_t(place + done))
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else {
                    failed = got < 0
                    return
                }
                done += got
            }
        }
        guard !failed else { throw SpreadsheetFault(.unavailable) }
        return bytes
    }
}

/// A file of our own without a name: it is gone when we are, whatever happens.
final class ScratchFile {
    private let descriptor: Int32
    private(set) var size = 0

    init() throws(SpreadsheetFault) {
        var template = Array((NSTemporaryDirectory() + "jinlin-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SpreadsheetFault(.unavailable) }
        unlink(template)
    }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) throws(SpreadsheetFault) {
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done, off_t(size + done))
            }
            if put < 0 && errno == EINTR { continue }
            guard put > 0 else { throw SpreadsheetFault(.unavailable) }
            done += put
        }
        size += done
    }

    func read(at place: Int, count: Int) throws(SpreadsheetFault) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            while done < count {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(place + done))
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else { return }
                done += got
            }
        }
        guard bytes.count == count else { throw SpreadsheetFault(.unavailable) }
        return bytes
    }
}
