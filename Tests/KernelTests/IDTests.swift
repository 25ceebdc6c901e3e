import Foundation
import Kernel
import Testing

struct IDTests {
    private let text = "0198a5c4-7e00-7abc-9def-0123456789ab"

    @Test func `reads and writes the canonical form`() throws {
        let id = try #require(ID<Town>(text))
        #expect(id.description == text)
        #expect(try #require(ID<Town>(text.uppercased())) == id)
        #expect(try JSONDecoder().decode([ID<Town>].self, from: try JSONEncoder().encode([id])) == [id])
    }

    @Test(arguments: [
        "", "0", "0198a5c47e007abc9def0123456789ab", "{0198a5c4-7e00-7abc-9def-0123456789ab}",
        "0198a5c4-7e00-7abc-9def-0123456789a",
        "0198a5c4-7e00-7abc-9def-0123456789abc", "0198a5c4-7e00-7abc-9def-0123456789ag", "0198a5c4-7e00-7abc-9def_0123456789ab",
        "0198a5c47-e00-7abc-9def-0123456789ab", " 198a5c4-7e00-7abc-9def-0123456789ab", "0198a5c4-7e00-7abc-9def-0123456789a\0",
        "' OR 1=1 --                         ", "../../../../../../../../etc/passwd00", "01９8a5c4-7e00-7abc-9def-01234567",
        "+198a5c4-7e00-7abc-9def-0123456789ab", "0x98a5c4-7e00-7abc-9def-0123456789ab", "------------------------------------",
    ])
    func `refuses any other form`(_ text: String) {
        #expect(ID<Town>(text) == nil)
        #expect(throws: (any Error).self) { try JSONDecoder().decode(ID<Town>.self, from: try JSONEncoder().encode(text)) }
    }

    @Test func `makes ids that sort by the time they were made`() {
        let times: [Int64] = [0, 1, 255, 256, 65_535, 65_536, 1_785_549_784_123, 1_785_549_784_124, 281_474_976_710_655]
        let ids = times.map {
            UUID.version7(at: Instant(milliseconds: $0), random: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
        }
        #expect(ids == ids.sorted())
        #expect(ids.map(\.uuidString) == ids.map(\.uuidString).sorted())
        let earliestOfLater = UUID.version7(at: Instant(milliseconds: 1001), random: (0, 0))
        let latestOfEarlier = UUID.version7(at: Instant(milliseconds: 1000), random: (.max, .max))
        #expect(latestOfEarlier < earliestOfLater)
    }

    @Test(arguments: [(UInt64(0), UInt64(0)), (.max, .max)])
    func `marks version and variant whatever chance gives`(_ random: (UInt64, UInt64)) {
        let bytes = UUID.version7(at: Instant(milliseconds: 0x0123_4567_89AB), random: random).uuid
        #expect([bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5] == [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB])
        #expect(bytes.6 >> 4 == 7)
        #expect(bytes.8 >> 6 == 0b10)
    }

    @Test func `keeps 74 random bits`() {
        let all = UUID.version7(at: Instant(milliseconds: 0), random: (.max, .max)).uuidString
        #expect(all == "00000000-0000-7FFF-BFFF-FFFFFFFFFFFF")
    }

    @Test func `gives as many random bytes as asked`() {
        let ambient = Ambient(now: { Instant(milliseconds: 0) }, random: { 0x0102_0304_0506_0708 })
        for count in [0, 1, 7, 8, 9, 32] { #expect(ambient.bytes(count).count == count) }
        #expect(Ambient.system.newID(Town.self) != Ambient.system.newID(Town.self))
    }

    @Test func `an id made of a digest is the same each time, and says what it is`() {
        let digest = (0..<32).map { UInt8($0 * 7 % 256) }
        let id = UUID.version8(of: digest)
        #expect(id == UUID.version8(of: digest + [9]) && id != UUID.version8(of: digest.reversed()))
        let text = Array(id.uuidString)
        #expect(text[14] == "8" && "89AB".contains(text[19]))
    }
}
