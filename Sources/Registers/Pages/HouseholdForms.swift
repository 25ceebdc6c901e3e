import Directory
import Kernel
import Web

/// The form of a household's address, grid and head.
struct HouseholdForm: Page {
    static let template = "registers-household-edit"

    let fresh: Bool
    let action: String
    let back: String
    let request: String
    let seen: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let grids: [ChoicePart]
    let address: String
    let place: String
    let heads: [ChoicePart]
    let conflict: Bool

    init(
        _ call: Call, tree: GridTree, scope: Scope, household: HouseholdRecord?, members: [Person], faults: [Fault],
        isStale: Bool = false
    ) {
        let shown = ShownFaults(faults, call)
        fresh = household == nil
        action = household.map { "\(RegistersPath.household($0.id))/edit" } ?? "\(RegistersPath.households)/new"
        back = household.map { RegistersPath.household($0.id) } ?? RegistersPath.households
        // After a conflict the form is filled in anew on the present version.
        request = isStale ? call.newRequest : call.freshRequest
        seen = isStale ? String(household?.version ?? 0) : call.sent("seen", else: household.map { String($0.version) })
        self.faults = shown.lines
        fault = shown.byField
        grids = call.grids(tree, in: scope, chosen: call.sent("grid", else: household?.grid.description ?? call.query["grid"]))
        address = call.sent("address", else: household?.address.words)
        place = call.sent("place", else: household?.place.map { "\($0.longitude), \($0.latitude)" })
        let head = call.sent("head", else: household?.head?.description)
        heads = members.map { ChoicePart(value: $0.id.description, label: $0.name, chosen: $0.id.description == head) }
        conflict = isStale
    }
}

/// The form that enters somebody into a household, and the one that corrects a person: one template, two headings.
struct PersonForm: Page {
    static let template = "registers-person-edit"

    let fresh: Bool
    let heading: String
    let place: String
    let action: String
    let back: String
    let request: String
    let seen: String
    let conflict: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let name: String
    let documentKinds: [ChoicePart]
    let document: String
    let maskedDocument: String?
    let keepsDocument: Bool
    let phone: String
    let phone2: String
    let maskedPhones: String?
    let keepsPhones: Bool
    let sexes: [ChoicePart]
    let birth: String
    /// Of a birth that is known the year, as much as the age on the person's page says.
    let birthYear: String?
    let keepsBirth: Bool
    let party: Bool
    let kinds: [ChoicePart]
    let relation: String
    let from: String
    let skills: [ChoicePart]

    private static let fields = ["phones/0": "phone", "phones/1": "phone2", "phones": "phone"]

    /// Somebody new in a household.
    init(_ call: Call, household: HouseholdRecord, faults: [Fault]) {
        let shown = ShownFaults(faults, call, fields: Self.fields)
        fresh = true
        heading = call.text("registers.enter.title")
        place = household.address.words
        action = "\(RegistersPath.household(household.id))/residents"
        back = RegistersPath.household(household.id)
        request = call.freshRequest
        seen = ""
        conflict = false
        self.faults = shown.lines
        fault = shown.byField
        name = call.sent("name")
        documentKinds = Self.kinds(call, chosen: call.sent("documentKind", else: "citizen"))
        document = call.sent("document")
        maskedDocument = nil
        keepsDocument = false
        phone = call.sent("phone")
        phone2 = call.sent("phone2")
        maskedPhones = nil
        keepsPhones = false
        sexes = call.choices(PersonRecord.Sex.self, chosen: call.form["sex"], word: "registers.sex")
        birth = call.sent("birth")
        birthYear = nil
        keepsBirth = false
        party = call.form["party"] != nil
        kinds = call.choices(Residency.Kind.self, chosen: call.sent("kind", else: "registered"), word: "registers.kind")
        relation = call.sent("relation")
        from = call.sent("from", else: call.now.day().description)
        skills = []
    }

    /// A person who is known.
    init(_ call: Call, sight: PersonSight, faults: [Fault], isStale: Bool = false) {
        let shown = ShownFaults(faults, call, fields: Self.fields)
        let (person, isSent) = (sight.person, call.form["request"] != nil)
        fresh = false
        heading = call.text("registers.person.edit")
        place = person.name
        action = "\(RegistersPath.person(person.id))/edit"
        back = RegistersPath.person(person.id)
        request = isStale ? call.newRequest : call.freshRequest
        seen = isStale ? String(person.version) : call.sent("seen", else: String(person.version))
        conflict = isStale
        self.faults = shown.lines
        fault = shown.byField
        name = call.sent("name", else: person.name)
        documentKinds = Self.kinds(call, chosen: call.sent("documentKind", else: person.document?.rawValue ?? "citizen"))
        document = call.sent("document")
        maskedDocument = sight.maskedDocument
        keepsDocument = isSent ? call.form["newDocument"] == nil : true
        phone = call.sent("phone")
        phone2 = call.sent("phone2")
        maskedPhones = sight.maskedPhones.isEmpty ? nil : sight.maskedPhones.joined(separator: ", ")
        keepsPhones = isSent ? call.form["newPhones"] == nil : true
        sexes = call.choices(
            PersonRecord.Sex.self, chosen: isSent ? call.form["sex"] : person.sex?.rawValue, word: "registers.sex")
        birth = call.sent("birth")
        birthYear = person.birth.map { call.text("registers.person.born-in", ["year": String($0.year)]) }
        keepsBirth = isSent ? call.form["newBirth"] == nil : true
        party = isSent ? call.form["party"] != nil : person.isPartyMember
        kinds = []
        relation = ""
        from = ""
        let chosen = isSent ? Set(call.form.all("skill")) : Set(sight.skills.map(\.rawValue))
        skills = Skill.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.label($0), chosen: chosen.contains($0.rawValue))
        }
    }

    private static func kinds(_ call: Call, chosen: String) -> [ChoicePart] {
        DocumentKind.allCases.map { ChoicePart(value: $0.rawValue, label: call.label($0), chosen: $0.rawValue == chosen) }
    }
}
