import Directory
import Foundation
import Identity
package import Kernel
import Spreadsheets
import Storage

/// Takes a spreadsheet in: stores it sealed and looks at its sheets. Nothing is imported yet. 上传
package struct BringFile: Sendable {
    let desk: ImportDesk

    package init(_ desk: ImportDesk) { self.desk = desk }

    /// Bytes of one stored piece.
    static let piece = 1 << 20

    /// What is brought.
    package struct Order: Sendable {
        let id: ID<Import>
        let kind: String
        let place: ID<GridNode>?
        let fileName: String
        /// Gives the file's bytes from a place on; empty at the end.
        let read: @Sendable (Int) throws -> [UInt8]

        package init(
            id: ID<Import>, kind: String, place: ID<GridNode>?, fileName: String,
            read: @escaping @Sendable (Int) throws -> [UInt8]
        ) {
            self.id = id
            self.kind = kind
            self.place = place
            self.fileName = fileName
            self.read = read
        }
    }

    /// - Throws: ``Invalid`` for a file that is no spreadsheet we take, ``Forbidden`` and ``NotFound`` for a kind or a place out of reach,
    ///   ``Conflict`` when the id came with another file.
    package func callAsFunction(_ order: Order, by principal: Principal) async throws -> Import {
        let kind = try await allowed(order, principal)
        if let known = try await known(order, principal) {
            // The first try may have ended before the last piece.
            try await store(order, of: known, town: principal.town)
            return known
        }
        let (survey, size): (Survey, Int)
        do {
            (survey, size) = try await look(order, kind)
        } catch let fault as SpreadsheetFault {
            throw Invalid([fault.fault()])
        }
        let now = desk.ambient.now()
        let item = Import(
            id: order.id, kind: order.kind, place: order.place, account: principal.account, name: principal.name,
            post: principal.post, fileName: String(order.fileName.trimmed.suffix(200)), fileBytes: size, state: .uploaded,
            policy: nil,
            problem: nil, counts: .init(), createdAt: now, changedAt: now)
        let sealed = try desk.seal(Array(try JSONEncoder().encode(survey)), "survey", of: item.id)
        try await desk.database.write { tx in
            guard try ImportStore(tx, town: principal.town).find(item.id) == nil else { return }
            try ImportStore(tx, town: principal.town).insert(item, survey: sealed)
            try AuditTrail(tx).record(
                "import.bring", by: principal, town: principal.town, subject: item.id.description, detail: ["kind": item.kind],
                ambient: desk.ambient)
        }
        try await store(order, of: item, town: principal.town)
        return item
    }

    private func allowed(_ order: Order, _ principal: Principal) async throws -> any ImportKind {
        let kind = try desk.kind(order.kind)
        let scope = try principal.scope(for: .importData)
        let own = try principal.scope(for: kind.permission)
        guard let place = order.place else {
            guard scope == .town, own == .town else { throw Invalid("/place", "required") }
            return kind
        }
        try await desk.database.read { tx in
            let grids = GridStore(tx, town: principal.town)
            guard try grids.find(place, in: scope) != nil, try grids.find(place, in: own) != nil else { throw NotFound() }
        }
        return kind
    }

    private func known(_ order: Order, _ principal: Principal) async throws -> Import? {
        guard let known = try await desk.database.read({ try ImportStore($0, town: principal.town).find(order.id) }) else {
            return nil
        }
        guard known.account == principal.account, known.kind == order.kind, known.place == order.place else {
            throw Conflict("request-reused")
        }
        return known
    }

    /// Reads the file into an intake and looks at it.
    private func look(_ order: Order, _ kind: any ImportKind) async throws -> (Survey, Int) {
        let intake = try SheetIntake()
        var place = 0
        while true {
            let bytes = try order.read(place)
            if bytes.isEmpty { break }
            try await intake.append(bytes)
            place += bytes.count
        }
        return (try await intake.survey(for: kind.fields), place)
    }

    /// Stores the file piece by piece, so that no more than one is in memory; pieces that are stored already stay.
    private func store(_ order: Order, of item: Import, town: ID<Town>) async throws {
        guard item.state == .uploaded else { return }
        var (place, number) = (0, 0)
        while place < item.fileBytes {
            let bytes = try order.read(place)
            // The same id with another file.
            guard !bytes.isEmpty, place + bytes.count <= item.fileBytes else { throw Conflict("request-reused") }
            let (sealed, next) = (try desk.seal(bytes, "piece.\(number)", of: item.id), number)
            try await desk.database.write { try ImportContentStore($0, town: town, of: item.id).add(piece: sealed, next) }
            place += bytes.count
            number += 1
        }
    }
}

extension ImportDesk {
    /// The import's file, ready to be read.
    /// - Throws: ``Conflict`` when it has been destroyed already.
    func intake(of item: Import, town: ID<Town>) async throws -> SheetIntake {
        let intake = try SheetIntake()
        var number = 0
        while true {
            let wanted = number
            guard let sealed = try await database.read({ try ImportContentStore($0, town: town, of: item.id).piece(wanted) })
            else { break }
            try await intake.append(try open(sealed, "piece.\(number)", of: item.id))
            number += 1
        }
        guard await intake.bytes == item.fileBytes else { throw Conflict("import-file-gone") }
        return intake
    }

    func survey(of item: Import, town: ID<Town>, _ tx: any Transaction) throws -> Survey {
        guard let sealed = try ImportStore(tx, town: town).survey(of: item.id) else { throw NotFound() }
        // Sealed with a key that is gone since: what was in the file is no longer known, what became of it is.
        guard let bytes = try? open(sealed, "survey", of: item.id) else { return Survey(sheets: []) }
        return try JSONDecoder().decode(Survey.self, from: Data(bytes))
    }
}
