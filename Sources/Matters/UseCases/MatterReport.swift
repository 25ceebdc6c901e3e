package import Kernel

/// What somebody tells of a need, before it is checked.
package struct MatterReport: Sendable {
    /// Where it is said to be. A grid that is named counts more than a point that contradicts it.
    package struct Place: Hashable, Sendable {
        package var point: Coordinate?
        /// A point was given but cannot be one.
        package var pointIsBroken = false
        package var grid: ID<GridNode>?
        /// The grid by its code, for forms and for people who read it off a door plate.
        package var gridCode: String?

        package init(point: Coordinate? = nil, pointIsBroken: Bool = false, grid: ID<GridNode>? = nil, gridCode: String? = nil) {
            self.point = point
            self.pointIsBroken = pointIsBroken
            self.grid = grid
            self.gridCode = gridCode
        }

        /// Reads an id or a code; an empty text names nothing.
        package mutating func name(_ text: String) {
            if let id = ID<GridNode>(text) { grid = id } else if !text.isEmpty { gridCode = text }
        }
    }

    /// Made by whoever reports, so that a retry writes once.
    package var id: ID<Matter>
    package var category: String
    package var words: String
    package var place: Place
    package var spot: String
    package var name: String
    package var phone: String
    package var email = ""
    /// Whether the reporter agreed to be told by text message.
    package var wantsText = false
    /// For the staff, such as what another platform sent along; kept with the history's first entry.
    package var note = ""
    package var channel: Channel
    package var photos: [MatterPhoto.Files]
    /// Who told of the same besides ``name``, when several did.
    package var others: [String] = []
    /// To what the category asks, by the question's id.
    package var answers: [String: String] = [:]
    /// What was found wrong while it was read; told together with what is found later.
    package var faults: [Fault] = []

    package init(
        id: ID<Matter>, category: String, words: String, place: Place, spot: String = "", name: String = "", phone: String = "",
        channel: Channel = .residentPage, photos: [MatterPhoto.Files] = []
    ) {
        self.id = id
        self.category = category
        self.words = words
        self.place = place
        self.spot = spot
        self.name = name
        self.phone = phone
        self.channel = channel
        self.photos = photos
    }

    /// The fields by which a retry is recognised.
    var fields: [String] {
        let point = place.point.map { "\($0.longitude),\($0.latitude)" } ?? ""
        return [
            category, words, point, place.grid?.description ?? place.gridCode ?? "", spot, name, phone, channel.rawValue,
            String(photos.count),
        ] + [email, note, wantsText ? "wants-text" : ""].filter { !$0.isEmpty } + others
            + answers.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    }

    /// The texts, trimmed and checked for length.
    struct Texts: Sendable {
        let words: String
        let spot: String
        let name: String
        let phone: Telephone?
        let email: EmailAddress?
        let note: String
        let others: [String]
    }

    /// - Parameter needsWords: false for whoever only joins in with what somebody else has told.
    func texts(_ validation: inout Validation, needsWords: Bool = true) -> Texts {
        for fault in faults { validation.check(false, at: fault.pointer, fault.code, fault.values) }
        let words = validation.text(words, at: "/words", limit: Matter.wordsLimit, required: needsWords)
        let spot = validation.text(spot, at: "/spot", limit: Matter.noteLimit, required: false)
        let name = validation.text(name, at: "/name", limit: Reporter.nameLimit, required: false)
        let phone = Telephone(phone)
        validation.check(self.phone.trimmed.isEmpty || phone != nil, at: "/phone", "not-a-phone")
        let email = EmailAddress(email)
        validation.check(self.email.trimmed.isEmpty || email != nil, at: "/email", "not-an-email")
        let note = validation.text(note, at: "/note", limit: Matter.wordsLimit, required: false)
        validation.check(
            photos.count <= Matter.photoLimit, at: "/photos", "too-many-photos", ["limit": String(Matter.photoLimit)])
        let others = others.map { validation.text($0, at: "/name", limit: Reporter.nameLimit) }
        validation.check(
            others.count < Reporter.atOnceLimit, at: "/name", "too-many-names", ["limit": String(Reporter.atOnceLimit)])
        return Texts(words: words, spot: spot, name: name, phone: phone, email: email, note: note, others: others)
    }
}

/// Who reports, and from where.
package struct ReportSender: Sendable {
    package let town: ID<Town>
    /// Whoever is signed in: a worker writing down what somebody said, or a resident.
    package let principal: Principal?
    /// The program that passes on what a person told it: named in the audit log, never as the reporter.
    package let program: Principal?
    package let address: String?

    package init(town: ID<Town>, principal: Principal?, program: Principal? = nil, address: String? = nil) {
        self.town = town
        self.principal = principal
        self.program = program
        self.address = address
    }
}
