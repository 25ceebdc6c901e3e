import Foundation
import Kernel
import Testing

@testable import Spreadsheets

/// SplitMix64: the same mutations every time.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Damaged files are read or refused; nothing crashes, hangs or fills the memory.
@Suite struct FuzzTests {
    /// Changes some bytes, cuts, doubles or swaps pieces.
    static func mutated(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<6, using: &dice) where bytes.count > 8 {
            let place = Int.random(in: 0..<bytes.count, using: &dice)
            let length = min(Int.random(in: 1...64, using: &dice), bytes.count - place)
            switch Int.random(in: 0..<6, using: &dice) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
            case 2: bytes.removeSubrange(place..<place + length)
            case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
            case 4: bytes.removeLast(min(bytes.count - 1, Int.random(in: 1...200, using: &dice)))
            default: bytes[place] = [0x22, 0x2C, 0x0A, 0x0D, 0x00, 0xFF, 0x3C, 0x26].randomElement(using: &dice) ?? 0
            }
        }
        return bytes
    }

    /// Reads to the end or to a refusal.
    static func read(_ path: String) throws {
        var limits = ReadingLimits()
        limits.unfoldedBytes = 16 << 20
        do throws(SpreadsheetFault) {
            let book = try Spreadsheet(path: path, limits: limits)
            for sheet in book.sheets.indices {
                let source = try book.rows(ofSheet: sheet)
                while let row = try source.next() { #expect(row.cells.count <= limits.columns) }
            }
            // What a form keeps of it can be written, whatever it is.
            let shape = try FormShape.read(path: path, [Wanted()])
            let copy = Files.fresh()
            defer { unlink(copy) }
            try SpreadsheetFormat.writer(path: copy, form: shape).finish()
        } catch {}
    }

    private struct Wanted: NamedColumn {
        let name = "name"
        let aliases = ["姓名"]
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `damaged containers are read or refused`(_ seed: UInt64) throws {
        var dice = Dice(state: seed)
        let names = ["register.xlsx", "office-xlsx/register.xlsx", "bare.xlsx", "1904.xlsx"]
        let files = try names.map { [UInt8](try Data(contentsOf: URL(filePath: try Files.path($0)))) }
        for _ in 0..<150 {
            let file = files[Int.random(in: 0..<files.count, using: &dice)]
            try Files.with(Self.mutated(file, &dice)) { try Self.read($0) }
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `damaged parts in a sound container are read or refused`(_ seed: UInt64) throws {
        var dice = Dice(state: seed &+ 1000)
        let path = try Files.path("register.xlsx")
        let parts = [
            "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        ]
        for _ in 0..<100 {
            let target = parts[Int.random(in: 0..<parts.count, using: &dice)]
            let archive = try ZipArchive(path: path, limits: ReadingLimits())
            var contents: [(String, [UInt8])] = []
            for name in archive.names.sorted() {
                let part = try #require(try archive.open(name))
                var bytes = [UInt8](repeating: 0, count: part.size)
                _ = try bytes.withUnsafeMutableBytes { (buffer) throws in try part.read(into: buffer) }
                contents.append((name, name == target.lowercased() ? Self.mutated(bytes, &dice) : bytes))
            }
            try Files.with(storedZip(contents)) { try Self.read($0) }
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `damaged text is read or refused`(_ seed: UInt64) throws {
        var dice = Dice(state: seed &+ 2000)
        let text = Array("姓名,\"身份证 \"\"号\"\"\",电话\r\n林阿珠,11010519491231002X,\"0595\r\n8578\"\r\n".utf8)
        for _ in 0..<400 { try Files.with(Self.mutated(text + text, &dice)) { try Self.read($0) } }
    }
}

/// A container with these parts, not compressed.
func storedZip(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
    var (file, directory) = ([UInt8](), [UInt8]())
    for (name, bytes) in parts {
        let (sum, size, length) = (crc32(bytes), UInt32(bytes.count), UInt16(name.utf8.count))
        var common = little(UInt16(20))
        for piece in [[UInt8](repeating: 0, count: 8), little(sum), little(size), little(size), little(length)] {
            common += piece
        }
        directory += [0x50, 0x4B, 1, 2] + little(UInt16(20))
        directory += common + [UInt8](repeating: 0, count: 12)
        directory += little(UInt32(file.count)) + Array(name.utf8)
        file += [0x50, 0x4B, 3, 4] + common
        file += little(UInt16(0)) + Array(name.utf8)
        file += bytes
    }
    let count = little(UInt16(parts.count))
    var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    for piece in [count, count, little(UInt32(directory.count)), little(UInt32(file.count)), [0, 0]] { end += piece }
    file += directory
    file += end
    return file
}

func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
}
