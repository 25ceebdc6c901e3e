import Testing

@testable import Media

struct PhotographTests {
    @Test func `makes a picture and a thumbnail from every format that is taken`() throws {
        for upload in [Samples.quarters(), Samples.webp, Samples.heic] {
            let photograph = try Photograph.prepare(upload)
            #expect(size(photograph.picture) == [photograph.width, photograph.height])
            #expect(size(photograph.thumbnail) == size(photograph.picture))
        }
        let jpeg = try Photograph.prepare(Samples.quarters()).picture
        #expect(size(try Photograph.prepare(jpeg).picture) == [96, 64])
        #expect(size(try Photograph.prepare(Samples.heic).picture) == [64, 32])
    }

    @Test func `makes large pictures small and never small ones large`() throws {
        let large = try Photograph.prepare(Samples.png(2000, 1000) { _, _ in [10, 200, 90] })
        #expect(size(large.picture) == [1600, 800])
        #expect(size(large.thumbnail) == [320, 160])
        let tall = try Photograph.prepare(Samples.png(3, 4000) { _, _ in [10, 200, 90] })
        #expect(size(tall.picture)?[1] == 1600)
        let dot = try Photograph.prepare(Samples.png(1, 1) { _, _ in [10, 200, 90] })
        #expect(size(dot.picture) == [1, 1])
        #expect(size(dot.thumbnail) == [1, 1])
    }

    @Test func `keeps nothing the camera wrote`() throws {
        let upload = Samples.withCameraData(try Photograph.prepare(Samples.quarters()).picture, orientation: 1)
        #expect(markers(upload).filter { $0 == 0xE1 }.count == 2)
        let photograph = try Photograph.prepare(upload)
        for jpeg in [photograph.picture, photograph.thumbnail] {
            // APP0 is JFIF's own; every other APPn and a comment could carry something.
            #expect(markers(jpeg).allSatisfy { !(0xE1...0xEF).contains($0) && $0 != 0xFE })
            #expect(!contains(jpeg, "Exif") && !contains(jpeg, "secret-camera"))
        }
    }

    /// How the eight EXIF orientations store a pixel of the upright picture of 96 × 64: from stored to upright.
    private static let turns: [@Sendable (Int, Int) -> (Int, Int)] = [
        { ($0, $1) }, { (95 - $0, $1) }, { (95 - $0, 63 - $1) }, { ($0, 63 - $1) },
        { ($1, $0) }, { (95 - $1, $0) }, { (95 - $1, 63 - $0) }, { ($1, 63 - $0) },
    ]

    @Test(arguments: 1...8)
    func `turns a picture upright`(_ orientation: Int) throws {
        let isLying = orientation > 4
        let stored = Samples.quarters(width: isLying ? 64 : 96, height: isLying ? 96 : 64, Self.turns[orientation - 1])
        let upload = Samples.withCameraData(try Photograph.prepare(stored).picture, orientation: UInt8(orientation))
        let upright = try Photograph.prepare(
            Samples.withCameraData(try Photograph.prepare(Samples.quarters()).picture, orientation: 1))
        let turned = try Photograph.prepare(upload)
        #expect(size(turned.picture) == [96, 64])
        #expect(turned == upright)
    }

    @Test func `lays what can be seen through on white`() throws {
        let clear = try Photograph.prepare(Samples.png(32, 32, channels: 4) { _, _ in [0, 0, 0, 0] })
        let white = try Photograph.prepare(Samples.png(32, 32) { _, _ in [255, 255, 255] })
        #expect(clear.picture == white.picture)
    }

    @Test func `drops what is hidden behind the picture`() throws {
        let script = Array("<script>alert(1)</script>PK\u{3}\u{4}".utf8)
        for upload in [Samples.quarters(), try Photograph.prepare(Samples.quarters()).picture] {
            let photograph = try Photograph.prepare(upload + script)
            #expect(!contains(photograph.picture, "script") && !contains(photograph.thumbnail, "script"))
        }
    }

    @Test(arguments: [
        "", "\u{0}", "GIF89a\u{1}\u{0}\u{1}\u{0}", "GIF87a=1;alert(1)//",
        #"<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>"#,
        "<?xml version=\"1.0\"?><svg/>", "<!doctype html><p>", "%PDF-1.7", "II*\u{0}", "MM\u{0}*", "BM",
        "RIFF\u{0}\u{0}\u{0}\u{0}WAVE",
        "\u{0}\u{0}\u{0}\u{1C}ftypavif", "\u{0}\u{0}\u{0}\u{1C}ftypisom", "#!/bin/sh", "P6 1 1 255 abc", "8BPS",
        "push graphic-context",
        " \u{89}PNG", "id=ImageMagick",
    ])
    func `refuses what is not one of the formats`(_ text: String) {
        #expect(throws: PhotographProblem.notAPicture) { try Photograph.prepare(Array(text.utf8)) }
    }

    @Test func `refuses more bytes than the limit, whatever they are`() {
        let head: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]
        #expect(throws: PhotographProblem.tooLarge) {
            try Photograph.prepare(head + [UInt8](repeating: 0, count: Photograph.byteLimit))
        }
    }

    @Test func `refuses a small file that would unfold to a huge picture`() throws {
        #expect(throws: PhotographProblem.tooLarge) {
            try Photograph.prepare(Samples.png(10_000, 5_001, packed: Samples.stored([0])))
        }
        #expect(throws: PhotographProblem.tooLarge) {
            try Photograph.prepare(Samples.png(65_000, 65_000, packed: Samples.stored([0])))
        }
        // The same in a JPEG: its frame header is rewritten to 40,000 × 40,000.
        var jpeg = try Photograph.prepare(Samples.quarters()).picture
        let frame = try #require(frameHeader(jpeg))
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x9C, 0x40, 0x9C, 0x40])
        #expect(throws: PhotographProblem.tooLarge) { try Photograph.prepare(jpeg) }
    }

    @Test func `refuses what is cut short, wherever the cut is`() throws {
        let large = try Photograph.prepare(
            Samples.png(700, 500) { x, y in [UInt8(x * y % 251), UInt8(x % 256), UInt8(y % 256)] }
        ).picture
        for whole in [large, Samples.quarters(), Samples.webp, Samples.heic] {
            for cut in [4, 12, 20, whole.count / 10, whole.count / 3, whole.count / 2] {
                #expect(throws: PhotographProblem.self) { try Photograph.prepare(Array(whole[..<cut])) }
            }
        }
        #expect(throws: PhotographProblem.unreadable) { try Photograph.prepare(Array(large.dropLast(large.count / 4))) }
    }

    @Test func `refuses a head without a body`() {
        for head: [UInt8] in [
            [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Array("RIFF\0\0\0\0WEBP".utf8),
        ] {
            #expect(throws: PhotographProblem.unreadable) { try Photograph.prepare(head + Array("<script>".utf8)) }
        }
    }

    @Test func `survives damage anywhere`() throws {
        var chance = SystemRandomNumberGenerator()
        let wholes = [try Photograph.prepare(Samples.quarters()).picture, Samples.quarters(), Samples.webp, Samples.heic]
        for whole in wholes {
            for _ in 0..<40 {
                var damaged = whole
                for _ in 0..<4 { damaged[Int.random(in: damaged.indices, using: &chance)] = .random(in: 0...255, using: &chance) }
                _ = try? Photograph.prepare(damaged)
            }
        }
    }

    @Test func `paints over what must not be seen, and leaves the rest`() throws {
        let whole = try Photograph.prepare(Samples.png(400, 200) { x, _ in x < 200 ? [200, 0, 0] : [0, 0, 200] })
        let box = try #require(PaintedBox(left: 0, top: 0, right: 500, bottom: 1000))
        let painted = try Photograph.paint(over: [box], in: whole.picture)
        let expected = try Photograph.prepare(Samples.png(400, 200) { x, _ in x < 200 ? [128, 128, 128] : [0, 0, 200] })
        #expect(size(painted.picture) == [400, 200])
        let difference = zip(painted.likeness.grey, expected.likeness.grey).map { abs(Int($0) - Int($1)) }
        #expect(difference.max() ?? 255 < 12, "the left half is grey, the right half as it was")
        for wrong in [(0, 0, 0, 10), (-1, 0, 10, 10), (0, 0, 1001, 10), (5, 9, 10, 9)] {
            #expect(PaintedBox(left: wrong.0, top: wrong.1, right: wrong.2, bottom: wrong.3) == nil)
        }
    }

    @Test func `develops many at once as it develops one`() async throws {
        let expected = try Photograph.prepare(Samples.quarters())
        let darkroom = Darkroom(width: 4, limit: 100)
        let agreeing = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 { group.addTask { try await darkroom.develop(Samples.quarters()) == expected } }
            return try await group.reduce(true) { $0 && $1 }
        }
        #expect(agreeing)
    }

    @Test func `turns uploads away when too many wait`() async {
        await #expect(throws: PhotographProblem.busy) { try await Darkroom(limit: 0).develop(Samples.webp) }
        await #expect(throws: PhotographProblem.notAPicture) { try await Darkroom().develop([]) }
    }

    // MARK: - Reading a JPEG's skeleton

    /// The markers up to the picture's data.
    private func markers(_ jpeg: [UInt8]) -> [UInt8] {
        var (markers, place): ([UInt8], Int) = ([], 2)
        while place + 4 <= jpeg.count, jpeg[place] == 0xFF {
            markers.append(jpeg[place + 1])
            if jpeg[place + 1] == 0xDA { break }
            place += 2 + Int(jpeg[place + 2]) << 8 + Int(jpeg[place + 3])
        }
        return markers
    }

    private func frameHeader(_ jpeg: [UInt8]) -> Int? {
        var place = 2
        while place + 9 < jpeg.count, jpeg[place] == 0xFF {
            if [0xC0, 0xC1, 0xC2].contains(jpeg[place + 1]) { return place }
            place += 2 + Int(jpeg[place + 2]) << 8 + Int(jpeg[place + 3])
        }
        return nil
    }

    private func size(_ jpeg: [UInt8]) -> [Int]? {
        frameHeader(jpeg).map { frame in
            [Int(jpeg[frame + 7]) << 8 + Int(jpeg[frame + 8]), Int(jpeg[frame + 5]) << 8 + Int(jpeg[frame + 6])]
        }
    }

    private func contains(_ bytes: [UInt8], _ text: String) -> Bool { String(decoding: bytes, as: UTF8.self).contains(text) }
}
