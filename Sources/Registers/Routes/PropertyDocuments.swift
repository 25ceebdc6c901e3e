import Directory
import Kernel
import Web

/// What a program says of a property.
struct PropertyInput: Decodable {
    let grid: ID<GridNode>
    let address, kind, use: String
    let rooms: Int?
    let ownerKind, owner, phone: String?
    /// Of a change: the version it was made on, and the last day of what stands no more.
    let version: Int?
    let gone: String?

    func draft() throws(Invalid) -> PropertyDraft {
        var validation = Validation()
        let (kind, use) = (Property.Kind(rawValue: kind), Property.Use(rawValue: use))
        let ownerKind = ownerKind.map { Property.Owner.Kind(rawValue: $0) }
        validation.check(kind != nil, at: "/kind", "not-a-choice")
        validation.check(use != nil, at: "/use", "not-a-choice")
        if let ownerKind { validation.check(ownerKind != nil, at: "/ownerKind", "not-a-choice") }
        try validation.finish()
        guard let kind, let use else { throw Invalid("/kind", "not-a-choice") }
        return PropertyDraft(
            grid: grid, address: Address(reading: String(address.prefix(200))), kind: kind, use: use, roomsLet: rooms,
            ownerKind: ownerKind ?? nil, owner: owner ?? "", phone: phone)
    }

    static let properties: [Schema.Property] = [
        .init("grid", .uuid), .init("address", .string(maxLength: PropertyRules.addressLimit)),
        .init("kind", .choice(Property.Kind.allCases.map(\.rawValue))),
        .init("use", .choice(Property.Use.allCases.map(\.rawValue))),
        .init("rooms", .integer(minimum: 1, maximum: PropertyRules.mostRooms), required: false, "How many rooms are let."),
        .init(
            "ownerKind", .choice(Property.Owner.Kind.allCases.map(\.rawValue)), required: false, "Left out when nobody knows."),
        .init("owner", .string(maxLength: 60), required: false, "The owner’s name."),
    ]
}

/// A property as the API tells of it; the owner's telephone masked, and of one alone.
struct PropertyDocument: Encodable {
    let id: ID<Property>
    let grid: ID<GridNode>
    let address, kind, use: String
    let rooms: Int?
    let ownerKind, owner, phone: String?
    let since: String
    let gone: String?
    let version: Int

    init(_ property: Property, phone: String?) {
        id = property.id
        grid = property.grid
        address = property.address.words
        kind = property.kind.rawValue
        use = property.use.rawValue
        rooms = property.roomsLet
        ownerKind = property.owner?.kind.rawValue
        owner = property.owner?.name
        self.phone = phone
        since = property.term.from.description
        gone = property.term.to?.description
        version = property.version
    }

    static let properties: [Schema.Property] =
        [Schema.Property("id", .uuid)] + PropertyInput.properties + [
            Schema.Property("phone", .string(), required: false, "The owner’s, masked. One property alone has it."),
            Schema.Property("since", .string(format: "date")),
            Schema.Property("gone", .string(format: "date"), required: false, "The last day of one that stands no more."),
            Schema.Property("version", .integer(minimum: 1)),
        ]
}

struct PropertiesDocument: Encodable {
    let properties: [PropertyDocument]
    let next: String?
}

// MARK: What openapi.json says

extension RegisterAPI {
    static let propertiesOperation = Operation(
        id: "listProperties", summary: "Properties of one's grids, by address.", tag: "Registers",
        query: [
            gridParameter, .init("kind", "Only this kind.", .choice(Property.Kind.allCases.map(\.rawValue))),
            .init("use", "Only those used so.", .choice(Property.Use.allCases.map(\.rawValue))),
            .init("text", "What the address or the owner's name holds.", .string(maxLength: 40)),
            .init("after", "The `next` of the page before.", .string(maxLength: 400)),
        ],
        answer: .object([
            .init("properties", .array(.object(PropertyDocument.properties), maxItems: 100)),
            .init("next", .string(), required: false),
        ]))

    static let propertyOperation = Operation(
        id: "getProperty", summary: "One property, the owner's telephone masked.", tag: "Registers",
        answer: .object(PropertyDocument.properties))

    static let enterPropertyOperation = Operation(
        id: "enterProperty", summary: "Enters a property; whoever is registered behind the same door is said to live there.",
        tag: "Registers",
        body: .object(
            PropertyInput.properties + [
                Schema.Property("phone", .string(maxLength: 30), required: false, "The owner’s telephone; only with an owner.")
            ]), answer: .object([.init("id", .uuid)]), created: true, idempotent: true, mayMiss: true)

    static let editPropertyOperation = Operation(
        id: "changeProperty", summary: "Says anew what a property is like, or that it stands no more.", tag: "Registers",
        body: .object(
            PropertyInput.properties + [
                Schema.Property(
                    "phone", .string(maxLength: 30), required: false,
                    "The owner’s telephone: left out it stays as it is, empty it is taken away."),
                Schema.Property("version", .integer(minimum: 1), "The version that was read."),
                Schema.Property("gone", .string(format: "date"), required: false, "The last day of one that stands no more."),
            ]), answer: .object([.init("id", .uuid)]), created: true, idempotent: true)
}
