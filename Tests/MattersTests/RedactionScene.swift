import Directory
import Foundation
import Kernel
import Media
import Storage
import TestSupport
import Testing

@testable import Matters

/// A lamp that is out, with a photo on which somebody is to be seen: a green patch on red. Its files lie in a folder of its own.
struct RedactionScene: Sendable {
    let scene: Scene
    let store: BlobStore
    let lamp: Matter
    let photo: MatterPhoto
    let worker: Principal

    /// Where the patch is, in thousandths.
    static let patch = SaidBox(row: 0, left: 200, top: 200, width: 200, height: 400)

    static func run(_ engine: Engine, category: String = "0101", _ body: (RedactionScene) async throws -> Void) async throws {
        try await Scene.run(engine) { scene in
            let folder = NSTemporaryDirectory() + "jinlin-redaction-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await body(try await RedactionScene(scene, folder, category))
        }
    }

    private init(_ scene: Scene, _ folder: String, _ category: String) async throws {
        self.scene = scene
        store = try BlobStore(folder: folder)
        worker = scene.person("林晓岚", .gridWorker, [scene.third])
        var report = scene.report(category: category)
        report.photos = [try await Self.picture(in: store)]
        lamp = try await scene.send(report)
        let (town, id) = (scene.town, lamp.id)
        let photos = try await scene.database.read { try MatterPhotoStore($0, town: town).photos(of: id) }
        photo = try #require(photos.first)
    }

    /// Made once: packing a PNG takes a while.
    private static let made = Result {
        try Pixels.photograph(480, 240) { x, y in
            (96..<192).contains(x) && (48..<144).contains(y) ? [0, 220, 0] : [200, 30, 30]
        }
    }

    private static func picture(in store: BlobStore) async throws -> MatterPhoto.Files {
        let made = try Self.made.get()
        return MatterPhoto.Files(
            full: try await store.put(made.picture).description, thumb: try await store.put(made.thumbnail).description,
            width: made.width, height: made.height)
    }

    var desk: PhotoDesk { PhotoDesk(matters: scene.desk, darkroom: Darkroom(), photos: store) }

    func order(_ edition: Int, by principal: Principal? = nil, id: ID<PhotoAct>? = nil) -> PhotoOrder {
        PhotoOrder(id: id ?? scene.ambient.newID(), photo: photo.id, of: lamp.id, edition: edition, by: principal ?? worker)
    }

    @discardableResult
    func redact(
        _ edition: Int, _ boxes: [SaidBox] = [patch], keeps: Bool = true, fit: Bool = false, by principal: Principal? = nil,
        id: ID<PhotoAct>? = nil
    ) async throws -> MatterPhoto {
        try await RedactPhoto(desk)(
            order(edition, by: principal, id: id), boxes, RedactPhoto.Wish(keepsOriginal: keeps, isFit: fit))
    }

    /// As it stands in the database.
    func current() async throws -> MatterPhoto {
        let (town, id) = (scene.town, photo.id)
        let found = try await scene.database.read { try MatterPhotoStore($0, town: town).find(id) }
        return try #require(found)
    }

    func pixels(_ name: String) async throws -> Pixels {
        let blob = try #require(BlobName(name))
        return try Pixels(try #require(try await store.read(blob)))
    }

    func exists(_ name: String) async throws -> Bool {
        let blob = try #require(BlobName(name))
        return await store.exists(blob)
    }

    func acts() async throws -> [PhotoAct] {
        let (town, id) = (scene.town, lamp.id)
        return try await scene.database.read { try RedactionStore($0, town: town).acts(of: id) }
    }

    func keptUntil() async throws -> Day? {
        let (town, id) = (scene.town, photo.id)
        return try await scene.database.read { try RedactionStore($0, town: town).keptUntil(id) }
    }
}
