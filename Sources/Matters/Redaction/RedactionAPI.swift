import Kernel
import Web

/// Photos of a matter for programs: what was done to them, painting over them, and which may be shown.
struct RedactionAPI: Sendable {
    let desk: PhotoDesk

    var routes: [Route] {
        [
            Route(
                .get, "/api/v1/matters/{matter}/photos", .holder(.handleMatter),
                kind: .api(
                    Operation(
                        id: "listPhotos", summary: "The photos of a matter and how they stand, for those who handle it.",
                        tag: "photos", answer: PhotoListDocument.schema))
            ) { call in
                let photos = try await ReadPhotos(desk: desk.matters).all(of: try call.id("matter"), for: try call.signedIn())
                return try .json(PhotoListDocument(photos: photos.map(PhotoDocument.init)))
            },
            Route(
                .get, "/api/v1/photos/{photo}", .holder(.handleMatter),
                kind: .api(
                    Operation(
                        id: "readPhoto", summary: "The picture itself, as it is now.", tag: "photos",
                        query: [.init("size", "The whole picture (the default) or a small one.", .choice(["full", "thumb"]))],
                        answer: .string(format: "binary"), manner: Manner(answers: "image/jpeg")))
            ) { call in
                guard [nil, "full", "thumb"].contains(call.query["size"]) else { throw Invalid("/size", "not-a-choice") }
                let sight = try await ReadPhotos(desk: desk.matters)(try call.id("photo"), of: nil, for: try call.signedIn())
                return try await PhotoAnswer(photos: desk.photos)(sight.photo.files, named: sight.photo.id, call)
            },
            Route(
                .post, "/api/v1/photos/{photo}/redactions", .holder(.handleMatter),
                kind: .api(
                    Operation(
                        id: "redactPhoto", summary: "Paint boxes over a photo for good, in every size.", tag: "photos",
                        body: Redaction.schema, answer: PhotoDocument.schema, created: true, idempotent: true)),
                bodyLimit: 64 << 10, handle: redact),
            Route(
                .post, "/api/v1/photos/{photo}/showings", .holder(.handleMatter),
                kind: .api(
                    Operation(
                        id: "showPhoto", summary: "Say that a photo may be shown to everybody, or not any more.", tag: "photos",
                        body: Showing.schema, answer: PhotoDocument.schema, created: true, idempotent: true)),
                bodyLimit: 64 << 10, handle: setShown),
        ]
    }

    private struct Redaction: Decodable {
        struct Box: Decodable {
            let left: Int
            let top: Int
            let width: Int
            let height: Int
        }
        let edition: Int
        let boxes: [Box]
        let keepOriginal: Bool?
        let fit: Bool?

        static let schema = Schema.object([
            .init("edition", .integer(minimum: 0), "Of the picture that was looked at."),
            .init(
                "boxes",
                .array(
                    .object([
                        .init("left", .integer(minimum: 0, maximum: 1000), "In thousandths of the width."),
                        .init("top", .integer(minimum: 0, maximum: 1000), "In thousandths of the height."),
                        .init("width", .integer(minimum: RedactionRules.smallest, maximum: 1000)),
                        .init("height", .integer(minimum: RedactionRules.smallest, maximum: 1000)),
                    ]), maxItems: RedactionRules.boxLimit)),
            .init(
                "keepOriginal", .boolean, required: false,
                "Whether the picture as it was is kept under seal for \(RedactionRules.keptDays) days; true when absent."),
            .init("fit", .boolean, required: false, "Whether it may be shown to everybody then; false when absent."),
        ])
    }

    private struct Showing: Decodable {
        let edition: Int
        let fit: Bool

        static let schema = Schema.object([
            .init("edition", .integer(minimum: 0), "Of the picture that was looked at."),
            .init("fit", .boolean, "Redacted, or nothing to redact."),
        ])
    }

    private func order(_ call: Call, _ edition: Int) throws -> PhotoOrder {
        PhotoOrder(
            id: call.clientID(), photo: try call.id("photo"), edition: edition, by: try call.signedIn(), address: call.address)
    }

    private func redact(_ call: Call) async throws -> Answer {
        let body: Redaction = try call.decode()
        let said = body.boxes.enumerated().map { row, box in
            SaidBox(row: row, left: box.left, top: box.top, width: box.width, height: box.height)
        }
        let wish = RedactPhoto.Wish(keepsOriginal: body.keepOriginal ?? true, isFit: body.fit ?? false)
        return try await document(RedactPhoto(desk)(order(call, body.edition), said, wish), call)
    }

    private func setShown(_ call: Call) async throws -> Answer {
        let body: Showing = try call.decode()
        return try await document(ShowPhoto(desk.matters)(order(call, body.edition), isFit: body.fit), call)
    }

    private func document(_ photo: MatterPhoto, _ call: Call) async throws -> Answer {
        let sight = try await ReadPhotos(desk: desk.matters)(photo.id, of: nil, for: try call.signedIn())
        return try .json(PhotoDocument(sight), status: 201)
    }
}

/// How a photo stands.
struct PhotoDocument: Encodable {
    let id: String
    let width: Int
    let height: Int
    let edition: Int
    let boxes: Int
    let shownSince: String?
    let originalKeptUntil: String?

    init(_ sight: PhotoSight) {
        (id, width, height) = (sight.photo.id.description, sight.photo.files.width, sight.photo.files.height)
        (edition, boxes) = (sight.photo.edition, sight.boxes)
        (shownSince, originalKeptUntil) = (sight.photo.shownAt?.rfc3339, sight.keptUntil?.description)
    }

    static let schema = Schema.object([
        .init("id", .uuid), .init("width", .integer(minimum: 1)), .init("height", .integer(minimum: 1)),
        .init("edition", .integer(minimum: 0), "Rises with every change; name it when changing the photo."),
        .init("boxes", .integer(minimum: 0), "How many were painted so far."),
        .init("shownSince", .string(format: "date-time"), required: false, "Absent while not everybody may see it."),
        .init("originalKeptUntil", .string(format: "date"), required: false, "Absent when nothing is kept under seal."),
    ])
}

struct PhotoListDocument: Encodable {
    let photos: [PhotoDocument]

    static let schema = Schema.object([.init("photos", .array(PhotoDocument.schema))])
}
