import Kernel
import Web

/// The card of one grid: posts, station, matters, figures, what lies below, and its history.
struct GridPage: Page {
    static let template = "directory-grid"

    struct PostLine: Sendable {
        let post: String
        let vacant: Bool
        let person: String
        let from: String
        let to: String?
        let employment: String?
        let appointHref: String?
        let endHref: String?
        let handoverHref: String?
    }
    struct Child: Sendable {
        let name: String
        let href: String
        let kind: String
        let kindClass: String
        let worker: String
        let vacant: Bool
    }
    struct Figure: Sendable {
        let label: String
        let value: String
        let source: String?
    }
    struct StationPart: Sendable {
        let name: String
        let status: String
        let statusClass: String
        let host: String?
        let address: String?
        let phone: String?
        let hours: String?
        let rulesPosted: Bool
    }
    struct Label: Sendable {
        let label: String
    }
    struct EventLine: Sendable {
        let at: String
        let act: String
        let post: String
    }

    let ancestors: [LinkPart]
    let name: String
    let level: String
    let kind: String
    let kindClass: String
    let type: String?
    let vacant: Bool
    let profileHref: String?
    let editHref: String?
    let childHref: String?
    let appointHref: String?
    let splitHref: String?
    let mergeHref: String?
    let handoversHref: String
    let publicHref: String
    let mapHref: String
    let areaHref: String?
    let boardHref: String
    let boardsHref: String?
    let codesHref: String
    let stationHref: String?
    let factsHref: String?
    let documents: [LinkPart]
    let posts: [PostLine]
    let showsMatters: Bool
    let mattersHref: String
    let mattersCount: String
    let matters: [MattersWindow.Open.Line]
    let childrenCount: String
    let children: [Child]
    let code: String
    let validFrom: String
    let range: String?
    let unit: String?
    let dutyPhone: String?
    let supervisionPhone: String?
    let naturalVillages: String?
    let figures: [Figure]
    let stations: [StationPart]
    let capabilities: [Label]
    let events: [EventLine]

    init(_ call: Call, _ principal: Principal, card: GridCard, open: MattersWindow.Open?) {
        let (grid, tree, language) = (card.grid, card.tree, call.language)
        let reading = principal.grants[.directoryRead] ?? .nothing
        func reaches(_ permission: Permission) -> Bool { principal.grants[permission].map { tree.isIn($0, grid.id) } ?? false }
        let (mayEdit, mayAppoint) = (reaches(.directoryEdit), reaches(.postAppoint))
        ancestors = tree.crumbs(above: grid, call) { id in
            tree.isIn(reading, id) ? DirectoryPath.card(id) : DirectoryPath.place(id)
        }
        name = grid.name(in: language)
        level = call.label(grid.level)
        kind = call.label(grid.kind)
        kindClass = call.badge(grid.kind)
        type = card.profile.map { call.text("directory.type.\($0.type.rawValue)") }
        vacant = !tree.staffed.contains(grid.id)
        profileHref = mayEdit && grid.level == .one ? DirectoryPath.profile(grid.id) : nil
        editHref = mayEdit ? DirectoryPath.edit(grid.id) : nil
        childHref = mayEdit && grid.level != .three ? DirectoryPath.children(grid.id) : nil
        appointHref = mayAppoint ? DirectoryPath.posts(grid.id) : nil
        splitHref = mayEdit && grid.level != .one ? HandoverPath.split(grid.id) : nil
        mergeHref = mayEdit && grid.level != .one ? HandoverPath.merger(grid.id) : nil
        handoversHref = HandoverPath.list(grid.id)
        publicHref = DirectoryPath.place(grid.id)
        mapHref = "\(DirectoryPath.officeMap)?grid=\(grid.id)"
        areaHref = mayEdit ? DirectoryPath.area(grid.id) : nil
        boardHref = DirectoryPath.board(grid.id)
        codesHref = DirectoryPath.codes(grid.id)
        boardsHref = tree.children(of: grid.id).isEmpty ? nil : DirectoryPath.boards(grid.id)
        stationHref = mayEdit ? DirectoryPath.station(grid.id) : nil
        factsHref = mayEdit && grid.level == .one ? DirectoryPath.figures(grid.id) : nil
        documents = card.documents.map { LinkPart(href: DirectoryPath.document($0.id), name: $0.title(in: language)) }
        posts = Self.lines(card, call, mayAppoint: mayAppoint, isTown: principal.grants[.postAppoint] == .town)
        showsMatters = open != nil
        mattersHref = open?.href ?? ""
        mattersCount = call.count(open?.count ?? 0)
        matters = open?.lines ?? []
        let below = tree.children(of: grid.id)
        childrenCount = call.count(below.count)
        children = below.map { child in
            Child(
                name: child.name(in: language), href: DirectoryPath.card(child.id), kind: call.label(child.kind),
                kindClass: call.badge(child.kind),
                worker: tree.workers(of: child.id, card.names).prefix(2).joined(separator: "、"),
                vacant: !tree.staffed.contains(child.id))
        }
        code = grid.code
        validFrom = grid.validFrom.description
        range = grid.boundaryWords
        unit = grid.responsibleUnit
        dutyPhone = grid.dutyPhone
        supervisionPhone = grid.supervisionPhone
        let natural = card.naturalVillages.map { language == .en ? $0.nameEn ?? $0.nameZh : $0.nameZh }
        naturalVillages = natural.isEmpty ? nil : natural.joined(separator: language == .zh ? "、" : ", ")
        figures = Self.figures(card.figures, call)
        stations = card.station.map { [Self.part($0, call)] } ?? []
        capabilities =
            card.profile.map { profile in
                Capability.allCases.filter(profile.isOn).map { Label(label: call.text("directory.capability.\($0.rawValue)")) }
            } ?? []
        events = card.history.map { event in
            EventLine(at: event.at.stamp(), act: call.text("directory.act.\(event.act)"), post: call.posts(event.post ?? ""))
        }
    }

    /// The posts a grid of this level has, each with its holders or as vacant.
    private static func lines(_ card: GridCard, _ call: Call, mayAppoint: Bool, isTown: Bool) -> [PostLine] {
        PostKind.allCases.filter { PostRules.levels(for: $0).contains(card.grid.level) }.flatMap { kind in
            let may = mayAppoint && (isTown || !PostRules.needsTheTown(kind))
            let held = card.tree.posts(on: card.grid.id, kind)
            guard !held.isEmpty else {
                return [
                    PostLine(
                        post: call.label(kind), vacant: true, person: "", from: "", to: nil, employment: nil,
                        appointHref: may ? "\(DirectoryPath.posts(card.grid.id))?post=\(kind.rawValue)" : nil, endHref: nil,
                        handoverHref: nil)
                ]
            }
            return held.map { post in
                PostLine(
                    post: call.label(kind), vacant: false, person: card.names[post.person] ?? "", from: post.from.description,
                    to: post.to?.description,
                    employment: post.employment.map { call.text("directory.employment.\($0.rawValue)") },
                    appointHref: nil, endHref: may ? DirectoryPath.ending(post.id) : nil,
                    handoverHref: may ? HandoverPath.form(post.id) : nil)
            }
        }
    }

    /// The reported figures in their own words, and the share of the floating population when it can be computed.
    private static func figures(_ figures: [ReportedFigure], _ call: Call) -> [Figure] {
        let lines = figures.map { figure in
            Figure(
                label: call.text("directory.figure.\(figure.key.rawValue)"),
                value: figure.value.map { call.count($0) } ?? figure.reportedText,
                source: call.text(
                    figure.isDerived ? "directory.figure.derived" : "directory.figure.source",
                    ["words": figure.reportedText, "source": figure.source, "day": figure.asOf.description]))
        }
        guard let share = ProfileRules.floatingShare(of: figures) else { return lines }
        return lines + [
            Figure(label: call.text("directory.figure.floating-share"), value: "\(share / 10).\(share % 10) %", source: nil)
        ]
    }

    private static func part(_ station: Station, _ call: Call) -> StationPart {
        let colour =
            switch station.buildStatus {
            case .planned, .closed: "line"
            case .building, .basicallyComplete: "amber"
            case .inUse: "green"
            }
        return StationPart(
            name: station.name, status: call.text("directory.status.\(station.buildStatus.rawValue)"), statusClass: colour,
            host: station.hostVenue, address: station.address, phone: station.phone, hours: station.hours,
            rulesPosted: station.rulesPosted)
    }
}
