import Kernel
import Storage
import Web

/// Changing grids: words, end, and new ones below.
extension DirectoryRoom {
    var gridRoutes: [Route] {
        [
            Route(.get, "/office/grids/{grid}/edit", .holder(.directoryEdit)) { try await gridForm($0, sent: nil, []) },
            Route(.post, "/office/grids/{grid}/edit", .holder(.directoryEdit), bodyLimit: 16_384, handle: editGrid),
            Route(.post, "/office/grids/{grid}/ending", .holder(.directoryEdit), bodyLimit: 16_384, handle: closeGrid),
            Route(.get, "/office/grids/{grid}/children", .holder(.directoryEdit)) { try await newGridForm($0, []) },
            Route(.post, "/office/grids/{grid}/children", .holder(.directoryEdit), bodyLimit: 16_384, handle: openGrid),
        ]
    }

    private func gridForm(_ call: Call, sent: GridForm.Part?, _ faults: [Fault]) async throws -> Answer {
        let isTown = try call.signedIn().scope(for: .directoryEdit) == .town
        return call.page(
            GridForm(call, card: try await editable(call), isTown: isTown, sent: sent, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func editGrid(_ call: Call) async throws -> Answer {
        let id = try call.id("grid", of: GridNode.self)
        do {
            let edit = GridEdit(
                kind: try call.choice("kind"), nameZh: call.filled("nameZh") ?? "", nameEn: call.filled("nameEn"),
                responsibleUnit: call.filled("unit"), boundaryWords: call.filled("boundary"), dutyPhone: call.filled("dutyPhone"),
                supervisionPhone: call.filled("supervisionPhone"))
            try await EditGrid(database: database, ambient: ambient)(
                id, edit, by: try call.signedIn(), request: call.clientID(), seen: call.seen)
            return call.done(DirectoryPath.card(id), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await gridForm(call, sent: .words, invalid.faults)
        }
    }

    private func closeGrid(_ call: Call) async throws -> Answer {
        let id = try call.id("grid", of: GridNode.self)
        do {
            let day = try call.day("day")
            try await CloseGrid(database: database, ambient: ambient)(
                id, on: day, by: try call.signedIn(), request: call.clientID())
            return call.done(DirectoryPath.grids, flash: "directory.done.closed")
        } catch let invalid as Invalid {
            return try await gridForm(call, sent: .ending, invalid.faults)
        }
    }

    private func newGridForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let card = try await editable(call)
        guard let level = card.grid.level.below else { throw NotFound() }
        return call.page(NewGridForm(call, card: card, level: level, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func openGrid(_ call: Call) async throws -> Answer {
        let parent = try call.id("grid", of: GridNode.self)
        do {
            let grid = try await openGrid(below: parent, call)
            // A grid that opens later has no card yet.
            return call.done(
                grid.isValid(on: today) ? DirectoryPath.card(grid.id) : DirectoryPath.card(parent), flash: "directory.done.opened"
            )
        } catch let invalid as Invalid {
            return try await newGridForm(call, invalid.faults)
        }
    }

    /// Opens what the form describes.
    /// - Parameter parent: nil for a village.
    @discardableResult
    func openGrid(below parent: ID<GridNode>?, _ call: Call) async throws -> Grid {
        let new = NewGrid(
            parent: parent, kind: try call.choice("kind"), code: call.filled("code"), nameZh: call.filled("nameZh") ?? "",
            nameEn: call.filled("nameEn"), responsibleUnit: call.filled("unit"), boundaryWords: call.filled("boundary"),
            from: try call.day("from"))
        return try await OpenGrid(database: database, ambient: ambient)(new, by: try call.signedIn(), request: call.clientID())
    }
}
