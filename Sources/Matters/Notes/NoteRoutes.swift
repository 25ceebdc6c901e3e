import Kernel
import Web

/// The form of an internal note.
struct NoteRoutes: Sendable {
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.post, "/office/matters/{matter}/notes", .holders(WriteNote.permissions), bodyLimit: 64 << 10, handle: write),
            Route(
                .post, "/api/v1/matters/{matter}/notes", .holders(WriteNote.permissions),
                kind: .api(
                    Operation(
                        id: "noteOnMatter", summary: "Write an internal note, which the reporter never sees.", tag: "matters",
                        body: Body.schema, answer: WrittenDocument.schema, created: true, idempotent: true)), bodyLimit: 64 << 10
            ) { call in
                let body: Body = try call.decode()
                let id: ID<MatterNote> = call.clientID()
                try await WriteNote(desk)(
                    id, on: try call.id("matter"), words: body.words, by: try call.signedIn(), address: call.address)
                return try .json(WrittenDocument(id: id.description), status: 201)
            },
        ]
    }

    private struct Body: Decodable {
        let words: String

        static let schema = Schema.object([.init("words", .string(maxLength: Matter.noteLimit), "For the staff.")])
    }

    private func write(_ call: Call) async throws -> Answer {
        try await MatterSheet(desk: desk).act(call, "note", fields: ["words": "words"]) { id in
            try await WriteNote(desk)(
                call.clientID(), on: id, words: call.form["words"] ?? "", by: try call.signedIn(), address: call.address)
            return id
        }
    }
}

/// That something was written, and under which id.
struct WrittenDocument: Encodable {
    let id: String

    static let schema = Schema.object([.init("id", .uuid)])
}
