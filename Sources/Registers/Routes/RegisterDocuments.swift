import Directory
import Kernel
import Web

/// A person as the API tells of them: documents and telephones masked.
struct PersonDocument: Encodable {
    struct Home: Encodable {
        let household: ID<Household>
        let grid: ID<GridNode>
        let address: String
    }
    let id: ID<PersonNode>
    let name: String
    let sex: String?
    let document: String?
    let phones: [String]
    let deceased: Bool
    let version: Int
    let homes: [Home]

    init(_ found: FoundPerson) {
        self.init(found.person, document: nil, phones: [], homes: found.homes)
    }

    init(_ sight: PersonSight, on day: Day) {
        self.init(
            sight.person, document: sight.maskedDocument, phones: sight.maskedPhones,
            homes: sight.homes.filter { $0.stay.residency.term.contains(day) }.map(\.household))
    }

    private init(_ person: PersonRecord, document: String?, phones: [String], homes: [HouseholdRecord]) {
        id = person.id
        name = person.name
        sex = person.sex?.rawValue
        self.document = document
        self.phones = phones
        deceased = person.deceasedOn != nil
        version = person.version
        self.homes = homes.map { Home(household: $0.id, grid: $0.grid, address: $0.address.words) }
    }

    static let properties: [Schema.Property] = [
        .init("id", .uuid), .init("name", .string()),
        .init("sex", .choice(PersonRecord.Sex.allCases.map(\.rawValue)), required: false),
        .init("document", .string(), required: false, "Masked: the first six and last four characters. One person alone has it."),
        .init("phones", .array(.string()), "Masked. One person alone has them."), .init("deceased", .boolean),
        .init("version", .integer(minimum: 1)),
        .init(
            "homes", .array(.object([.init("household", .uuid), .init("grid", .uuid), .init("address", .string())])),
            "Where they live now; of whoever has left, where they lived last."),
    ]
}

struct FoundDocument: Encodable {
    let people: [PersonDocument]
    let more: Bool
}

/// A household with who lives there.
struct HouseholdDocument: Encodable {
    struct MemberPart: Encodable {
        let id: ID<PersonNode>
        let name: String
    }
    let id: ID<Household>
    let grid: ID<GridNode>
    let address: String
    let visitedAt: String?
    let version: Int
    let members: [MemberPart]

    init(_ line: HouseholdLine) { self.init(line.household, line.members) }
    init(_ sight: HouseholdSight) { self.init(sight.household, sight.members.map(\.person.person)) }

    private init(_ household: HouseholdRecord, _ members: [Person]) {
        id = household.id
        grid = household.grid
        address = household.address.words
        visitedAt = household.visitedAt?.rfc3339
        version = household.version
        self.members = members.map { MemberPart(id: $0.id, name: $0.name) }
    }

    static let properties: [Schema.Property] = [
        .init("id", .uuid), .init("grid", .uuid), .init("address", .string()),
        .init("visitedAt", .string(format: "date-time"), required: false), .init("version", .integer(minimum: 1)),
        .init("members", .array(.object([.init("id", .uuid), .init("name", .string())]))),
    ]
}

struct HouseholdsDocument: Encodable {
    let households: [HouseholdDocument]
    let next: String?
}

struct VisitInput: Decodable {
    let channel: String
    let at: String?
    let note: String?
}

/// Somebody of the key-care list.
struct CareDocument: Encodable {
    let person: ID<PersonNode>
    let name: String
    let household: ID<Household>
    let address: String
    let kinds: [String]
    let visitedAt: String?
    let due: Bool

    init(_ line: CareLine) {
        person = line.person.id
        name = line.person.name
        household = line.household.id
        address = line.household.address.words
        kinds = line.kinds.map(\.rawValue)
        visitedAt = line.household.visitedAt?.rfc3339
        due = line.isDue
    }
}

/// An enterprise; its telephone is asked for on its page.
struct EnterpriseDocument: Encodable {
    let id: ID<Enterprise>
    let grid: ID<GridNode>
    let kind, trade, name, address: String
    let creditCode, noCodeReason: String?
    let headcount: Int?
    let version: Int

    init(_ firm: Enterprise) {
        id = firm.id
        grid = firm.grid
        kind = firm.kind.rawValue
        trade = firm.trade.rawValue
        name = firm.name
        address = firm.address
        creditCode = firm.code?.description
        noCodeReason = firm.noCodeReason
        headcount = firm.headcount
        version = firm.version
    }
}

struct EnterprisesDocument: Encodable {
    let enterprises: [EnterpriseDocument]
    let next: String?
}

// MARK: What openapi.json says

extension RegisterAPI {
    static let gridParameter = Operation.Parameter("grid", "Only this grid and what lies below it.", .uuid)

    static let findOperation = Operation(
        id: "findPeople",
        summary: "People of one's grids by name (characters, sound or initials), telephone or its tail, door number or document.",
        tag: "Registers", query: [.init("q", "What to look for.", .string(maxLength: 80))],
        answer: .object([.init("people", .array(.object(PersonDocument.properties), maxItems: 50)), .init("more", .boolean)]))

    static let personOperation = Operation(
        id: "getPerson", summary: "One person's record, masked.", tag: "Registers", answer: .object(PersonDocument.properties))

    static let householdsOperation = Operation(
        id: "listHouseholds", summary: "Households of one's grids, those nobody visited for longest first.", tag: "Registers",
        query: [
            gridParameter, .init("address", "What the address holds.", .string(maxLength: 40)),
            .init("after", "The `next` of the page before.", .string(maxLength: 80)),
        ],
        answer: .object([
            .init("households", .array(.object(HouseholdDocument.properties), maxItems: 50)),
            .init("next", .string(), required: false),
        ]))

    static let householdOperation = Operation(
        id: "getHousehold", summary: "One household with who lives there.", tag: "Registers",
        answer: .object(HouseholdDocument.properties))

    static let visitOperation = Operation(
        id: "recordVisit", summary: "Writes down a visit to a household.", tag: "Registers",
        body: .object([
            .init("channel", .choice(HomeVisit.Channel.allCases.map(\.rawValue))),
            .init("at", .string(format: "date-time"), required: false, "When; now when left out. Up to a year ago."),
            .init("note", .string(maxLength: RecordVisit.noteLimit), required: false),
        ]), answer: .object([.init("id", .uuid)]), created: true, idempotent: true)

    static let careOperation = Operation(
        id: "listCare", summary: "People to look after, those nobody visited for longest first.", tag: "Registers",
        query: [
            gridParameter, .init("kind", "Only this kind.", .choice(CareMark.Kind.allCases.map(\.rawValue))),
            .init("due", "Only those not visited for sixty days.", .boolean),
        ],
        answer: .object([
            .init(
                "people",
                .array(
                    .object([
                        .init("person", .uuid), .init("name", .string()), .init("household", .uuid), .init("address", .string()),
                        .init("kinds", .array(.choice(CareMark.Kind.allCases.map(\.rawValue)))),
                        .init("visitedAt", .string(format: "date-time"), required: false), .init("due", .boolean),
                    ]), maxItems: ReadCare.limit))
        ]))

    static let enterprisesOperation = Operation(
        id: "listEnterprises", summary: "Enterprises and small shops of one's grids, by name.", tag: "Registers",
        query: [
            gridParameter, .init("kind", "Only this kind.", .choice(Enterprise.Kind.allCases.map(\.rawValue))),
            .init("text", "What the name or address holds, or the credit code.", .string(maxLength: 40)),
            .init("after", "The `next` of the page before.", .string(maxLength: 400)),
        ],
        answer: .object([
            .init(
                "enterprises",
                .array(
                    .object([
                        .init("id", .uuid), .init("grid", .uuid),
                        .init("kind", .choice(Enterprise.Kind.allCases.map(\.rawValue))),
                        .init("trade", .choice(Enterprise.Trade.allCases.map(\.rawValue))), .init("name", .string()),
                        .init("address", .string()), .init("creditCode", .string(), required: false),
                        .init("noCodeReason", .string(), required: false, "Why there is no credit code."),
                        .init("headcount", .integer(minimum: 0), required: false), .init("version", .integer(minimum: 1)),
                    ]), maxItems: 100)), .init("next", .string(), required: false),
        ]))
}
