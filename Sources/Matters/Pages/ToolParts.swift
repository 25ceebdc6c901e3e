import Directory
import Kernel
import Web

/// The phrases offered at one form.
struct PhrasePick: Sendable {
    struct Option: Sendable {
        let code: String
        let title: String
        /// Filled from the matter, in Chinese as whoever reported reads it.
        let words: String
    }
    let section: String
    /// The control that takes the words.
    let field: String
    let options: [Option]

    /// By the form's name; forms without phrases are left out.
    static func all(_ sight: MatterSight, _ wording: Wording) -> [String: PhrasePick] {
        let values = values(sight, wording)
        return Dictionary(grouping: sight.tools.phrases, by: \.step).reduce(into: [:]) { picks, group in
            let step = group.key
            picks[step.rawValue] = PhrasePick(
                section: step.rawValue, field: "\(step.rawValue)-\(step.field)",
                options: group.value.map { phrase in
                    Option(code: phrase.code, title: phrase.title, words: Catalogue.filled(phrase.words, values))
                })
        }
    }

    /// What is not known is left for whoever writes.
    static func values(_ sight: MatterSight, _ wording: Wording) -> [String: String] {
        let (matter, tree) = (sight.matter, wording.tree)
        let place = tree.fullName(of: matter.place.grid, in: .zh)
        let unit = matter.holder.grid.map { tree.fullName(of: $0, in: .zh) } ?? wording.call.visit.town.name(in: .zh)
        let phone = tree.path(matter.place.grid).reversed().lazy.compactMap(\.dutyPhone).first
        func day(_ at: Instant) -> String { MattersRoom.words.text("matters.when.day", in: .zh, wording.parts(at)) }
        let known: [PhraseRules.Place: String?] = [
            .number: matter.number.description, .place: [place, matter.place.spot].filter { !$0.isEmpty }.joined(separator: " "),
            .category: wording.taxonomy[matter.category]?.nameZh, .due: matter.clock.hasDeadline ? day(matter.clock.due) : nil,
            .today: day(wording.call.now), .unit: unit, .phone: phone,
        ]
        return Dictionary(uniqueKeysWithValues: known.map { ($0.key.rawValue, $0.value ?? "……") })
    }
}

extension MatterPage {
    /// Urges, notes and what was done to photos as entries of the history.
    static func said(_ tools: MatterTools, _ wording: Wording) -> [(at: Instant, entry: Entry)] {
        let call = wording.call
        let urges = tools.urges.map { urge in
            (
                urge.at,
                Entry(
                    when: wording.short(urge.at), iso: urge.at.rfc3339,
                    title: call.text("matters.event.urged", ["holder": wording.holder(urge.holder)]),
                    who: urge.actor?.name ?? call.text("matters.show.reporter"), post: urge.actor.map { call.posts($0.post) },
                    words: nil, note: kept(urge.words), warm: false, pictures: [])
            )
        }
        let notes = tools.notes.map { note in
            (
                note.at,
                Entry(
                    when: wording.short(note.at), iso: note.at.rfc3339, title: call.text("matters.event.note"),
                    who: note.actor.name,
                    post: call.posts(note.actor.post), words: nil, note: note.words, warm: false, pictures: [], isNote: true)
            )
        }
        let photos = tools.photoActs.map { act in
            (
                act.at,
                Entry(
                    when: wording.short(act.at), iso: act.at.rfc3339, title: RedactPage.title(act, call),
                    who: act.actor?.name ?? call.text("redact.by.retention"), post: act.actor.map { call.posts($0.post) },
                    words: nil,
                    note: nil, warm: false, pictures: [])
            )
        }
        return urges + notes + photos
    }

    /// What came since somebody looked, the newest first.
    static func news(_ sight: MatterSight, since seen: MatterProgress?, _ wording: Wording) -> [NewsDocument.Change] {
        let call = wording.call
        func change(_ entry: Entry) -> NewsDocument.Change {
            NewsDocument.Change(
                when: entry.when, what: entry.title,
                who: [entry.who, entry.post ?? ""].filter { !$0.isEmpty }.joined(separator: " · "),
                words: entry.words ?? entry.note)
        }
        let acts = sight.history.filter { $0.version > seen?.version ?? 0 }.map { event in
            let nobody = event.kind == .followedUp ? "matters.by.resident" : "matters.by.clock"
            let who = event.actor.map { "\($0.name) · \(call.posts($0.post))" } ?? call.text(nobody)
            return (
                event.at,
                NewsDocument.Change(
                    when: wording.short(event.at), what: wording.title(event), who: who,
                    words: kept(event.facts.reply) ?? kept(event.facts.note) ?? kept(event.facts.reason))
            )
        }
        let clocks = sight.clockEvents.dropFirst(seen?.clocks ?? 0).map { ($0.at, change(entry($0, wording))) }
        let tools = sight.tools
        let said = Self.said(tools, wording)
        let urges = said.prefix(tools.urges.count).dropFirst(seen?.urges ?? 0)
        let notes = said.dropFirst(tools.urges.count).prefix(tools.notes.count).dropFirst(seen?.notes ?? 0)
        let photos = said.dropFirst(tools.urges.count + tools.notes.count).dropFirst(seen?.photos ?? 0)
        let told = (urges + notes + photos).map { ($0.at, change($0.entry)) }
        let all = acts + clocks + told
        return all.sorted { $0.0 > $1.0 }.map(\.1)
    }
}
