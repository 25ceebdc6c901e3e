import Kernel
import Storage
import TestSupport
import Testing

/// Whatever is stored comes back unchanged, on both engines.
@Suite struct RoundTripTests {
    static let texts = [
        "", " ", "plain", "it's \"quoted\" `so` -- ; DROP TABLE account", "\u{0}", "\u{0}start", "mid\u{0}dle", "end\u{0}",
        "\u{0}\u{0}",
        "\u{E000}", "\u{E000}0\u{E000}1", "\u{E001}\u{F8FF}", "\u{0}\u{E000}\u{0}", "𠮷野家 👨‍👩‍👧‍👦 𝒳", "安平社区\n\t换行\r\n",
        "\\x00 \\0 %s $1 ?",
        "e\u{301} é", String(repeating: "近邻", count: 174_763),
    ]

    @Test(arguments: Engine.available)
    func `keeps every text`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Ledger.migrations) { database in
            let ambient = Ambient.fixed()
            let town = ambient.newID(Town.self)
            for text in Self.texts {
                let id = ambient.newID(Town.self)
                try await database.write { tx in
                    try tx.enqueue("INSERT INTO sample (town_id, id, words) VALUES (\(town), \(id), \(text))")
                }
                let found = try await database.read { tx in
                    try tx.first("SELECT words, number FROM sample WHERE town_id = \(town) AND id = \(id) AND words = \(text)")
                }
                #expect(try found?.get("words", as: String.self).unicodeScalars.elementsEqual(text.unicodeScalars) == true)
                #expect(try found?.get("number", as: Int?.self) == .some(nil))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `tells empty text and empty bytes from null`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Ledger.migrations) { database in
            let ambient = Ambient.fixed()
            let (town, empty, absent) = (ambient.newID(Town.self), ambient.newID(Town.self), ambient.newID(Town.self))
            let nothing: String? = nil
            let noBytes: [UInt8]? = nil
            try await database.write { tx in
                try tx.execute("INSERT INTO sample (town_id, id, words, blob) VALUES (\(town), \(empty), \(""), \([UInt8]()))")
                try tx.execute(
                    "INSERT INTO sample (town_id, id, words, blob) VALUES (\(town), \(absent), \(nothing), \(noBytes))")
            }
            let rows = try await database.read { tx in
                try tx.query("SELECT words, blob FROM sample WHERE town_id = \(town) ORDER BY words IS NULL, id").map(\.values)
            }
            #expect(rows == [[.text(""), .bytes([])], [.null, .null]])
        }
    }

    @Test(arguments: Engine.available)
    func `keeps every number and byte`(_ engine: Engine) async throws {
        let integers: [Int64] = [.min, .min + 1, -1, 0, 1, 0x7FFF_FFFF, 0x8000_0000, .max]
        let doubles = [0, 0.1, -1.5, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 118.123_456_789_012_34, 1 / 3.0]
        let all = (0...255).map { UInt8($0) }
        try await withDatabase(engine, migrations: Ledger.migrations) { database in
            let ambient = Ambient.fixed()
            let town = ambient.newID(Town.self)
            for index in 0..<8 {
                let id = ambient.newID(Town.self)
                let (integer, double, bytes) = (
                    integers[index], doubles[index], Array(all.prefix(index * 37)) + all.suffix(index)
                )
                let row = try await database.write { tx in
                    try tx.first(
                        """
                        INSERT INTO sample (town_id, id, number, measure, blob) VALUES (\(town), \(id), \(integer), \(double), \(bytes))
                        RETURNING id, number, measure, blob
                        """)
                }
                #expect(try row?.get("id") == id)
                #expect(try row?.get("number") == integer)
                #expect(try row?.get("measure") == double)
                #expect(try row?.get("blob") == bytes)
            }
        }
    }
}
