import Kernel
import Web

/// The body of joining in: what a report would say, the words only if there is more to say.
struct Join: Decodable {
    let category: String
    let words: String?
    let grid: String?
    let longitude: Double?
    let latitude: Double?
    let crs: String?
    let spot: String?
    let name: String?
    let phone: String?

    static let schema = Schema.object([
        .init("category", .string(pattern: "^[0-9]{4}$")),
        .init("words", .string(maxLength: Matter.wordsLimit), required: false, "What there is to say besides; for the staff."),
        .init("grid", .string(maxLength: 36), required: false, "The id or the code of a grid. Without one, give a point."),
        .init("longitude", .number(minimum: -180, maximum: 180), required: false),
        .init("latitude", .number(minimum: -90, maximum: 90), required: false),
        .init("crs", .choice(CRS.allCases.map(\.rawValue)), required: false, "Of the point; `wgs84` when absent."),
        .init("spot", .string(maxLength: Matter.noteLimit), required: false),
        .init("name", .string(maxLength: Reporter.nameLimit), required: false),
        .init("phone", .string(maxLength: 30), required: false, "A mobile or fixed-line number of mainland China."),
    ])

    func report(_ id: ID<Matter>) -> MatterReport {
        MatterAPI.Report(
            category: category, words: words ?? "", grid: grid, longitude: longitude, latitude: latitude, crs: crs, spot: spot,
            name: name, phone: phone, channel: nil, answers: nil
        ).report(id)
    }
}

/// What whoever joined in gets back: the same for a retry.
struct JoinedDocument: Encodable {
    let number: String
    let matter: String
    let joinedAt: String

    init(_ joining: Joining) {
        (number, matter, joinedAt) = (joining.number.digits, joining.matter.description, joining.at.rfc3339)
    }

    static let schema = Schema.object([
        .init("number", .string(pattern: "^[0-9]{12}$"), "To follow the matter by."),
        .init("matter", .uuid, "The one that was joined: what the named one went into, where it did."),
        .init("joinedAt", .string(format: "date-time")),
    ])
}

/// Matters nearby, as everybody may know of them.
struct NearDocument: Encodable {
    struct Part: Encodable {
        let id: String
        let category: String
        let grid: String
        let stage: String
        let reportedAt: String
        let closedAt: String?
        let metres: Int?
        let mayJoin: Bool
        let picture: String?
    }
    let matters: [Part]

    init(_ near: [NearMatter]) {
        matters = near.map { matter in
            let metres: Int? = if case .metres(let metres) = matter.distance { NearRules.told(metres) } else { nil }
            return Part(
                id: matter.id.description, category: matter.category, grid: matter.grid.description,
                stage: matter.stage.rawValue, reportedAt: matter.reportedAt.rfc3339, closedAt: matter.closedAt?.rfc3339,
                metres: metres, mayJoin: matter.mayJoin, picture: matter.picture.map { MatterPhoto.publicPath($0) })
        }
    }

    static let schema = Schema.object([
        .init(
            "matters",
            .array(
                .object([
                    .init("id", .uuid), .init("category", .string(pattern: "^[0-9]{4}$")), .init("grid", .uuid),
                    .init("stage", .choice(MatterStage.allCases.map(\.rawValue))),
                    .init("reportedAt", .string(format: "date-time")),
                    .init("closedAt", .string(format: "date-time"), required: false),
                    .init(
                        "metres", .integer(minimum: 10), required: false,
                        "In tens; absent where only the grid is known, which is the same then."),
                    .init("mayJoin", .boolean, "Whether it is still going on."),
                    .init(
                        "picture", .string(), required: false,
                        "The path of its first picture that may be shown; absent where there is none."),
                ]), maxItems: NearRules.shownLimit))
    ])
}
