import CVips
import Foundation
import Media
import Testing

/// The pixels of a JPEG, as whoever opens it sees them.
struct Pixels {
    let width: Int
    let height: Int
    private let bytes: [UInt8]

    init(_ jpeg: [UInt8]) throws {
        // Media starts the library with the first picture it prepares.
        _ = try Photograph.prepare(jpeg)
        var (width, height, bytes) = (0, 0, [UInt8]())
        try jpeg.withUnsafeBytes { buffer in
            var image: UnsafeMutablePointer<VipsImage>?
            let status = cvips_load_within(buffer.baseAddress, buffer.count, 1600, &image)
            try #require(status == 0)
            let loaded = try #require(image)
            defer { g_object_unref(loaded) }
            (width, height) = (Int(vips_image_get_width(loaded)), Int(vips_image_get_height(loaded)))
            var count = 0
            let written = vips_image_write_to_memory(loaded, &count)
            let memory = try #require(written)
            defer { g_free(memory) }
            bytes = Array(UnsafeRawBufferPointer(start: memory, count: count))
        }
        try #require(bytes.count == width * height * 3)
        (self.width, self.height, self.bytes) = (width, height, bytes)
    }

    subscript(_ x: Int, _ y: Int) -> [Int] { (0..<3).map { Int(bytes[(y * width + x) * 3 + $0]) } }

    /// Those of a part, given in thousandths as `left ..< right` and `top ..< bottom`.
    func part(_ across: Range<Int>, _ down: Range<Int>) -> [[Int]] {
        let rows = (height * down.lowerBound / 1000)..<(height * down.upperBound / 1000)
        let columns = (width * across.lowerBound / 1000)..<(width * across.upperBound / 1000)
        return rows.flatMap { y in columns.map { self[$0, y] } }
    }

    /// How many are plainly green, the colour that the tests give to what must not be seen.
    var green: Int {
        stride(from: 0, to: bytes.count, by: 3).count { at in
            let (red, green, blue) = (Int(bytes[at]), Int(bytes[at + 1]), Int(bytes[at + 2]))
            return green > red + 60 && green > blue + 60
        }
    }

    /// A JPEG made of `colour` by way of a PNG whose data is packed without compression.
    static func photograph(_ width: Int, _ height: Int, _ colour: (_ x: Int, _ y: Int) -> [UInt8]) throws -> Photograph {
        var rows: [UInt8] = []
        for y in 0..<height { rows += [0] + (0..<width).flatMap { colour($0, y) } }
        let header = number(width) + number(height) + [8, 2, 0, 0, 0]
        return try Photograph.prepare(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", packed(rows))
                + chunk("IEND", []))
    }

    private static func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }

    private static func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(kind.utf8) + content
        var check: UInt32 = 0xFFFF_FFFF
        for byte in body {
            check ^= UInt32(byte)
            for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
        }
        return number(content.count) + body + number(Int(~check))
    }

    private static func packed(_ content: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: content.count, by: 65535) {
            let block = content[start..<min(start + 65535, content.count)]
            let size = UInt16(block.count)
            stream += [start + 65535 >= content.count ? 1 : 0]
            stream += [UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8)] + block
        }
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in content {
            low = (low + UInt32(byte)) % 65521
            high = (high + low) % 65521
        }
        return stream + number(Int(high << 16 | low))
    }
}
