import Kernel
import Web

/// The forms that change a standing grid: its words and its end.
struct GridForm: Page {
    static let template = "directory-edit"

    /// Which of the page's two forms was sent.
    enum Part: String {
        case words, ending
    }

    let request: String
    let seen: Int
    let endingRequest: String
    let grid: String
    let gridHref: String
    let action: String
    let endingAction: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let nameZh: String
    let nameEn: String
    let kinds: [ChoicePart]
    let unit: String
    let boundary: String
    let dutyPhone: String
    let supervisionPhone: String
    let areaHref: String
    let hasArea: Bool
    let mayEnd: Bool
    let day: String

    init(_ call: Call, card: GridCard, isTown: Bool, sent: Part?, faults: [Fault]) {
        let grid = card.grid
        let shown = ShownFaults(faults, call, fields: ["responsibleUnit": "unit", "boundaryWords": "boundary", "to": "day"])
            .beside(
                sent == .words
                    ? [
                        "nameZh": grid.nameZh, "nameEn": grid.nameEn, "unit": grid.responsibleUnit,
                        "boundary": grid.boundaryWords,
                        "dutyPhone": grid.dutyPhone, "supervisionPhone": grid.supervisionPhone,
                    ] : [:], faults, call)
        seen = card.sightings["grid.edit", default: .nothing].changes
        func value(_ field: String, _ start: String?) -> String { sent == .words ? call.sent(field) : start ?? "" }
        func request(_ part: Part) -> String {
            sent == part ? call.freshRequest : call.newRequest
        }
        self.request = request(.words)
        endingRequest = request(.ending)
        self.grid = card.tree.fullName(of: grid.id, in: call.language)
        gridHref = DirectoryPath.card(grid.id)
        action = DirectoryPath.edit(grid.id)
        endingAction = DirectoryPath.ending(of: grid.id)
        self.faults = shown.lines
        fault = shown.byField
        nameZh = value("nameZh", grid.nameZh)
        nameEn = value("nameEn", grid.nameEn)
        let kind = GridKind(rawValue: value("kind", grid.kind.rawValue)) ?? grid.kind
        // A kind with other serial numbers would need another code.
        let sameCodes = GridRules.kinds(on: grid.level).filter {
            GridRules.serials(for: grid.level, $0) == GridRules.serials(for: grid.level, grid.kind)
        }
        kinds = sameCodes.map { ChoicePart(value: $0.rawValue, label: call.label($0), chosen: $0 == kind) }
        unit = value("unit", grid.responsibleUnit)
        boundary = value("boundary", grid.boundaryWords)
        dutyPhone = value("dutyPhone", grid.dutyPhone)
        supervisionPhone = value("supervisionPhone", grid.supervisionPhone)
        areaHref = DirectoryPath.area(grid.id)
        hasArea = card.tree.areas[grid.id] != nil
        mayEnd = grid.level != .one || isTown
        day = sent == .ending ? call.sent("day") : card.tree.day.description
    }
}

/// The form of a new grid below another.
struct NewGridForm: Page {
    static let template = "directory-new-grid"
    let request: String
    let heading: String
    let grid: String
    let gridHref: String
    let action: String
    let level: String
    let codeHint: String
    let mustHaveCode: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let nameZh: String
    let nameEn: String
    let kinds: [ChoicePart]
    let code: String
    let unit: String
    let boundary: String
    let from: String

    init(_ call: Call, card: GridCard, level: GridLevel, faults: [Fault]) {
        self.init(
            call, level: level, today: card.tree.day, above: card.tree.fullName(of: card.grid.id, in: call.language),
            at: DirectoryPath.card(card.grid.id), action: DirectoryPath.children(card.grid.id), faults: faults)
    }

    /// The form of a new village.
    init(_ call: Call, villageIn town: TownRecord, today: Day, faults: [Fault]) {
        self.init(
            call, level: .one, today: today, above: call.visit.town.name(in: call.language), at: DirectoryPath.town,
            action: DirectoryPath.newVillage, townCode: town.code, faults: faults)
    }

    private init(
        _ call: Call, level: GridLevel, today: Day, above: String, at href: String, action: String, townCode: String = "",
        faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call, fields: ["responsibleUnit": "unit", "boundaryWords": "boundary", "level": "kind"])
        let kind = GridKind(rawValue: call.sent("kind")) ?? GridRules.kinds(on: level).first
        request = call.freshRequest
        heading = call.text(level == .one ? "directory.new-village.title" : "directory.new-grid.title")
        grid = above
        gridHref = href
        self.action = action
        self.level = call.label(level)
        mustHaveCode = level == .one
        codeHint =
            level == .one
            ? call.text("directory.new-village.code-hint", ["town": townCode]) : call.text("directory.new-grid.code-hint")
        self.faults = shown.lines
        fault = shown.byField
        nameZh = call.sent("nameZh")
        nameEn = call.sent("nameEn")
        kinds = GridRules.kinds(on: level).map { ChoicePart(value: $0.rawValue, label: call.label($0), chosen: $0 == kind) }
        code = call.sent("code")
        unit = call.sent("unit")
        boundary = call.sent("boundary")
        from = call.sent("from", else: today.description)
    }
}
