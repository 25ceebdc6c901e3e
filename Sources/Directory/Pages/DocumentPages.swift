import Kernel
import Web

/// The mechanism documents that somebody keeps, the town's own first.
struct DocumentsPage: Page {
    static let template = "directory-documents"

    struct Line: Sendable {
        let title: String
        let href: String
        let editHref: String?
        let kind: String
        let place: String
        let term: String
        let isOver: Bool
    }

    let newHref: String
    let documents: [Line]

    init(_ call: Call, _ documents: [MechanismDocument], tree: GridTree, scope: Scope) {
        newHref = DirectoryPath.newDocument
        self.documents = documents.map { document in
            Line(
                title: document.title(in: call.language), href: DirectoryPath.document(document.id),
                editHref: document.grid == nil && scope != .town ? nil : DirectoryPath.edition(document.id),
                kind: call.text("directory.document.\(document.kind.rawValue)"), place: document.place(in: tree, call),
                term: call.text(
                    "directory.document.edition", ["edition": String(document.edition), "from": document.from.description]),
                isOver: document.to.map { $0 < tree.day } ?? false)
        }
    }
}

/// One document as everybody may read it.
struct DocumentPage: Page {
    static let template = "directory-document"

    struct Edition: Sendable {
        let href: String
        let label: String
        let current: Bool
    }

    let title: String
    let kind: String
    let place: String
    let placeHref: String?
    let edition: String
    let isOver: Bool
    /// Whether the text stands in Chinese because it has no other.
    let isForeign: Bool
    let paragraphs: [String]
    let editions: [Edition]

    init(_ call: Call, _ shown: MechanismDocument, of editions: [MechanismDocument], tree: GridTree) {
        title = shown.title(in: call.language)
        kind = call.text("directory.document.\(shown.kind.rawValue)")
        place = shown.place(in: tree, call)
        placeHref = shown.grid.map(DirectoryPath.place)
        func label(_ edition: MechanismDocument) -> String {
            let values = [
                "edition": String(edition.edition), "from": edition.from.description, "to": edition.to?.description ?? "",
            ]
            return call.text(edition.to == nil ? "directory.document.edition" : "directory.document.edition-over", values)
        }
        edition = label(shown)
        isOver = shown.to.map { $0 < tree.day } ?? false
        isForeign = call.language == .en && shown.bodyEn == nil
        paragraphs = shown.body(in: call.language).split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter {
            !$0.isEmpty
        }
        self.editions =
            editions.count < 2
            ? []
            : editions.reversed().map {
                Edition(
                    href: "\(DirectoryPath.document($0.id))?edition=\($0.edition)", label: label($0),
                    current: $0.edition == shown.edition)
            }
    }
}

/// The form of a new document or of a new edition, and of its end.
struct DocumentForm: Page {
    static let template = "directory-document-form"

    let request: String
    let endingRequest: String
    let seen: Int
    let heading: String
    let action: String
    let endingAction: String?
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let places: [ChoicePart]
    let kinds: [ChoicePart]
    let titleZh: String
    let titleEn: String
    let bodyZh: String
    let bodyEn: String
    let from: String
    let day: String

    /// - Parameters:
    ///   - last: the newest edition; nil for a new document.
    ///   - places: where a new document may hold.
    init(_ call: Call, after last: MechanismDocument?, seen: Sighting, places: [ChoicePart], today: Day, faults: [Fault]) {
        let shown = ShownFaults(faults, call).beside(
            ["titleZh": last?.titleZh, "titleEn": last?.titleEn, "bodyZh": last?.bodyZh, "bodyEn": last?.bodyEn], faults, call)
        let kind = MechanismDocument.Kind(rawValue: call.sent("kind")) ?? last?.kind ?? .operation
        request = call.freshRequest
        endingRequest = call.newRequest
        self.seen = seen.changes
        heading = call.text(last == nil ? "directory.documents.new" : "directory.documents.new-edition")
        action = last.map { DirectoryPath.edition($0.id) } ?? DirectoryPath.newDocument
        endingAction = last.flatMap { $0.to == nil ? DirectoryPath.withdrawal($0.id) : nil }
        self.faults = shown.lines
        fault = shown.byField
        self.places = places
        kinds = MechanismDocument.Kind.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("directory.document.\($0.rawValue)"), chosen: $0 == kind)
        }
        titleZh = call.sent("titleZh", else: last?.titleZh)
        titleEn = call.sent("titleEn", else: last?.titleEn)
        bodyZh = call.sent("bodyZh", else: last?.bodyZh)
        bodyEn = call.sent("bodyEn", else: last?.bodyEn)
        from = call.sent("from", else: today.description)
        day = call.sent("day", else: today.description)
    }
}

extension MechanismDocument {
    func title(in language: Language) -> String { language == .en ? titleEn ?? titleZh : titleZh }
    func body(in language: Language) -> String { language == .en ? bodyEn ?? bodyZh : bodyZh }

    /// Where it holds, by name.
    func place(in tree: GridTree, _ call: Call) -> String {
        grid.map { tree.fullName(of: $0, in: call.language) } ?? call.visit.town.name(in: call.language)
    }
}
