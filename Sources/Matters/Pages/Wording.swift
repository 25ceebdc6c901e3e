import Directory
import Kernel
package import Web

/// Puts matters into words of the visitor's language.
struct Wording {
    let call: Call
    let tree: GridTree
    let taxonomy: Taxonomy

    func name(of category: Category) -> String { category.name(in: call.language) }
    func name(of group: CategoryGroup) -> String { group.name(in: call.language) }

    /// The category's name; its code when the town has it no more.
    func category(_ code: String) -> String { taxonomy[code].map(name) ?? code }

    func group(_ code: String) -> String { taxonomy[code].flatMap(taxonomy.group).map(name) ?? "" }

    /// The village's name and the grid's own.
    func grid(_ id: ID<GridNode>) -> String {
        let name = tree.fullName(of: id, in: call.language)
        return name.isEmpty ? call.text("matters.words.former-grid") : name
    }

    func holder(_ holder: Holder) -> String {
        guard let grid = holder.grid else { return call.visit.town.name(in: call.language) }
        return call.text(
            "matters.words.holder", ["grid": self.grid(grid), "level": call.text("directory.level.\(holder.level)")])
    }

    func tier(_ tier: Tier) -> String { call.text("matters.tier.\(tier.rawValue)") }

    /// The colour of a tier's badge.
    func tierClass(_ tier: Tier) -> String {
        switch tier {
        case .small: ""
        case .urgent: "red"
        case .hard: "amber"
        }
    }

    func channel(_ channel: Channel) -> String { call.text("matters.channel.\(channel.rawValue)") }

    func stage(_ stage: MatterStage) -> String { call.text(StageTab.key(stage)) }

    func title(_ event: MatterEvent) -> String {
        title(event.kind, event.facts.finding, event.facts.outcome, event.facts.satisfied)
    }

    func title(_ kind: MatterEvent.Kind, _ finding: Finding?, _ outcome: Outcome?, _ satisfied: Bool?) -> String {
        call.text(MatterEvent.titleKey(kind, finding, outcome, satisfied))
    }

    /// `8月19日 16:05`.
    func short(_ at: Instant) -> String { at.day().year == call.now.day().year ? when("matters.when.short", at) : long(at) }

    /// `2022年8月18日 08:47`.
    func long(_ at: Instant) -> String { when("matters.when.long", at) }

    private func when(_ key: String, _ at: Instant) -> String { call.text(key, parts(at)) }

    /// A moment's parts on the clock of China, by the names that the catalogue has for them.
    func parts(_ at: Instant) -> [String: String] {
        let day = at.day()
        let (hour, minute) = at.clock()
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return [
            "year": String(day.year), "month": String(day.month), "day": String(day.day),
            "clock": "\(two(hour)):\(two(minute))", "iso": day.description,
        ]
    }

    /// A time limit such as `4h`, `3d` or `24U` in words; nil for none.
    func limit(_ text: String?) -> String? {
        Self.limitKey(text).map { call.text($0.key, ["count": $0.count]) }
    }

    /// The key of a time limit's words, and how many of its unit.
    static func limitKey(_ text: String?) -> (key: String, count: String)? {
        guard let text, let unit = text.last, ["h", "d", "U"].contains(unit) else { return nil }
        let name = unit == "U" ? "hours" : unit == "h" ? "working-hours" : "days"
        return ("matters.limit.\(name)\(text.dropLast() == "1" ? "-one" : "")", String(text.dropLast()))
    }

    /// The telephones to ask by, of the nearest grid that has some.
    func contact(_ grid: ID<GridNode>) -> String {
        let path = tree.path(grid).reversed()
        guard let near = path.first(where: { $0.dutyPhone != nil }), let duty = near.dutyPhone else {
            return call.text("matters.words.no-contact")
        }
        let supervision = path.lazy.compactMap(\.supervisionPhone).first
        let values = ["grid": self.grid(near.id), "duty": duty, "supervision": supervision ?? ""]
        return call.text(supervision == nil ? "matters.words.contact" : "matters.words.contact-both", values)
    }
}

extension MatterEvent {
    /// The key of the words that say what was done.
    static func titleKey(_ kind: Kind, _ finding: Finding?, _ outcome: Outcome?, _ satisfied: Bool?) -> String {
        let key =
            switch kind {
            case .reported: "reported"
            case .siteChecked: finding == .confirmed ? "checked" : finding?.rawValue ?? "checked"
            case .handled: outcome == .resolved ? "handled" : outcome.map { "handled-\($0.rawValue)" } ?? "handled"
            case .escalated: "escalated"
            case .returned: "sent-back"
            case .followedUp: satisfied == true ? "satisfied" : "not-satisfied"
            case .upgraded: "upgraded"
            case .handedOver: "handed-over"
            case .regridded, .merged, .splitOff, .tookIn, .gaveUp: kind.rawValue
            }
        return "matters.event.\(key)"
    }
}

extension Category {
    package func name(in language: Language) -> String { language == .zh ? nameZh : nameEn }
}

extension CategoryGroup {
    package func name(in language: Language) -> String { language == .zh ? nameZh : nameEn }
}

/// The tabs of the office's list.
enum StageTab: String, CaseIterable {
    case check
    case handle
    case followUp = "follow-up"
    case open
    case closed

    static func of(_ stage: MatterStage) -> StageTab {
        switch stage {
        case .collected: .check
        case .accepted: .handle
        case .handled: .followUp
        case .closed, .merged: .closed
        }
    }

    /// The key of a stage's name.
    static func key(_ stage: MatterStage) -> String {
        stage == .merged ? "matters.stage.merged" : "matters.tab.\(of(stage).rawValue)"
    }

    /// The stage that the tab shows; nil for all open or all closed ones.
    var stage: MatterStage? {
        switch self {
        case .check: .collected
        case .handle: .accepted
        case .followUp: .handled
        case .open, .closed: nil
        }
    }
}
