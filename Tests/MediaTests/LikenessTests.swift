import Testing

@testable import Media

struct LikenessTests {
    typealias Frame = Scenery.Frame

    /// What people do to a picture before they send it once more.
    static let changes: [(String, Frame)] = [
        ("nothing", Frame()), ("a third of the size", Frame(pixels: 56)), ("twice the size", Frame(pixels: 320)),
        ("a quarter turn", Frame(quarters: 1)), ("half a turn", Frame(quarters: 2)),
        ("three quarters of a turn", Frame(quarters: 3)),
        ("a mirror", Frame(isMirrored: true)), ("a mirror and a quarter turn", Frame(quarters: 1, isMirrored: true)),
        ("darker", Frame(brightness: 0.75)), ("brighter", Frame(brightness: 1.2)),
        ("a tenth off the left", Frame(left: 0.1, width: 0.9)), ("a fifth off the right", Frame(width: 0.8)),
        ("a fifth off the top", Frame(top: 0.2, height: 0.8)),
        ("a sixth off two sides", Frame(left: 0.17, width: 0.83, height: 0.83)),
        ("a tenth all around", Frame(left: 0.1, top: 0.1, width: 0.8, height: 0.8)),
        ("a fifth off and turned", Frame(left: 0.1, top: 0.2, width: 0.9, height: 0.8, quarters: 3)),
        ("an eighth off and mirrored", Frame(top: 0.06, width: 0.88, height: 0.88, isMirrored: true)),
        ("tilted by 2°", Frame(left: 0.03, top: 0.03, width: 0.94, height: 0.94, angle: 2)),
        ("tilted by −4°", Frame(left: 0.05, top: 0.05, width: 0.9, height: 0.9, angle: -4)),
        ("tilted by 3°, turned", Frame(left: 0.04, top: 0.04, width: 0.92, height: 0.92, angle: 3, quarters: 1)),
    ]

    @Test(arguments: changes)
    func `knows a picture again after it was changed, whichever of the two came first`(_ change: String, _ frame: Frame) throws {
        for seed: UInt64 in [1, 2] {
            let scene = Scenery(seed)
            let (plain, changed) = (try scene.likeness(), try scene.likeness(frame))
            #expect(LikenessSearch(changed).sureness(of: plain) != nil, "scene \(seed), the plain one came first")
            #expect(LikenessSearch(plain).sureness(of: changed) != nil, "scene \(seed), the changed one came first")
        }
    }

    @Test func `knows a picture again that was saved anew several times`() throws {
        let scene = Scenery(7).picture()
        var again = scene
        for _ in 0..<5 { again = try Photograph.prepare(again).thumbnail }
        let sureness = LikenessSearch(try Photograph.prepare(again).likeness).sureness(of: try Photograph.prepare(scene).likeness)
        #expect(try #require(sureness) >= 90)
    }

    @Test func `does not take different pictures for the same`() throws {
        let likenesses = try (100..<120).map { try Scenery($0).likeness(Frame(pixels: 80)) }
        var wrong: [String] = []
        for (index, one) in likenesses.enumerated() {
            let search = LikenessSearch(one)
            for (number, other) in likenesses.enumerated() where number != index {
                if let sureness = search.sureness(of: other) { wrong.append("\(index) and \(number): \(sureness)") }
            }
        }
        #expect(wrong == [])
    }

    @Test func `does not take a picture for the same whose half is another`() throws {
        let scene = Scenery(5)
        #expect(LikenessSearch(try scene.likeness()).sureness(of: try scene.likeness(Frame(left: 0.5))) == nil)
    }

    @Test func `says nothing of pictures without detail`() throws {
        let white = try Photograph.prepare(Samples.png(64, 48) { _, _ in [255, 255, 255] }).likeness
        let grey = try Photograph.prepare(Samples.png(64, 48) { x, _ in [UInt8(x), UInt8(x), UInt8(x)] }).likeness
        #expect(LikenessSearch(white).sureness(of: white) == nil)
        #expect(LikenessSearch(white).sureness(of: grey) == nil)
    }

    @Test func `reads what it wrote and nothing else`() throws {
        let likeness = try Scenery(3).likeness(Frame(pixels: 60))
        #expect(Likeness(likeness.bytes) == likeness)
        #expect(likeness.bytes.count == 1419)
        for broken in [[], Array(likeness.bytes.dropLast()), likeness.bytes + [0], [2] + likeness.bytes.dropFirst()] {
            #expect(Likeness(broken) == nil)
        }
    }
}
