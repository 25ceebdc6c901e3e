import Foundation
import Identity
import Kernel
import Testing

@testable import Application

@Suite struct MasterKeysTests {
    @Test func `a new key comes after the old ones, which stay, and the file belongs to its owner alone`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jinlin-keys-\(Ambient.system.newUUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try MasterKeys.load(from: folder, environment: [:], ambient: .system)
        #expect(try MasterKeys.rotate(in: folder, environment: [:], ambient: .system) == .written(2))
        #expect(try MasterKeys.rotate(in: folder, environment: [:], ambient: .system) == .written(3))
        let all = try MasterKeys.load(from: folder, environment: [:], ambient: .system)
        #expect(all.keys.keys.sorted() == [1, 2, 3] && all.keys[1] == first.keys[1] && all.formSecret == first.formSecret)
        let file = folder.appending(path: "master.keys").path
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // What the first key sealed is read by all, found by the same mark, and sealed again by the newest.
        let (before, after) = (Vault(keys: first.keys), Vault(keys: all.keys))
        let sealed = try before.seal("13812345678", for: "place")
        let fresh = try #require(try after.resealed(sealed, for: "place"))
        #expect(fresh.first == 3 && sealed.first == 1)
        #expect(try after.open(fresh, for: "place") == "13812345678" && after.open(sealed, for: "place") == "13812345678")
        #expect(before.mark("13812345678", kind: "phone") == after.mark("13812345678", kind: "phone"))
        #expect(try after.resealed(fresh, for: "place") == nil)
        #expect(throws: Vault.Unreadable.self) { try after.resealed(sealed, for: "another place") }
    }

    @Test func `keys from the environment are told, not written`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jinlin-keys-\(Ambient.system.newUUID())")
        let environment = ["JINLIN_KEYS": "7:" + String(repeating: "ab", count: 32)]
        guard case .toAdd(let line) = try MasterKeys.rotate(in: folder, environment: environment, ambient: .system) else {
            Issue.record("nothing to add")
            return
        }
        #expect(line.hasPrefix("8:") && line.count == 66)
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
}
