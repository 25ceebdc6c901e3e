import Directory
import Kernel
import Web

/// The rules in their order, with a trial: which one would take this matter? 分派规则
struct RoutingRulesPage: Page {
    static let template = "routing-rules"
    struct Line: Sendable {
        let number: String
        let name: String
        let conditions: String
        let target: String
        let isOff: Bool
        /// Whether its unit is not asked any more.
        let isIdle: Bool
        let editHref: String
    }
    struct Trial: Sendable {
        let rule: String
        let holder: String
        let unit: String?
    }
    struct Entry: Sendable {
        let when: String
        let iso: String
        let title: String
        let who: String
        let post: String
    }
    let lines: [Line]
    let groups: [RoutingChoiceGroup]
    let grids: [ChoicePart]
    let day: String
    let time: String
    let trial: Trial?
    let trialFault: String?
    let history: [Entry]

    init(
        _ rules: [RoutingRule], _ units: [JointUnit], _ history: [RoutingRuleEvent], _ timing: TownTiming, _ wording: Wording
    ) {
        let call = wording.call
        let book = RoutingBook(rules, units: units)
        let names = Dictionary(units.map { ($0.id, $0.name(in: call.language)) }) { first, _ in first }
        lines = rules.map { rule in
            Line(
                number: String(rule.number), name: rule.name, conditions: wording.conditions(of: rule),
                target: wording.target(of: rule, names), isOff: !rule.isOn, isIdle: !book.rules.contains { $0.id == rule.id },
                editHref: "\(RoutingRuleRoutes.path)/edit?rule=\(rule.id)")
        }
        let category = call.query["category"] ?? ""
        let grid = call.query["grid"].flatMap { ID<GridNode>($0) }.flatMap { wording.tree.grid($0) }
        groups = RoutingChoiceGroup.all(wording, chosen: category, withGroups: false)
        grids = wording.gridChoices(chosen: grid?.id)
        let (hour, minute) = call.now.clock()
        day = call.query["day"] ?? call.now.day().description
        let clock = call.query["time"] ?? "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
        time = clock
        let at = Instant(day: day, time: clock)
        trialFault =
            call.query["category"] != nil && (wording.taxonomy[category] == nil || grid == nil || at == nil)
            ? call.text("routing.trial.incomplete") : nil
        if let taxon = wording.taxonomy[category], let grid, let at {
            let path = wording.tree.rungs(to: grid.id)
            let occasion = RoutingOccasion(category: category, path: path.map(\.grid), at: at)
            let rule = RouteRules.first(of: book.rules, for: occasion, timing.timing)
            trial = Trial(
                rule: rule?.title ?? call.text("routing.trial.default"),
                holder: wording.holder(RouteRules.holder(rule, taxon.tier, path: path)),
                unit: rule?.target == .unit ? rule?.unit.flatMap { names[$0] } : nil)
        } else {
            trial = nil
        }
        self.history = history.map { event in
            Entry(
                when: wording.short(event.at), iso: event.at.rfc3339,
                title: call.text(
                    "routing.event.\(event.act.rawValue)", ["number": String(event.number), "name": event.name]),
                who: event.actor.name, post: call.posts(event.actor.post))
        }
    }
}

/// Categories to choose from, by their group, which may be chosen as a whole.
struct RoutingChoiceGroup: Sendable {
    let label: String
    let choices: [ChoicePart]

    static func all(_ wording: Wording, chosen: String, withGroups: Bool) -> [RoutingChoiceGroup] {
        wording.taxonomy.groups.map { group in
            let name = wording.name(of: group)
            let whole = ChoicePart(
                value: group.code, label: wording.call.text("routing.whole-group", ["name": name]), chosen: group.code == chosen)
            let own = wording.taxonomy.categories.filter { $0.group == group.code && (!$0.isRetired || $0.code == chosen) }.map {
                ChoicePart(value: $0.code, label: wording.name(of: $0), chosen: $0.code == chosen)
            }
            return RoutingChoiceGroup(label: name, choices: (withGroups ? [whole] : []) + own)
        }
    }
}

extension Wording {
    func gridChoices(chosen: ID<GridNode>?) -> [ChoicePart] {
        tree.all.map { ChoicePart(value: $0.id.description, label: grid($0.id), chosen: $0.id == chosen) }
    }

    /// A rule's conditions in a line: `消防通道堵塞 · 安平社区 · 夜间`.
    func conditions(of rule: RoutingRule) -> String {
        let what =
            rule.category.isEmpty
            ? call.text("routing.every-category")
            : taxonomy.groups.first { $0.code == rule.category }.map { call.text("routing.whole-group", ["name": name(of: $0)]) }
                ?? category(rule.category)
        let days: String? =
            switch (rule.from, rule.to) {
            case (nil, nil): nil
            case (let from?, let to?): "\(from) – \(to)"
            case (let from?, nil): call.text("routing.from", ["day": from.description])
            case (nil, let to?): call.text("routing.to", ["day": to.description])
            }
        let place = rule.grid.map(grid) ?? call.text("routing.whole-town")
        return [what, place, call.text("routing.moment.\(rule.moment.rawValue)"), days].compactMap { $0 }.joined(separator: " · ")
    }

    func target(of rule: RoutingRule, _ units: [ID<JointUnit>: String]) -> String {
        let label = call.text("routing.target.\(rule.target.rawValue)")
        return rule.target == .unit ? "\(label) \(rule.unit.flatMap { units[$0] } ?? "")" : label
    }
}

/// One rule's form.
struct RoutingRulePage: Page {
    static let template = "routing-rule"
    let heading: String
    let rule: String
    let version: String
    let request: String
    let number: String
    let name: String
    let groups: [RoutingChoiceGroup]
    let grids: [ChoicePart]
    let moments: [ChoicePart]
    let from: String
    let to: String
    let targets: [ChoicePart]
    let units: [ChoicePart]
    let asked: String
    let isOn: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ known: RoutingRule?, count: Int, _ units: [JointUnit], _ wording: Wording, _ faults: [Fault]) {
        let call = wording.call
        let shown = ShownFaults(faults, call)
        let isSent = !faults.isEmpty
        func text(_ field: String, _ stored: String?) -> String { isSent ? call.sent(field) : stored ?? "" }
        heading = call.text(known == nil ? "routing.add" : "routing.edit")
        rule = known?.id.description ?? ""
        version = String(known?.version ?? 0)
        request = call.freshRequest
        number = text("number", String(known?.number ?? count + 1))
        name = text("name", known?.name)
        groups = RoutingChoiceGroup.all(wording, chosen: text("category", known?.category), withGroups: true)
        let grid = text("grid", known?.grid?.description)
        grids = wording.gridChoices(chosen: ID(grid))
        let (moment, target) = (text("moment", known?.moment.rawValue ?? "always"), text("target", known?.target.rawValue))
        moments = RoutingRule.Moment.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("routing.moment.\($0.rawValue)"), chosen: $0.rawValue == moment)
        }
        (from, to) = (text("from", known?.from?.description), text("to", known?.to?.description))
        targets = RoutingRule.Target.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("routing.target.\($0.rawValue)"), chosen: $0.rawValue == target)
        }
        let unit = text("unit", known?.unit?.description)
        self.units = units.map {
            ChoicePart(value: $0.id.description, label: $0.name(in: call.language), chosen: $0.id.description == unit)
        }
        asked = text("asked", known?.asked)
        isOn = isSent ? call.form["on"] != nil : known?.isOn ?? true
        self.faults = shown.lines
        fault = shown.byField
    }
}
