import Directory
import Kernel
import Web

/// A matter as the API tells it to those who may see it.
struct MatterDocument: Encodable {
    struct HolderPart: Encodable {
        let level: Int
        let grid: String?
    }
    let id: String
    let number: String
    let category: String
    let tier: String
    let stage: String
    let words: String
    let grid: String
    let gridCode: String?
    let village: String
    let longitude: Double?
    let latitude: Double?
    let spot: String
    let channel: String
    let reportedAt: String
    let closedAt: String?
    let dueAt: String?
    let clock: String
    let holder: HolderPart
    let outcome: String?
    let reopened: Int
    let returned: Int
    let version: Int

    init(_ matter: Matter, _ tree: GridTree?) {
        id = matter.id.description
        number = matter.number.digits
        category = matter.category
        tier = matter.tier.rawValue
        stage = matter.stage.rawValue
        words = matter.words
        grid = matter.place.grid.description
        gridCode = tree?.grid(matter.place.grid)?.code
        village = matter.place.village.description
        longitude = matter.place.coordinate?.longitude
        latitude = matter.place.coordinate?.latitude
        spot = matter.place.spot
        channel = matter.channel.rawValue
        reportedAt = matter.reportedAt.rfc3339
        closedAt = matter.closedAt?.rfc3339
        dueAt = matter.clock.hasDeadline ? matter.clock.due.rfc3339 : nil
        clock = matter.clock.state.rawValue
        holder = HolderPart(level: matter.holder.level, grid: matter.holder.grid?.description)
        outcome = matter.outcome?.rawValue
        reopened = matter.reopened
        returned = matter.returned
        version = matter.version
    }

    static let schema = Schema.object([
        .init("id", .uuid), .init("number", .string(pattern: "^[0-9]{12}$")), .init("category", .string(pattern: "^[0-9]{4}$")),
        .init("tier", .choice(Tier.allCases.map(\.rawValue))), .init("stage", .choice(MatterStage.allCases.map(\.rawValue))),
        .init("words", .string(maxLength: Matter.wordsLimit)), .init("grid", .uuid, "The deepest grid known."),
        .init("gridCode", .string(), required: false), .init("village", .uuid), .init("longitude", .number(), required: false),
        .init("latitude", .number(), required: false), .init("spot", .string(maxLength: Matter.noteLimit)),
        .init("channel", .choice(Channel.allCases.map(\.rawValue))), .init("reportedAt", .string(format: "date-time")),
        .init("closedAt", .string(format: "date-time"), required: false),
        .init("dueAt", .string(format: "date-time"), required: false, "By when the next step is due; past while it is late."),
        .init("clock", .choice(ClockStanding.State.allCases.map(\.rawValue))),
        .init(
            "holder",
            .object([.init("level", .integer(minimum: 0, maximum: 3), "0 is the town."), .init("grid", .uuid, required: false)])),
        .init("outcome", .choice(Outcome.allCases.map(\.rawValue)), required: false), .init("reopened", .integer(minimum: 0)),
        .init("returned", .integer(minimum: 0)), .init("version", .integer(minimum: 1), "Every act names the version it saw."),
    ])
}

/// A matter with its history.
struct MatterSightDocument: Encodable {
    struct Entry: Encodable {
        let id: String
        let kind: String
        let at: String
        let actor: String?
        let post: String?
        let stage: String
        let level: Int
        let reason: String
        let note: String
        let reply: String
        let version: Int
    }
    struct JoiningPart: Encodable {
        let at: String
        let channel: String
        let words: String
        let spot: String
    }
    let matter: MatterDocument
    let history: [Entry]
    let reporters: Int
    let joinings: [JoiningPart]
    let partOf: String?
    let parts: [String]
    let ratings: [SaidDocument]

    init(_ sight: MatterSight, _ tree: GridTree) {
        matter = MatterDocument(sight.matter, tree)
        reporters = sight.kin.reporters
        joinings = sight.kin.joinings.map {
            JoiningPart(at: $0.at.rfc3339, channel: $0.channel.rawValue, words: $0.words, spot: $0.spot)
        }
        partOf = sight.kin.whole?.matter.id.description
        parts = sight.kin.parts.map(\.matter.id.description)
        ratings = sight.tools.ratings.map(SaidDocument.init)
        history = sight.history.map { event in
            Entry(
                id: event.id.description, kind: event.kind.rawValue, at: event.at.rfc3339, actor: event.actor?.name,
                post: event.actor?.post,
                stage: event.toStage.rawValue, level: event.toHolder.level, reason: event.facts.reason, note: event.facts.note,
                reply: event.facts.reply, version: event.version)
        }
    }

    static let schema = Schema.object([
        .init("matter", MatterDocument.schema),
        .init("reporters", .integer(minimum: 0), "How many people told of it, or of what is part of it."),
        .init(
            "joinings",
            .array(
                .object([
                    .init("at", .string(format: "date-time")), .init("channel", .choice(Channel.allCases.map(\.rawValue))),
                    .init("words", .string()), .init("spot", .string()),
                ])), "Who joined in instead of reporting it again."),
        .init("partOf", .uuid, required: false, "The matter it went into."),
        .init("parts", .array(.uuid), "The matters that went into it."),
        .init("ratings", .array(SaidDocument.schema), "What reporters said themselves of how it was handled."),
        .init(
            "history",
            .array(
                .object([
                    .init("id", .uuid), .init("kind", .choice(MatterEvent.Kind.allCases.map(\.rawValue))),
                    .init("at", .string(format: "date-time")), .init("actor", .string(), required: false),
                    .init("post", .string(), required: false), .init("stage", .choice(MatterStage.allCases.map(\.rawValue))),
                    .init("level", .integer(minimum: 0, maximum: 3)), .init("reason", .string()), .init("note", .string()),
                    .init("reply", .string()), .init("version", .integer(minimum: 1)),
                ]))),
    ])
}

/// A stretch of a list.
struct MatterListDocument: Encodable {
    let matters: [MatterDocument]
    let next: String?

    static let schema = Schema.object([
        .init("matters", .array(MatterDocument.schema)),
        .init("next", .string(), required: false, "Give it as `after`; absent at the end."),
    ])
}

/// What a reporter gets back: the same for a retry.
struct ReportedDocument: Encodable {
    let id: String
    let number: String
    let category: String
    let grid: String
    let stage: String
    let reportedAt: String

    init(_ matter: Matter) {
        id = matter.id.description
        number = matter.number.digits
        category = matter.category
        grid = matter.place.grid.description
        stage = MatterStage.collected.rawValue
        reportedAt = matter.reportedAt.rfc3339
    }

    static let schema = Schema.object([
        .init("id", .uuid), .init("number", .string(pattern: "^[0-9]{12}$")), .init("category", .string(pattern: "^[0-9]{4}$")),
        .init("grid", .uuid), .init("stage", .choice([MatterStage.collected.rawValue])),
        .init("reportedAt", .string(format: "date-time")),
    ])
}

/// A matter as everybody with the number may know it.
struct PublicMatterDocument: Encodable {
    struct Entry: Encodable {
        let kind: String
        let at: String
        let level: Int?
        let reply: String
    }
    let number: String
    let category: String?
    let grid: String?
    let stage: String
    let reportedAt: String
    let closedAt: String?
    let reopened: Int
    let history: [Entry]
    let pictures: [String]

    init(_ matter: PublicMatter) {
        pictures = matter.pictures.map { MatterPhoto.publicPath($0) }
        number = matter.number.digits
        category = matter.category
        grid = matter.grid?.description
        stage = matter.stage.rawValue
        reportedAt = matter.reportedAt.rfc3339
        closedAt = matter.closedAt?.rfc3339
        reopened = matter.reopened
        history = matter.history.map {
            Entry(kind: $0.kind.rawValue, at: $0.at.rfc3339, level: $0.holder?.level, reply: $0.reply)
        }
    }

    static let schema = Schema.object([
        .init("number", .string(pattern: "^[0-9]{12}$")), .init("category", .string(pattern: "^[0-9]{4}$"), required: false),
        .init("grid", .uuid, required: false), .init("stage", .choice(MatterStage.allCases.map(\.rawValue))),
        .init("reportedAt", .string(format: "date-time")), .init("closedAt", .string(format: "date-time"), required: false),
        .init("reopened", .integer(minimum: 0)),
        .init("pictures", .array(.string()), "Paths of those that may be shown."),
        .init(
            "history",
            .array(
                .object([
                    .init("kind", .choice(MatterEvent.Kind.allCases.map(\.rawValue))), .init("at", .string(format: "date-time")),
                    .init("level", .integer(minimum: 0, maximum: 3), required: false), .init("reply", .string()),
                ]))),
    ])
}

/// The taxonomy, for programs that offer a choice.
struct CategoriesDocument: Encodable {
    struct Part: Encodable {
        let code: String
        let nameZh: String
        let nameEn: String
        let group: String
        let tier: String
        let restricted: Bool
        let retired: Bool
        let village: String?
        let respondWithin: String?
        let finishWithin: String?
        let nearWithin: Int
        let edition: Int
        let questions: [CategoryQuestion]
    }
    struct Group: Encodable {
        let code: String
        let nameZh: String
        let nameEn: String
    }
    let edition: Int
    let groups: [Group]
    let categories: [Part]

    init(_ taxonomy: Taxonomy) {
        edition = taxonomy.edition
        groups = taxonomy.groups.map { Group(code: $0.code, nameZh: $0.nameZh, nameEn: $0.nameEn) }
        categories = taxonomy.categories.map {
            Part(
                code: $0.code, nameZh: $0.nameZh, nameEn: $0.nameEn, group: $0.group, tier: $0.tier.rawValue,
                restricted: $0.isRestricted,
                retired: $0.isRetired, village: $0.village?.description, respondWithin: $0.respondWithin,
                finishWithin: $0.finishWithin, nearWithin: $0.nearWithin, edition: $0.edition, questions: $0.questions)
        }
    }

    static let schema = Schema.object([
        .init("edition", .integer(minimum: 0)),
        .init("groups", .array(.object([.init("code", .string()), .init("nameZh", .string()), .init("nameEn", .string())]))),
        .init(
            "categories",
            .array(
                .object([
                    .init("code", .string(pattern: "^[0-9]{4}$")), .init("nameZh", .string()), .init("nameEn", .string()),
                    .init("group", .string()), .init("tier", .choice(Tier.allCases.map(\.rawValue))),
                    .init("restricted", .boolean),
                    .init("retired", .boolean), .init("village", .uuid, required: false, "Whose own it is."),
                    .init("respondWithin", .string(), required: false, "`4h` working hours, `3d` working days, `24U` hours."),
                    .init("finishWithin", .string(), required: false),
                    .init(
                        "nearWithin", .integer(minimum: 0, maximum: NearRules.longestRadius),
                        "Within how many metres another one may be the same; 0 for none."),
                    .init("edition", .integer(minimum: 1)),
                    .init(
                        "questions",
                        .array(
                            .object([
                                .init("id", .string()), .init("zh", .string()), .init("en", .string()),
                                .init("isRequired", .boolean), .init("options", .array(.string())),
                            ]))),
                ]))),
    ])
}
