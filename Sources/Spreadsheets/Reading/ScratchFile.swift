import Foundation
import Kernel

/// A file of our own without a name: it is gone when we are, whatever happens.
package final class ScratchFile {
    private let descriptor: Int32
    package private(set) var size = 0
    /// The name under which the system lets us open a file that has none.
    package var path: String { "/proc/self/fd/\(descriptor)" }

    /// - Throws: ``SpreadsheetFault`` when the disk is full.
    package init() throws(SpreadsheetFault) {
        var template = Array((NSTemporaryDirectory() + "jinlin-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SpreadsheetFault(.unavailable) }
        unlink(template)
    }

    deinit { close(descriptor) }

    package func append(_ bytes: [UInt8]) throws(SpreadsheetFault) {
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
