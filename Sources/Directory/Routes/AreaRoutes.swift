import Kernel
import Storage
import Web

/// Boundaries: of one grid, and of many from a file.
extension DirectoryRoom {
    /// Room for a drawing with as many corners as one may have.
    private static let drawingLimit = 6 << 20

    var areaRoutes: [Route] {
        [
            Route(.get, "/office/grids/{grid}/area", .holder(.directoryEdit)) { try await areaForm($0, isSent: false, []) },
            Route(.post, "/office/grids/{grid}/area", .holder(.directoryEdit), bodyLimit: Self.drawingLimit, handle: setArea),
            Route(.post, "/office/grids/{grid}/area/undoing", .holder(.directoryEdit), bodyLimit: 16_384, handle: undoArea),
            Route(.get, DirectoryPath.areaImports, .holder(.directoryEdit)) { try await listAreas($0, []) },
            Route(
                .post, DirectoryPath.areaImports, .holder(.directoryEdit), bodyLimit: BringAreas.fileLimit + 65_536,
                handle: bringAreas),
            Route(.get, "/office/area-imports/{areas}", .holder(.directoryEdit)) { try await showAreas($0, [:], []) },
            Route(.post, "/office/area-imports/{areas}/writing", .holder(.directoryEdit), bodyLimit: 16_384, handle: writeAreas),
            Route(.post, "/office/area-imports/{areas}/undoing", .holder(.directoryEdit), bodyLimit: 16_384, handle: undoAreas),
            Route(.post, "/office/area-imports/{areas}/discarding", .holder(.directoryEdit), bodyLimit: 16_384) { call in
                try await BringAreas(database: database, ambient: ambient).discard(
                    try call.id("areas"), by: try call.signedIn())
                return call.done(DirectoryPath.areaImports, flash: "directory.areas.done.discarded")
            },
        ]
    }

    // MARK: One grid

    private func areaForm(_ call: Call, isSent: Bool, _ faults: [Fault]) async throws -> Answer {
        let card = try await editable(call)
        let (town, grid) = (call.town, card.grid.id)
        let former = try await database.read { try AreaImportStore($0, town: town).former(of: grid) }
        let mayUndo = former?.changes == card.sightings["grid.area", default: .nothing].changes
        return call.page(
            AreaFormPage(call, card: card, mayUndo: mayUndo, isSent: isSent, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func setArea(_ call: Call) async throws -> Answer {
        let id = try call.id("grid", of: GridNode.self)
        do {
            try await SetArea(database: database, ambient: ambient)(
                of: id, geoJSON: call.drawing, crs: try call.choice("crs"), by: try call.signedIn(), request: call.clientID(),
                seen: call.seen)
            return call.done(DirectoryPath.area(id), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await areaForm(call, isSent: true, invalid.faults)
        }
    }

    private func undoArea(_ call: Call) async throws -> Answer {
        let id = try call.id("grid", of: GridNode.self)
        do {
            try await UndoAreas(database: database, ambient: ambient)(
                lastOf: id, by: try call.signedIn(), request: call.clientID(), seen: call.seen)
            return call.done(DirectoryPath.area(id), flash: "directory.areas.done.undone")
        } catch let invalid as Invalid {
            return try await areaForm(call, isSent: false, invalid.faults)
        }
    }

    // MARK: Many

    private func listAreas(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let imports = try await ReadAreas(database: database, ambient: ambient).latest(by: try call.signedIn())
        return call.page(AreaImportsPage(call, imports, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func bringAreas(_ call: Call) async throws -> Answer {
        do {
            guard let file = call.form.files("file").first else { throw Invalid("/file", "file-required") }
            let id = try await BringAreas(database: database, ambient: ambient)(
                file.bytes, named: file.name, as: call.clientID(), by: try call.signedIn())
            return call.done(DirectoryPath.areaImport(id))
        } catch let invalid as Invalid {
            return try await listAreas(call, invalid.faults)
        }
    }

    /// - Parameter sent: what a form said, beside the query of a link.
    private func showAreas(_ call: Call, _ sent: [String: String], _ faults: [Fault]) async throws -> Answer {
        let choice = Self.choice { call.query[$0] ?? sent[$0] }
        let view = try await ReadAreas(database: database, ambient: ambient)(
            try call.id("areas"), choice, by: try call.signedIn())
        return call.page(AreaImportPage(call, view, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func writeAreas(_ call: Call) async throws -> Answer {
        let id = try call.id("areas", of: AreaImport.self)
        do {
            try await WriteAreas(database: database, ambient: ambient)(
                id, Self.choice { call.form[$0] }, by: try call.signedIn(), seen: call.seen)
            return call.done(DirectoryPath.areaImport(id), flash: "directory.areas.done.written")
        } catch let invalid as Invalid {
            // Only what the page does not say by itself.
            let sent = Dictionary(known: ["crs": call.form["crs"], "key": call.form["key"]])
            return try await showAreas(call, sent, invalid.faults.filter { $0.pointer.isEmpty })
        }
    }

    private func undoAreas(_ call: Call) async throws -> Answer {
        let id = try call.id("areas", of: AreaImport.self)
        do {
            try await UndoAreas(database: database, ambient: ambient)(id, by: try call.signedIn())
            return call.done(DirectoryPath.areaImport(id), flash: "directory.areas.done.undone")
        } catch let invalid as Invalid {
            return try await showAreas(call, [:], invalid.faults)
        }
    }

    private static func choice(_ sent: (String) -> String?) -> ReadAreas.Choice {
        ReadAreas.Choice(crs: sent("crs").flatMap(CRS.init(rawValue:)), property: sent("key").flatMap { $0.isEmpty ? nil : $0 })
    }
}
