import Directory
import Kernel
import Web

/// The form by which a household objects, or its objection and the answer. 申诉
struct AppealFormPage: Page {
    static let template = "points-appeal-form"

    let what: String
    let facts: String
    let isMade: Bool
    let said: String
    let stage: String
    let answer: String?
    let action: String
    let back: String
    let request: String
    let words: String
    let wordsLimit: Int
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(
        _ call: Call, what: String, facts: String, made: Appeal?, action: String, back: String, faults found: [Fault]
    ) {
        let shown = ShownFaults(found, call)
        self.what = what
        self.facts = facts
        isMade = made != nil
        said = made?.words ?? ""
        stage = made.map { call.text("points.appeal.stage.\($0.stage.rawValue)") } ?? ""
        answer = made.flatMap { $0.answer.isEmpty ? nil : $0.answer }
        self.action = action
        self.back = back
        request = call.freshRequest
        words = call.sent("words")
        wordsLimit = Appeal.wordsLimit
        faults = shown.lines
        fault = shown.byField
    }
}

/// The objections that wait for an answer, and those answered. 申诉处理
struct AppealsPage: Page {
    static let template = "points-appeal-list"

    struct Item: Sendable {
        let id: String
        let what: String
        let facts: String
        let address: String
        let words: String
        let when: String
        let isOpen: Bool
        let stage: String
        let answer: String?
        let action: String
        let request: String
        let typed: String
        let fault: String?
    }

    let items: [Item]
    let faults: [ShownFaults.Line]

    init(
        _ call: Call, _ appeals: [Appeal], _ addresses: [ID<Household>: String], _ subjects: [ID<Appeal>: AppealSubject],
        failed: ID<Appeal>?, faults found: [Fault]
    ) {
        let wording = Wording(call: call)
        let field = failed.map { "answer-\($0)" } ?? ""
        let shown = ShownFaults(found, call, fields: ["answer": field, "grant": field])
        items = appeals.map { appeal in
            var (what, facts) = ("", "")
            switch subjects[appeal.id] {
            case .entry(let entry, let rule):
                what = rule?.name(in: call.language) ?? wording.cause(entry.cause)
                facts = "\(wording.signed(entry.effect)) · \(entry.day)"
            case .exposure(let exposure):
                what = call.text("points.appeal.exposure")
                facts = exposure.words
            case nil: break
            }
            return Item(
                id: appeal.id.description, what: what, facts: facts, address: addresses[appeal.household] ?? "",
                words: appeal.words,
                when: appeal.at.stamp(), isOpen: appeal.stage == .open,
                stage: call.text("points.appeal.stage.\(appeal.stage.rawValue)"),
                answer: appeal.answer.isEmpty ? nil : appeal.answer, action: "\(ClaimPath.appeals)/\(appeal.id)",
                request: appeal.id == failed ? call.freshRequest : call.newRequest,
                typed: appeal.id == failed ? call.sent("answer") : "", fault: appeal.id == failed ? shown.byField[field] : nil)
        }
        faults = shown.lines
    }
}
