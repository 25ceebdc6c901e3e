import Directory
import Kernel
import Web

/// What else belongs to a matter, and the forms to merge it and to split it off.
struct KinPart: Sendable {
    struct Line: Sendable {
        let href: String
        let words: String
        let number: String
        let since: String
    }
    struct Choice: Sendable {
        let value: String
        let chosen: Bool
        let words: String
        let more: String
    }
    let isThere: Bool
    let isMerged: Bool
    let whole: Line?
    let parts: [Line]
    /// How many people told of it, when several did.
    let several: String?
    let mayMerge: Bool
    let maySplit: Bool
    let near: [Choice]

    init(_ sight: MatterSight, _ wording: Wording, typed: [String: String]) {
        let (kin, call) = (sight.kin, wording.call)
        func line(_ relative: Relative) -> Line {
            Line(
                href: "/office/matters/\(relative.matter.id)",
                words: "\(wording.category(relative.matter.category)) · \(wording.grid(relative.matter.place.grid))",
                number: relative.matter.number.description,
                since: call.text("matters.kin.since", ["when": wording.short(relative.since)]))
        }
        isMerged = sight.matter.stage == .merged
        whole = kin.whole.map(line)
        parts = kin.parts.map(line)
        several = kin.reporters > 1 ? call.text("matters.kin.several", ["count": String(kin.reporters)]) : nil
        (mayMerge, maySplit) = (kin.mayMerge, kin.maySplit)
        let chosen = typed["merge-into"]
        near = kin.near.map { matter in
            let part = NearPart(matter, wording)
            return Choice(
                value: part.seen, chosen: part.seen == chosen || chosen?.hasPrefix(part.id) == true,
                words: [part.distance, part.place, part.when].joined(separator: " · "), more: part.words ?? "")
        }
        isThere = isMerged || !parts.isEmpty || several != nil || mayMerge || maySplit
    }
}
