import Foundation

/// Writes RFC 4180 in UTF-8 with the mark by which Excel knows it.
final class CSVWriter: SheetWriter {
    private let descriptor: Int32
    private var pending: [UInt8] = [0xEF, 0xBB, 0xBF]
    private var isOpen = true

    init(path: String, header: [String]) throws(SpreadsheetFault) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SpreadsheetFault(.unavailable) }
        try write(header.map(Cell.text))
    }

    deinit { if isOpen { close(descriptor) } }

    func write(_ row: [Cell]) throws(SpreadsheetFault) {
        for (index, cell) in row.enumerated() {
            if index > 0 { pending.append(UInt8(ascii: ",")) }
            if case .text(let text) = cell { append(PlainText.inert(text)) } else { append(cell.shown) }
        }
        pending.append(contentsOf: [13, 10])
        if pending.count >= 1 << 16 { try flush() }
    }

    private func append(_ text: String) {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x3B, 9, 10, 13].contains($0) }) || text.first == " " || text.last == " "
        else {
            return pending.append(contentsOf: text.utf8)
        }
        pending.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { pending.append(0x22) }
            pending.append(byte)
        }
        pending.append(0x22)
    }

    private func flush() throws(SpreadsheetFault) {
        var done = 0
        while done < pending.count {
            let put = pending.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress.map { $0 + done }, pending.count - done)
            }
            if put < 0 && errno == EINTR { continue }
            guard put > 0 else { throw SpreadsheetFault(.unavailable) }
            done += put
        }
        pending.removeAll(keepingCapacity: true)
    }

    func finish() throws(SpreadsheetFault) {
        try flush()
        isOpen = false
        guard close(descriptor) == 0 else { throw SpreadsheetFault(.unavailable) }
    }
}
