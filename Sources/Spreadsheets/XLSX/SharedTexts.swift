/// The texts that an XLSX file keeps apart from its sheets, in a file of our own: a register's names and addresses need not fit into memory.
///
/// Texts lie in blocks of sixteen, whose places are known; blocks read last are kept.
final class SharedTexts {
    private static let perBlock = 16
    private static let slots = 2048
    private let file: ScratchFile
    private var places: [Int] = []
    private var pending: [UInt8] = []
    private var count = 0
    private var kept: [(block: Int, texts: [String])]

    init() throws(SpreadsheetFault) {
        file = try ScratchFile()
        kept = Array(repeating: (-1, []), count: Self.slots)
    }

    func append(_ bytes: [UInt8]) throws(SpreadsheetFault) {
        if count % Self.perBlock == 0 { places.append(file.size + pending.count) }
        withUnsafeBytes(of: UInt32(bytes.count)) { pending.append(contentsOf: $0) }
        pending.append(contentsOf: bytes)
        count += 1
        if pending.count >= 1 << 18 { try flush() }
    }

    func flush() throws(SpreadsheetFault) {
        try file.append(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// The text of a number; nil when there is none. Only after ``flush()``.
    func text(_ index: Int) throws(SpreadsheetFault) -> String? {
        guard index >= 0, index < count else { return nil }
        let block = index / Self.perBlock
        let slot = block % Self.slots
        if kept[slot].block != block { kept[slot] = (block, try read(block)) }
        return kept[slot].texts[index % Self.perBlock]
    }

    private func read(_ block: Int) throws(SpreadsheetFault) -> [String] {
        let end = block + 1 < places.count ? places[block + 1] : file.size
        let bytes = try file.read(at: places[block], count: end - places[block])
        var (texts, place) = ([String](), 0)
        texts.reserveCapacity(Self.perBlock)
        while place < bytes.count {
            let length = bytes[place..<place + 4].withUnsafeBytes { Int($0.loadUnaligned(as: UInt32.self)) }
            texts.append(String(decoding: bytes[place + 4..<place + 4 + length], as: UTF8.self))
            place += 4 + length
        }
        return texts
    }
}

/// Listens to `xl/sharedStrings.xml`.
final class SharedTextsListener: XMLListener {
    let texts: SharedTexts
    private let limits: ReadingLimits
    private var item: [UInt8] = []
    private var (isInItem, isInText, isInReading) = (false, false, false)

    init(_ limits: ReadingLimits) throws(SpreadsheetFault) {
        self.limits = limits
        texts = try SharedTexts()
    }

    override func start(_ name: UnsafePointer<UInt8>, _ attributes: XMLAttributes) {
        if StaticString("si").isSame(as: name) {
            isInItem = true
            item.removeAll(keepingCapacity: true)
        } else if StaticString("rPh").isSame(as: name) {
            // How a Japanese text is read aloud; not part of it.
            isInReading = true
        } else if StaticString("t").isSame(as: name) {
            isInText = isInItem && !isInReading
        }
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isInText else { return }
        item.append(contentsOf: bytes)
        if item.count > limits.cellBytes { fault = SpreadsheetFault(.cellTooLong) }
    }

    override func end(_ name: UnsafePointer<UInt8>) {
        if StaticString("t").isSame(as: name) {
            isInText = false
        } else if StaticString("rPh").isSame(as: name) {
            isInReading = false
        } else if StaticString("si").isSame(as: name) {
            isInItem = false
            do throws(SpreadsheetFault) {
                try texts.append(ExcelEscapes.resolved(item))
            } catch {
                fault = error
            }
        }
    }
}

/// Characters that XML cannot hold, as Excel writes them: `_x000D_` for a carriage return, `_x005F_` for an underscore before one.
enum ExcelEscapes {
    static func resolved(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 7, bytes.contains(0x5F) else { return bytes }
        var (result, place) = ([UInt8](), 0)
        while place < bytes.count {
            if let code = code(in: bytes, at: place), let scalar = Unicode.Scalar(code) {
                result.append(contentsOf: String(Character(scalar)).utf8)
                place += 7
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    /// The other way round: a text that only looks escaped keeps its looks.
    static func escaped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= 7, bytes.contains(0x5F) else { return text }
        var result: [UInt8] = []
        for place in bytes.indices {
            if code(in: bytes, at: place) != nil { result += "_x005F".utf8 }
            result.append(bytes[place])
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func code(in bytes: [UInt8], at place: Int) -> UInt32? {
        guard place + 7 <= bytes.count, bytes[place] == 0x5F, bytes[place + 1] == 0x78, bytes[place + 6] == 0x5F else {
            return nil
        }
        let digits = bytes[place + 2..<place + 6]
        guard digits.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
