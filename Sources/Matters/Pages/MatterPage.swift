import Directory
import Foundation
import Kernel
import Web

/// One matter for the staff: what was said, what happened, and what the reader may do now.
struct MatterPage: Page {
    static let template = "matters-show"
    struct Entry: Sendable {
        let when: String
        let iso: String
        let title: String
        let who: String
        let post: String?
        let words: String?
        let note: String?
        let warm: Bool
        let pictures: [PhotoPart]
        /// Written for the staff alone, with nothing beside it.
        var isNote = false
    }
    struct AnswerPart: Sendable {
        let question: String
        let answer: String
    }
    struct Score: Sendable {
        let value: String
        let chosen: Bool
    }
    let request: String
    let path: String
    let seen: String
    let number: String
    let publicHref: String
    let group: String
    let category: String
    let tier: String
    let tierClass: String
    let dueWords: String?
    let overdue: Bool
    let reopened: String?
    let conflict: String?
    let steps: [StepPart]
    let words: String
    let wordsLimit: String
    let photoLimit: String
    let photos: [PhotoPart]
    let nothingToDo: String?
    let mayCheck: Bool
    let mayHandle: Bool
    let mayEscalate: Bool
    let maySendBack: Bool
    let mayFollowUp: Bool
    let mayReveal: Bool
    let escalateTo: String
    let sendBackTargets: [ChoicePart]
    let outcomes: [ChoicePart]
    let scores: [Score]
    let open: [String: Bool]
    let typed: [String: String]
    let fault: [String: String]
    let faults: [FaultPart]
    let history: [Entry]
    let holder: String
    let grid: String
    let gridHref: String
    let spot: String?
    let reportedAt: String
    let channel: String
    let reporter: String?
    let deadlines: String?
    let map: MapPart?
    let passedAround: Bool
    let answers: [AnswerPart]
    let leadUnit: String?
    let closing: String?
    let clocks: [ClockPart]
    let time: TimePart
    let kin: KinPart
    let joint: JointPart
    let hotline: HotlinePart?
    let mayUrge: Bool
    let mayNote: Bool
    let phrases: [String: PhrasePick]
    let apiPath: String
    let progress: String
    let printHref: String

    init(_ sight: MatterSight, _ wording: Wording, attempt: ActAttempt?) {
        let call = wording.call
        let matter = sight.matter
        request = attempt?.request ?? call.site.ambient.newUUID().uuidString.lowercased()
        path = "/office/matters/\(matter.id)"
        seen = String(matter.version)
        number = matter.number.description
        publicHref = "/m/\(matter.number.digits)"
        group = wording.group(matter.category)
        category = wording.category(matter.category)
        tier = wording.tier(matter.tier)
        tierClass = wording.tierClass(matter.tier)
        dueWords = wording.deadline(matter.clock, at: call.now)
        overdue = matter.clock.isLate(at: call.now)
        passedAround = matter.isPassedAround
        let taxon = wording.taxonomy[matter.category]
        answers = sight.answers.map { answer in
            let question = taxon?.questions.first { $0.id == answer.question && $0.zh == answer.asked }
            return AnswerPart(question: call.language == .en ? question?.en ?? answer.asked : answer.asked, answer: answer.answer)
        }
        leadUnit = taxon?.leadUnit
        closing = call.language == .zh ? taxon?.closingZh : taxon?.closingEn
        clocks = sight.clocks.map { ClockPart($0, sight.timing, wording, at: call.now) }
        let told = sight.history.last { !$0.facts.reply.isEmpty }?.facts.reply ?? ""
        hotline = sight.hotline.map { HotlinePart($0, sight.timing, told: told, typed: attempt?.typed["hotline-words"], wording) }
        joint = JointPart(sight.joint, of: matter, wording)
        time = TimePart(sight, wording, typed: attempt?.typed ?? [:])
        kin = KinPart(sight, wording, typed: attempt?.typed ?? [:])
        reopened = matter.reopened > 0 ? call.text("matters.words.reopened", ["count": String(matter.reopened)]) : nil
        conflict = attempt?.isStale == true ? sight.history.last.map { Self.told($0, wording) } : nil
        steps = StepPart.all(at: matter.stage, call)
        words = matter.words
        wordsLimit = String(Matter.noteLimit)
        photoLimit = String(Matter.photoLimit)
        let pictures = Dictionary(grouping: sight.photos, by: \.event).mapValues { photos in
            photos.map { PhotoPart($0, call, mayRedact: sight.tools.mayRedact) }
        }
        photos = pictures[ID(matter.id.uuid)] ?? []
        let allowed = sight.acts
        mayCheck = allowed.contains(.siteCheck)
        mayHandle = allowed.contains(.handle)
        mayEscalate = allowed.contains(.escalate)
        maySendBack = allowed.contains(.return) && !sight.targets.isEmpty
        mayFollowUp = allowed.contains(.followUp)
        mayReveal = sight.mayReveal && sight.reporters.contains { $0.phone != nil || $0.email != nil || $0.name != nil }
        let does = mayCheck || mayHandle || mayEscalate || maySendBack || mayFollowUp
        nothingToDo = does ? nil : call.text("matters.nothing.\(sight.whyNothing)")
        escalateTo = sight.above.map(wording.holder) ?? ""
        let target = attempt?.typed["send-back-to"] ?? sight.targets.first.map(\.grid.description)
        sendBackTargets = sight.targets.map {
            ChoicePart(value: $0.grid.description, label: wording.holder($0.holder), chosen: $0.grid.description == target)
        }
        let outcome = attempt?.typed["handle-outcome"] ?? Outcome.resolved.rawValue
        outcomes = [Outcome.resolved, .cannotBeDone, .referred].map {
            ChoicePart(value: $0.rawValue, label: call.text("matters.outcome.\($0.rawValue)"), chosen: $0.rawValue == outcome)
        }
        scores = (1...5).map { Score(value: String($0), chosen: attempt?.typed["follow-up-score"] == String($0)) }
        open = attempt.map { [$0.section: true] } ?? [:]
        typed = attempt?.typed ?? [:]
        fault = Dictionary(attempt?.faults.map { ($0.field, call.text($0.fault)) } ?? []) { first, _ in first }
        faults = attempt?.faults.map { FaultPart(field: $0.field, text: call.text($0.fault)) } ?? []
        let newest = sight.history.last?.version
        let acts = sight.history.map { event in
            (
                event.at, event.version,
                Entry(
                    when: wording.short(event.at), iso: event.at.rfc3339,
                    title: [wording.title(event), event.otherNumber].compactMap { $0 }.joined(separator: " "),
                    who: event.actor?.name ?? call.text(event.kind == .upgraded ? "matters.by.clock" : "matters.by.resident"),
                    post: event.actor.map { call.posts($0.post) }
                        ?? (event.kind == .upgraded ? wording.holder(event.toHolder) : wording.channel(matter.channel)),
                    words: Self.kept(event.facts.reply),
                    note: Self.kept(
                        [event.facts.reason, event.otherNumber == nil ? event.facts.note : ""].filter { !$0.isEmpty }.joined(
                            separator: "\n")),
                    warm: event.version == newest, pictures: event.kind == .reported ? [] : pictures[event.id] ?? [])
            )
        }
        // Of entries at one moment the clock's come first, as they bring the others about.
        let marks = sight.clockEvents.map { ($0.at, 0, Self.entry($0, wording)) }
        let joined = sight.kin.joinings.map { ($0.at, 0, Self.entry($0, pictures[ID($0.id.uuid)] ?? [], wording)) }
        let more = (Self.said(sight.tools, wording) + Self.rated(sight, wording)).map { ($0.at, Int.max, $0.entry) }
        history = (acts + marks + joined + more).sorted { ($0.0, $0.1) > ($1.0, $1.1) }.map(\.2)
        mayUrge = sight.tools.mayUrge
        mayNote = sight.tools.mayNote
        phrases = PhrasePick.all(sight, wording)
        apiPath = "/matters/\(matter.id)"
        progress = sight.tools.progress.description
        printHref = "/office/matters/\(matter.id)/print"
        holder = wording.holder(matter.holder)
        grid = wording.grid(matter.place.grid)
        gridHref = "/office/grids/\(matter.place.grid)"
        spot = Self.kept(matter.place.spot)
        reportedAt = wording.long(matter.reportedAt)
        channel = wording.channel(matter.channel)
        reporter = Self.kept(
            sight.reporters.map { [$0.name, $0.phone, $0.email].compactMap { $0 }.joined(separator: " ") }.filter { !$0.isEmpty }
                .joined(separator: " · "))
        deadlines = matter.clock.hasDeadline && !matter.clock.isLate(at: call.now) ? wording.long(matter.clock.due) : nil
        map = MapPart(wording.tree, chosen: matter.place.village, here: matter.place.coordinate, call.language)
    }

    static func kept(_ text: String) -> String? { text.isEmpty ? nil : text }

    static func entry(_ event: ClockEvent, _ wording: Wording) -> Entry {
        let call = wording.call
        return Entry(
            when: wording.short(event.at), iso: event.at.rfc3339, title: wording.title(event),
            who: event.actor?.name ?? call.text("matters.by.clock"), post: event.actor.map { call.posts($0.post) },
            words: nil, note: kept(event.words), warm: false, pictures: [])
    }

    private static func entry(_ joining: Joining, _ pictures: [PhotoPart], _ wording: Wording) -> Entry {
        let call = wording.call
        return Entry(
            when: wording.short(joining.at), iso: joining.at.rfc3339, title: call.text("matters.event.joined"),
            who: joining.actor?.name ?? call.text("matters.by.resident"),
            post: joining.actor.map { call.posts($0.post) } ?? wording.channel(joining.channel), words: nil,
            note: kept([joining.words, joining.spot].filter { !$0.isEmpty }.joined(separator: "\n")), warm: false,
            pictures: pictures)
    }

    /// What somebody else has done meanwhile: `8月19日 16:05 林晓岚：登记处置`.
    private static func told(_ event: MatterEvent, _ wording: Wording) -> String {
        let who = event.actor.map { "\($0.name) (\(wording.call.posts($0.post)))" } ?? wording.call.text("matters.by.resident")
        return "\(wording.short(event.at)) \(who) — \(wording.title(event))"
    }
}

/// What somebody tried to do and could not, to show their words again.
struct ActAttempt: Sendable {
    /// The form on the page, such as `handle`.
    let section: String
    let request: String
    /// What was typed, by the names that the template has for it.
    var typed: [String: String]
    let faults: [(field: String, fault: Fault)]
    let isStale: Bool

    /// What the form `section` of a call had typed in.
    /// - Parameters:
    ///   - fields: pointer of a fault → the form's control.
    ///   - choices: the template's name of a radio button → its control and value.
    init(
        _ call: Call, _ section: String, fields: [String: String], choices: [String: (field: String, value: String)],
        faults: [Fault], isStale: Bool = false
    ) {
        var typed: [String: String] = [:]
        for field in fields.values { typed["\(section)-\(field)"] = call.form[field] }
        for (name, choice) in choices where call.form[choice.field] == choice.value { typed["\(section)-\(name)"] = choice.value }
        self.section = section
        request = call.form["request"] ?? ""
        self.typed = typed
        self.faults = faults.map { fault in
            let field = fields[fault.pointer.split(separator: "/").first.map(String.init) ?? ""]
            return (field: field.map { "\(section)-\($0)" } ?? section, fault: fault)
        }
        self.isStale = isStale
    }
}

/// Names and telephones, shown once after a reason was given. 联系方式
struct RevealedPage: Page {
    static let template = "matters-revealed"
    struct Line: Sendable {
        let name: String?
        let phone: String?
        let email: String?
        let when: String
    }
    let number: String
    let back: String
    let reporters: [Line]
}
