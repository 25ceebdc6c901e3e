import Foundation

/// Pictures made by the tests themselves.
enum Samples {
    /// A PNG of `width` × `height` pixels whose data is packed without compression. `channels` is 3 (RGB) or 4 (RGBA).
    static func png(_ width: Int, _ height: Int, channels: Int = 3, _ colour: (_ x: Int, _ y: Int) -> [UInt8]) -> [UInt8] {
        var rows: [UInt8] = []
        for y in 0..<height {
            rows.append(0)
            for x in 0..<width { rows += colour(x, y) }
        }
        return png(width, height, channels: channels, packed: stored(rows))
    }

    /// The chunks of a PNG around data that is already packed.
    static func png(_ width: Int, _ height: Int, channels: Int = 3, packed: [UInt8]) -> [UInt8] {
        let header = bytes(width) + bytes(height) + [8, channels == 4 ? 6 : 2, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", packed)
            + chunk("IEND", [])
    }

    /// A picture of four flat quarters, each another colour.
    static func quarters(width: Int = 96, height: Int = 64, _ turn: (Int, Int) -> (Int, Int) = { ($0, $1) }) -> [UInt8] {
        png(width, height) { x, y in
            let (column, row) = turn(x, y)
            return [column < 48 ? 200 : 30, row < 32 ? 180 : 20, column < 48 && row < 32 ? 90 : 240]
        }
    }

    /// Adds to a JPEG what cameras write: EXIF with an orientation and a place, and XMP.
    static func withCameraData(_ jpeg: [UInt8], orientation: UInt8) -> [UInt8] {
        func entry(_ tag: UInt8, _ kind: UInt8, _ count: UInt8, _ value: [UInt8]) -> [UInt8] {
            [0, tag, 0, kind, 0, 0, 0, count] + value
        }
        func degrees(_ whole: UInt8, _ minutes: UInt8) -> [UInt8] { [whole, minutes, 0].flatMap { [0, 0, 0, $0, 0, 0, 0, 1] } }
        let pointer: [UInt8] = [0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]
        let first: [UInt8] = [0, 2] + [1] + entry(0x12, 3, 1, [0, orientation, 0, 0]).dropFirst() + pointer + [0, 0, 0, 0]
        let place: [UInt8] =
            [0, 4] + entry(1, 2, 2, [0x4E, 0, 0, 0]) + entry(2, 5, 3, [0, 0, 0, 92]) + entry(3, 2, 2, [0x45, 0, 0, 0])
            + entry(4, 5, 3, [0, 0, 0, 116]) + [0, 0, 0, 0]
        let exif: [UInt8] = Array("Exif\0\0MM\0*\0\0\0\u{8}".utf8) + first + place + degrees(24, 43) + degrees(118, 28)
        let xmp = Array("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret-camera</x:xmpmeta>".utf8)
        return Array(jpeg[..<2]) + segment(exif) + segment(xmp) + jpeg[2...]
    }

    private static func segment(_ content: [UInt8]) -> [UInt8] { [0xFF, 0xE1] + bytes(content.count + 2).suffix(2) + content }

    static let webp = decoded(
        "UklGRjoBAABXRUJQVlA4WAoAAAAIAAAAPwAAHwAAVlA4IFoAAACwAwCdASpAACAAPrlGm0unI6Kht+gA4BcJZAC4xh9hgiidOae22AD+7e1n/vvv"
            + "79/S+USzFBKCneH7+p6OH3/yr3+q3B7VYoPzCsZ/ph1wf7ccSLLawxSfcABFWElGugAAAEV4aWYAAElJKgAIAAAABgASAQMAAQAAAAEAAAAaAQUA"
            + "AQAAAFYAAAAbAQUAAQAAAF4AAAAoAQMAAQAAAAIAAAATAgMAAQAAAAEAAABphwQAAQAAAGYAAAAAAAAAOGMAAOgDAAA4YwAA6AMAAAYAAJAHAAQA"
            + "AAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAABAAAAAA6AEAAEAAAAgAAAAAAAAAA==")

    static let heic = decoded(
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAeRtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAA"
            + "AAACAAAAEGlkYXQAAAAAAEAAIAAAAExpbG9jAQAAAERAAAMAAQAAAAAAAAIIAAEAAAAAAAAAiQACAAEAAAAAAAAAAQAAAAAAAAAIAAMAAAAAAAAC"
            + "kQABAAAAAAAAAL4AAABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQABAABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQADAABF"
            + "eGlmAAAAANhpcHJwAAAAtmlwY28AAAB2aHZjQwEDcAAAAAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEA"
            + "KkIBAQNwAAADAJAAAAMAAAMAHqAggQWW6uSmubgQEDAgAAADACAAAAMAISIAAQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNwZQAA"
            + "AAAAAABAAAAAIAAAABBwaXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAAChpcmVmAAAAAAAAAA5kaW1nAAIAAQABAAAADmNk"
            + "c2MAAwABAAIAAAFPbWRhdAAAAIUoAa8TgHjWU0gLqHu5XX/reBP6fJuET//Iwg++M0cvqEVh9pfeCNv3I9nfvmb0heu2HDA8ri1RmsDNc1f/yaYs"
            + "csfv+R5Boj8f+6EpHrj285dNPEaveDl73Btk+64I4j9Qg9vrl5XH10BLhF9SmvkV5EmR8tAKyO9Am/Vn2AXOXnffpGzgAAAABkV4aWYAAElJKgAI"
            + "AAAABgASAQMAAQAAAAEAAAAaAQUAAQAAAFYAAAAbAQUAAQAAAF4AAAAoAQMAAQAAAAIAAAATAgMAAQAAAAEAAABphwQAAQAAAGYAAAAAAAAAOGMA"
            + "AOgDAAA4YwAA6AMAAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAABAAAAAA6AEAAEAAAAg"
            + "AAAAAAAAAA==")

    private static func decoded(_ text: String) -> [UInt8] { Array(Data(base64Encoded: text) ?? Data()) }

    static func bytes(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }

    private static func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(kind.utf8) + content
        return bytes(content.count) + body + bytes(Int(cyclicCheck(body)))
    }

    /// A zlib stream of blocks as they are (RFC 1950, RFC 1951 §3.2.4).
    static func stored(_ content: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: content.count, by: 65535) {
            let block = content[start..<min(start + 65535, content.count)]
            let (low, high) = (UInt8(block.count & 255), UInt8(block.count >> 8))
            stream += [block.endIndex == content.count ? 1 : 0, low, high, ~low, ~high] + block
        }
        var (first, second) = (1, 0)
        for byte in content { (first, second) = ((first + Int(byte)) % 65521, (second + first + Int(byte)) % 65521) }
        return stream + bytes(second << 16 | first)
    }

    private static func cyclicCheck(_ content: [UInt8]) -> UInt32 {
        ~content.reduce(UInt32.max) { check, byte in
            (0..<8).reduce(check ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}
