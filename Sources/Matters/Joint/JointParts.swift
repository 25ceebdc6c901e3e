import Directory
import Kernel
import Web

extension JointBrief {
    func unit(in language: Language) -> String { language == .en && !unitEn.isEmpty ? unitEn : unitZh }

    /// The place in the reporter's words; for a unit without numbers that are somebody's, as a rule asks without anybody having looked.
    func spot(forUnit: Bool) -> String { forUnit ? PublicWords.masked(spot) : spot }
}

extension JointUnit {
    func name(in language: Language) -> String { language == .en && !nameEn.isEmpty ? nameEn : nameZh }
}

/// One joint task in a list.
struct JointLine: Sendable {
    let href: String
    let unit: String
    let category: String
    let place: String
    let asked: String
    let state: String
    let stateClass: String
    let due: String?
    let overdue: Bool
    let breaches: String?

    init(_ brief: JointBrief, isUnit: Bool = false, _ wording: Wording) {
        let (task, call) = (brief.task, wording.call)
        href = "\(isUnit ? JointRoutes.requests : JointRoutes.tasks)/\(task.id)"
        unit = brief.unit(in: call.language)
        category = wording.category(brief.category)
        place = [wording.grid(brief.grid), brief.spot(forUnit: isUnit)].filter { !$0.isEmpty }.joined(separator: " · ")
        let words = task.asked.split(whereSeparator: \.isNewline).joined(separator: " ")
        asked = words.count > 60 ? words.prefix(59) + "…" : words
        state = call.text("joint.state.\(task.state.rawValue)")
        stateClass = Self.color(task.state)
        due = task.state.isWithUnit ? wording.deadline(task.standing, at: call.now) : nil
        overdue = task.isLate(at: call.now)
        breaches = task.breaches > 0 ? call.text("joint.breaches", ["count": String(task.breaches)]) : nil
    }

    static func color(_ state: JointTask.State) -> String {
        switch state {
        case .asked, .accepted, .withdrawn: "line"
        case .refused, .insisted: "amber"
        case .done: "brick"
        case .confirmed: "green"
        }
    }
}

extension JointTask {
    /// For the words about deadlines.
    var standing: ClockStanding {
        ClockStanding(
            respond: respondWithin, finish: finishWithin, state: state.isWithUnit ? .running : .idle, due: due, check: check,
            breaches: breaches, extensions: 0)
    }
}

/// The joint tasks on a matter's page.
struct JointPart: Sendable {
    let lines: [JointLine]
    /// Where to ask a unit; nil for whoever may not.
    let askHref: String?

    init(_ briefs: [JointBrief], of matter: Matter, _ wording: Wording) {
        lines = briefs.map { JointLine($0, wording) }
        let scope = wording.call.principal?.grants[.routeMatter]
        let asks = scope.map { (try? JointRules.asker($0, village: matter.place.village)) != nil } ?? false
        askHref = asks && matter.stage.isOpen ? "/office/matters/\(matter.id)/joint-tasks" : nil
    }
}
