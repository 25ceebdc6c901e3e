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
