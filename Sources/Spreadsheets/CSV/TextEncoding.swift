import Foundation

/// How a text file's bytes stand for characters.
enum TextEncoding: String, Sendable {
    case utf8 = "UTF-8"
    /// What Excel for Windows in China writes; GBK and GB2312 are parts of it.
    case gb18030 = "GB18030"
    /// Excel's "Unicode text".
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"

    /// Decides by the mark at the start, else by whether all of it is UTF-8. Returns the number of bytes the mark takes.
    static func detect(_ file: ReadFile) throws(SpreadsheetFault) -> (encoding: TextEncoding, mark: Int) {
        let start = try file.read(at: 0, count: 3)
        if start == [0xEF, 0xBB, 0xBF] { return (.utf8, 3) }
        if start.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if start.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        var (check, place) = (UTF8Check(), 0)
        while place < file.size {
            let bytes = try file.read(at: place, count: 1 << 18)
            guard !bytes.isEmpty else { break }
            if !check.accepts(bytes) { return (.gb18030, 0) }
            place += bytes.count
        }
        return (check.isComplete ? .utf8 : .gb18030, 0)
    }
}

/// Whether bytes, given piece by piece, are UTF-8 (RFC 3629 §4).
struct UTF8Check {
    /// Bytes still to come of the character begun, and the range the next one must be in.
    private var missing = 0
    private var range: ClosedRange<UInt8> = 0x80...0xBF

    var isComplete: Bool { missing == 0 }

    mutating func accepts(_ bytes: [UInt8]) -> Bool {
        for byte in bytes {
            if missing > 0 {
                guard range.contains(byte) else { return false }
                (missing, range) = (missing - 1, 0x80...0xBF)
                continue
            }
            switch byte {
            case 0..<0x80: continue
            case 0xC2...0xDF: missing = 1
            case 0xE0: (missing, range) = (2, 0xA0...0xBF)
            case 0xED: (missing, range) = (2, 0x80...0x9F)
            case 0xE1...0xEF: missing = 2
            case 0xF0: (missing, range) = (3, 0x90...0xBF)
            case 0xF1...0xF3: missing = 3
            case 0xF4: (missing, range) = (3, 0x80...0x8F)
            default: return false
            }
        }
        return true
    }
}

/// A text file as a stream of UTF-8 bytes.
final class TextFile {
    let encoding: TextEncoding
    private let file: ReadFile
    private let mark: Int
    private var place: Int
    private var rest: [UInt8] = []
    private var converter: iconv_t?

    init(_ file: ReadFile) throws(SpreadsheetFault) {
        self.file = file
        (encoding, mark) = try TextEncoding.detect(file)
        place = mark
        if encoding != .utf8 {
            converter = iconv_open("UTF-8", encoding.rawValue)
            guard converter != iconv_t(bitPattern: -1) else { throw SpreadsheetFault(.unavailable) }
        }
    }

    deinit {
        if let converter, converter != iconv_t(bitPattern: -1) { iconv_close(converter) }
    }

    var thousandths: Int { file.size == 0 ? 1000 : Int(Double(place) / Double(file.size) * 1000) }

    /// The next piece; empty at the end.
    /// - Throws: ``SpreadsheetFault/Code/badEncoding``.
    func next() throws(SpreadsheetFault) -> [UInt8] {
        let bytes = try file.read(at: place, count: 1 << 16)
        place += bytes.count
        guard let converter else { return bytes }
        if bytes.isEmpty, !rest.isEmpty { throw SpreadsheetFault(.badEncoding) }
        return try convert(rest + bytes, converter)
    }

    private func convert(_ source: [UInt8], _ converter: iconv_t) throws(SpreadsheetFault) -> [UInt8] {
        guard !source.isEmpty else { return [] }
        var input = source.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: source.count * 3 + 16)
        var (left, room) = (input.count, output.count)
        let status = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                var (start, end) = (from.baseAddress, to.baseAddress)
                return iconv(converter, &start, &left, &end, &room) == Int(bitPattern: UInt.max) ? errno : 0
            }
        }
        // A character cut in two waits for its second half; a longer rest cannot be one.
        guard status == 0 || (status == EINVAL && left < 8) else { throw SpreadsheetFault(.badEncoding) }
        rest = Array(source.suffix(left))
        return output[..<(output.count - room)].map { UInt8(bitPattern: $0) }
    }
}
