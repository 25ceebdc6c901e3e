import Directory
import Kernel
import Web

/// One version of a rule set for the office: to read when it is decided, to edit while it is a draft. 积分细则
struct RuleSetPage: Page {
    static let template = "points-set"

    struct Line: Sendable {
        let code: String
        let name: String
        let points: String
        let isDeduction: Bool
        let nameZh: String
        let nameEn: String
        let value: String
        let capDay: String
        let capWeek: String
        let capMonth: String
        let capYear: String
        let expiry: String
        let domains: [ChoicePart]
        let evidences: [ChoicePart]
        let approvers: [ChoicePart]
        let uses: [ChoicePart]
        let open: Bool
    }

    let village: String
    let villageHref: String
    let sets: [RulesPart]
    let isDraft: Bool
    let mayManage: Bool
    let action: String
    let draftAction: String
    let audience: String
    let request: String
    let lines: [Line]
    let added: [Line]
    let decision: String
    let decidedOn: String
    let from: String
    let allowsDebt: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ village: Grid, _ set: RuleSet, mayManage: Bool, faults found: [Fault] = []) {
        let wording = Wording(call: call)
        let shown = ShownFaults(found, call)
        self.village = village.name(in: call.language)
        villageHref = PointsPath.village(village.id)
        sets = [RulesPart(set, wording, on: call.now.day())]
        isDraft = set.isDraft && mayManage
        self.mayManage = mayManage
        action = PointsPath.set(set.id)
        draftAction = "\(villageHref)/rule-sets"
        audience = set.audience.rawValue
        request = call.freshRequest
        let sent = call.form["code"]
        lines = set.isDraft ? set.rules.map { Self.line($0, wording, open: sent == $0.code && !found.isEmpty) } : []
        added = set.isDraft ? [Self.line(nil, wording, open: false)] : []
        decision = call.sent("decision")
        decidedOn = call.sent("decidedOn", else: call.now.day().description)
        from = call.sent("from", else: call.now.day().description)
        allowsDebt = call.form["allowsDebt"] != nil
        self.faults = shown.lines
        fault = shown.byField
    }

    private static func line(_ rule: PointRule?, _ wording: Wording, open: Bool) -> Line {
        let call = wording.call
        func text(_ number: Int?) -> String { number.map(String.init) ?? "" }
        func options<Choice: RawRepresentable & CaseIterable & Equatable>(
            _ chosen: Choice?, _ label: (Choice) -> String
        ) -> [ChoicePart] where Choice.RawValue == String {
            Choice.allCases.map { ChoicePart(value: $0.rawValue, label: label($0), chosen: $0 == chosen) }
        }
        return Line(
            code: rule?.code ?? "", name: rule?.name(in: call.language) ?? "",
            points: rule.map { wording.signed($0.points) } ?? "",
            isDeduction: (rule?.points ?? 0) < 0, nameZh: rule?.nameZh ?? "", nameEn: rule?.nameEn ?? "",
            value: text(rule?.points),
            capDay: text(rule?.caps.day), capWeek: text(rule?.caps.week), capMonth: text(rule?.caps.month),
            capYear: text(rule?.caps.year), expiry: text(rule?.expiryMonths),
            domains: options(rule?.domain ?? .environment, wording.domain), evidences: options(rule?.evidence, wording.evidence),
            approvers: options(rule?.approver ?? .worker, wording.approver),
            uses: options(rule?.use ?? .open) { call.text("points.use.\($0.rawValue).short") }, open: open)
    }
}
