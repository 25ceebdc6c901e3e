import Directory
import Exports
import Kernel
import Web

/// Joint tasks that somebody may see: the staff's, or a unit's own. 协办
struct JointTasksPage: Page {
    static let template = "joint-tasks"
    struct Tab: Sendable {
        let label: String
        let href: String
        let current: Bool
    }
    let title: String
    let lead: String
    let isUnit: Bool
    let isOpen: Bool
    let tabs: [Tab]
    let lines: [JointLine]
    let unitsHref: String?
    /// Nil for a unit's people, whose tasks are not the town's list.
    let exportHref: String?

    init(
        _ briefs: [JointBrief], isOpen: Bool, isUnit: Bool, unit: ID<JointUnit>? = nil, _ wording: Wording
    ) {
        let call = wording.call
        let side = isUnit ? "unit" : "office"
        title = call.text("joint.\(side).title")
        lead = call.text("joint.\(side).lead")
        (self.isUnit, self.isOpen) = (isUnit, isOpen)
        let path = isUnit ? JointRoutes.requests : JointRoutes.tasks
        tabs = [("open", path, isOpen), ("ended", "\(path)?tab=ended", !isOpen)].map {
            Tab(label: call.text("joint.tab.\($0.0)"), href: $0.1, current: $0.2)
        }
        lines = briefs.map { JointLine($0, isUnit: isUnit, wording) }
        unitsHref = !isUnit && call.principal?.may(.keepUnits) == true ? UnitRoutes.path : nil
        exportHref =
            isUnit
            ? nil
            : ExportsRoom.path("joint-tasks", [("tab", isOpen ? "" : "ended"), ("unit", unit?.description ?? "")])
    }
}

/// What somebody tried to do with a joint task and could not.
struct JointAttempt: Sendable {
    let act: JointAct
    let words: String
    let request: String
    let faults: [Fault]

    init(_ act: JointAct, _ call: Call, _ faults: [Fault]) {
        (self.act, words, request, self.faults) = (act, call.sent("words"), call.freshRequest, faults)
    }
}

/// One joint task, with everything its reader may know and do. 协办任务
struct JointTaskPage: Page {
    static let template = "joint-task"
    struct Act: Sendable {
        let act: String
        let label: String
        let wordsLabel: String
        let isOptional: Bool
        let takesPhotos: Bool
        let isPrimary: Bool
        let icon: String
        let isOpen: Bool
        let words: String
        let fault: String?
        let faults: [FaultPart]
        let request: String
    }
    struct Entry: Sendable {
        let when: String
        let iso: String
        let title: String
        let who: String
        let post: String?
        let words: String?
        let pictures: [PhotoPart]
    }
    let path: String
    let back: String
    let backLabel: String
    let heading: String
    let unit: String
    let state: String
    let stateClass: String
    let due: String?
    let overdue: Bool
    let breaches: String?
    let asked: String
    let reason: String
    let asker: String
    let category: String
    let place: String
    let matterHref: String?
    let photos: [PhotoPart]
    let clocks: [ClockPart]
    let acts: [Act]
    let waiting: String?
    let history: [Entry]
    let seen: String
    let wordsLimit: String
    let photoLimit: String
    let fault: [String: String]

    init(_ sight: JointSight, isUnit: Bool, _ wording: Wording, _ attempt: JointAttempt?) {
        let call = wording.call
        let (brief, task) = (sight.brief, sight.brief.task)
        let line = JointLine(brief, isUnit: isUnit, wording)
        path = line.href
        back = isUnit ? JointRoutes.requests : JointRoutes.tasks
        backLabel = call.text("joint.\(isUnit ? "unit" : "office").title")
        heading = line.category
        (unit, state, stateClass) = (line.unit, line.state, line.stateClass)
        (due, overdue, breaches) = (line.due, line.overdue, line.breaches)
        (asked, reason, category, place) = (task.asked, task.reason, line.category, line.place)
        asker = wording.holder(task.asker)
        matterHref = isUnit ? nil : "/office/matters/\(task.matter)"
        let path = path
        photos = sight.chosen.map { PhotoPart($0.id, $0.position, under: path, call) }
        // What was refused or withdrawn was not done in time: only the answer has a clock to show.
        let isUndone = task.state == .refused || task.state == .withdrawn
        clocks = sight.clocks.filter { !isUndone || $0.kind == .respond }.map {
            ClockPart($0, sight.timing, wording, at: call.now)
        }
        acts = JointAct.allCases.filter(sight.acts.contains).map { Act($0, call, attempt?.act == $0 ? attempt : nil) }
        waiting =
            acts.isEmpty && task.state.isOpen
            ? call.text(task.state.isWithUnit ? "joint.waits.unit" : "joint.waits.asker") : nil
        history = sight.events.reversed().map { event in
            Entry(
                when: wording.short(event.at), iso: event.at.rfc3339, title: call.text("joint.event.\(event.kind.rawValue)"),
                who: event.actor?.name ?? call.text(event.kind == .asked ? "joint.by.rule" : "matters.by.clock"),
                post: event.actor.map { call.posts($0.post) },
                words: event.words.isEmpty ? nil : event.words,
                pictures: (sight.evidence[event.id] ?? []).enumerated().map { PhotoPart($1.id, $0, under: path, call) })
        }
        seen = String(task.version)
        wordsLimit = String(Matter.noteLimit)
        photoLimit = String(Matter.photoLimit)
        fault = Dictionary(attempt?.faults.map { (String($0.pointer.dropFirst()), call.text($0)) } ?? []) { first, _ in first }
    }
}

extension JointTaskPage.Act {
    fileprivate init(_ act: JointAct, _ call: Call, _ attempt: JointAttempt?) {
        self.act = act.rawValue
        label = call.text("joint.do.\(act.rawValue)")
        wordsLabel = call.text("joint.words.\(act.rawValue)")
        isOptional = !JointRules.needsWords(act)
        takesPhotos = act == .finish
        isPrimary = [.accept, .finish, .confirm].contains(act)
        icon =
            ["accept": "check", "finish": "check", "confirm": "check", "refuse": "down", "withdraw": "down"][act.rawValue]
            ?? "repeat"
        isOpen = attempt != nil
        words = attempt?.words ?? ""
        fault = attempt?.faults.first { $0.pointer == "/words" }.map { call.text($0) }
        faults = (attempt?.faults ?? []).map { FaultPart(field: "\(act.rawValue)-words", text: call.text($0)) }
        request = attempt?.request ?? call.newRequest
    }
}

extension PhotoPart {
    /// A picture as a joint task shows it, under the task's own path.
    init(_ id: ID<MatterPhoto>, _ position: Int, under path: String, _ call: Call) {
        small = "\(path)/photos/\(id)?size=thumb"
        full = "\(path)/photos/\(id)"
        description = call.text("matters.words.photo", ["position": String(position + 1)])
        (redact, isShown) = (nil, false)
    }
}

/// The form by which a unit is asked. 吹哨
struct JointAskPage: Page {
    static let template = "joint-ask"
    struct Picture: Sendable {
        let id: String
        let small: String
        let description: String
        let chosen: Bool
    }
    let path: String
    let back: String
    let heading: String
    let mayAsk: Bool
    let hasUnits: Bool
    let units: [ChoicePart]
    let limits: [ChoicePart]
    let pictures: [Picture]
    let asked: String
    let reason: String
    let wordsLimit: String
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    /// What may be chosen besides the unit's usual time.
    private static let times = ["2U", "24U", "4h", "1d", "3d", "5d", "10d", "15d"]

    init(
        _ matter: Matter, units: [JointUnit], photos: [MatterPhoto], _ principal: Principal, _ wording: Wording, _ faults: [Fault]
    ) {
        let call = wording.call
        let shown = ShownFaults(faults, call)
        back = "/office/matters/\(matter.id)"
        path = "\(back)/joint-tasks"
        heading = wording.category(matter.category)
        let scope = principal.grants[.routeMatter] ?? .nothing
        mayAsk = (try? JointRules.asker(scope, village: matter.place.village)) != nil
        hasUnits = !units.isEmpty
        let usual = JointRules.usual(wording.taxonomy[matter.category]?.leadUnit, among: units)
        let chosen = call.sent("unit", else: usual?.id.description)
        self.units = units.map { unit in
            let phone = unit.phone.isEmpty ? "" : " · \(unit.phone)"
            return ChoicePart(
                value: unit.id.description, label: unit.name(in: call.language) + phone, chosen: unit.id.description == chosen)
        }
        limits = Self.times.map {
            ChoicePart(value: $0, label: wording.limit($0)?.trimmed ?? $0, chosen: $0 == call.form["limit"])
        }
        let picked = Set(call.form.all("photo"))
        pictures = photos.map { photo in
            let part = PhotoPart(photo, call)
            return Picture(
                id: photo.id.description, small: part.small, description: part.description,
                chosen: picked.contains(photo.id.description))
        }
        (asked, reason) = (call.sent("asked"), call.sent("reason"))
        wordsLimit = String(Matter.noteLimit)
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
    }
}
