import Directory
import Kernel
import Web

/// Records that look as if they were of one person.
struct DuplicatesPage: Page {
    static let template = "registers-duplicates"

    struct Pair: Sendable {
        let reason: String
        let kept: String
        let gone: String
        let keptName: String
        let goneName: String
        let keptHref: String
        let goneHref: String
        let keptAbout: String
        let goneAbout: String
        let request: String
    }

    let tabs: [RegisterTab]
    let pairs: [Pair]
    let faults: [ShownFaults.Line]

    init(_ call: Call, _ found: [ReadDuplicates.Pair], faults: [Fault]) {
        tabs = RegisterTab.tabs(call, at: RegistersPath.duplicates)
        pairs = found.map { pair in
            Pair(
                reason: call.label(pair.reason), kept: pair.kept.person.id.description, gone: pair.gone.person.id.description,
                keptName: pair.kept.person.name, goneName: pair.gone.person.name,
                keptHref: RegistersPath.person(pair.kept.person.id), goneHref: RegistersPath.person(pair.gone.person.id),
                keptAbout: Self.about(pair.kept, call), goneAbout: Self.about(pair.gone, call),
                request: call.newRequest)
        }
        self.faults = ShownFaults(faults, call).lines
    }

    private static func about(_ side: ReadDuplicates.Side, _ call: Call) -> String {
        [call.age(side.person), side.document, side.addresses.joined(separator: "; ")].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " · ")
    }
}

/// Who stands in for whom, and the form of a new one.
struct StandInsPage: Page {
    static let template = "registers-stand-ins"

    struct Line: Sendable {
        let absent: String
        let grid: String
        let person: String
        let term: String
        let reason: String
        let now: Bool
        let endPath: String
    }

    let tabs: [RegisterTab]
    let standIns: [Line]
    let posts: [ChoicePart]
    let people: [ChoicePart]
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let from: String
    let to: String
    let reason: String

    init(
        _ call: Call, tree: GridTree, scope: Scope, standIns: [StandIn], names: [ID<PersonNode>: String], faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call)
        let today = call.now.day()
        tabs = RegisterTab.tabs(call, at: RegistersPath.standIns)
        let posts = Dictionary(tree.posts.map { ($0.id, $0) }) { first, _ in first }
        self.standIns = standIns.map { standIn in
            let post = posts[standIn.post]
            return Line(
                absent: post.flatMap { names[$0.person] } ?? "",
                grid: post?.grid.map { tree.fullName(of: $0, in: call.language) } ?? "", person: names[standIn.person] ?? "",
                term: "\(standIn.from) – \(standIn.to)", reason: standIn.reason, now: standIn.term.contains(today),
                endPath: "\(RegistersPath.standIns)/\(standIn.id)/ending")
        }
        let workers = tree.posts.filter { post in
            post.kind == .gridWorker && post.grid.map { tree.isIn(scope, $0) } ?? false
        }.map { post in
            (post, post.grid.map { tree.fullName(of: $0, in: call.language) } ?? "")
        }.sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
        self.posts = workers.map { post, grid in
            ChoicePart(
                value: post.id.description, label: "\(grid) · \(names[post.person] ?? "")",
                chosen: call.sent("post") == post.id.description)
        }
        var known: Set<ID<PersonNode>> = []
        people = workers.filter { known.insert($0.0.person).inserted }.map { post, grid in
            ChoicePart(
                value: post.person.description, label: "\(names[post.person] ?? "") · \(grid)",
                chosen: call.sent("person") == post.person.description)
        }
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        from = call.sent("from", else: today.description)
        to = call.sent("to", else: today.adding(days: 6).description)
        reason = call.sent("reason")
    }
}

/// What personal data is kept for, and what was destroyed.
struct PurposesPage: Page {
    static let template = "registers-purposes"

    struct Line: Sendable {
        let code: String
        let name: String
        let basis: String
        let emergency: Bool
        let retention: String
        let ends: String?
        let over: Bool
        let nameZh: String
        let nameEn: String
        let basisValue: String
        let days: String
        let endsValue: String
        let seen: String
        let request: String
    }
    struct Destroyed: Sendable {
        let at: String
        let what: String
        let purpose: String
        let records: String
        let reason: String
    }

    let tabs: [RegisterTab]
    let purposes: [Line]
    let destroyed: [Destroyed]
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let isOpen: Bool
    let nameZh: String
    let nameEn: String
    let ends: String

    init(_ call: Call, purposes: [DataPurpose], destroyed: [Destruction], faults: [Fault]) {
        let shown = ShownFaults(faults, call)
        let names = Dictionary(purposes.map { ($0.code, call.name(of: $0)) }) { first, _ in first }
        tabs = RegisterTab.tabs(call, at: RegistersPath.purposes)
        self.purposes = purposes.map { purpose in
            Line(
                code: purpose.code, name: call.name(of: purpose), basis: call.text("registers.basis.\(purpose.basis.rawValue)"),
                emergency: purpose.isEmergency,
                retention: call.text("registers.purposes.kept", ["days": call.count(purpose.retentionDays)]),
                ends: purpose.endsOn?.description, over: RetentionRules.isOver(purpose, on: call.now.day()),
                nameZh: purpose.nameZh,
                nameEn: purpose.nameEn, basisValue: purpose.basis.rawValue, days: String(purpose.retentionDays),
                endsValue: purpose.endsOn?.description ?? "", seen: String(purpose.version),
                request: call.newRequest)
        }
        self.destroyed = destroyed.map { record in
            Destroyed(
                at: record.at.stamp(), what: call.text("registers.destroyed.\(record.what.rawValue)"),
                purpose: names[record.purpose] ?? record.purpose, records: call.count(record.records),
                reason: call.text("registers.destroyed.\(record.reason.rawValue)"))
        }
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        isOpen = !faults.isEmpty
        nameZh = call.sent("nameZh")
        nameEn = call.sent("nameEn")
        ends = call.sent("ends", else: call.now.day().adding(days: 30).description)
    }
}
