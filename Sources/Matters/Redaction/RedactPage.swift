import Kernel
import Web

/// Where boxes are drawn over one photo, by hand or in numbers, and where somebody says that it may be shown. 照片打码
struct RedactPage: Page {
    static let template = "redact-photo"

    struct Row: Sendable {
        let index: Int
        let name: String
        let left: String
        let top: String
        let width: String
        let height: String
        /// What is wrong with it, all in one.
        let wrong: String?
    }
    /// A box that is drawn, in thousandths.
    struct Box: Sendable {
        let x: Int
        let y: Int
        let wide: Int
        let high: Int
    }
    struct Entry: Sendable {
        let when: String
        let iso: String
        let title: String
        let who: String
    }

    let title: String
    let matterHref: String
    let category: String
    let path: String
    let picture: String
    let description: String
    let pixelWidth: Int
    let pixelHeight: Int
    let request: String
    let seen: Int
    let rows: [Row]
    /// What a script names the rows it adds, with `#` for the number.
    let rowName: String
    let limit: Int
    let boxes: [Box]
    let isPreview: Bool
    let destroys: Bool
    let fit: Bool
    let keptWords: String
    let isRestricted: Bool
    let isShown: Bool
    let state: String
    /// Who said so, and when.
    let approval: String?
    let kept: String?
    let reason: String
    let history: [Entry]
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ sight: PhotoSight, _ wording: Wording, typed: [TypedBox] = [], isPreview: Bool = false, faults found: [Fault] = []) {
        let call = wording.call
        let (photo, form, shown) = (sight.photo, call.form, ShownFaults(found, call))
        let number = String(photo.position + 1)
        title = call.text("redact.title", ["number": number])
        matterHref = "/office/matters/\(sight.matter.id)"
        category = wording.category(sight.matter.category)
        path = RedactionRoutes.page(of: photo)
        // The edition is only there so that nobody looks at a picture their browser has kept.
        picture = "/photos/\(photo.id)?size=full&edition=\(photo.edition)"
        description = call.text("matters.words.photo", ["position": number])
        (pixelWidth, pixelHeight) = (photo.files.width, photo.files.height)
        request = call.freshRequest
        seen = photo.edition
        let all = typed.isEmpty ? [TypedBox(row: 0, left: "", top: "", width: "", height: "")] : typed
        rows = all.prefix(RedactionRules.boxLimit).map { box in
            let wrong = found.filter { $0.pointer.hasPrefix("/boxes/\(box.row)/") }.map { call.text($0) }
            return Row(
                index: box.row, name: call.text("redact.box", ["number": String(box.row + 1)]), left: box.left, top: box.top,
                width: box.width, height: box.height, wrong: wrong.isEmpty ? nil : wrong.joined(separator: " "))
        }
        rowName = call.text("redact.box", ["number": "#"])
        limit = RedactionRules.boxLimit
        boxes = typed.map(\.said).compactMap { Box($0) }
        self.isPreview = isPreview
        destroys = form["original"] == "destroy"
        fit = form["fit"] == "yes"
        keptWords = call.text("redact.keep-hint", ["days": String(RedactionRules.keptDays)])
        isRestricted = sight.matter.isRestricted
        isShown = photo.shownAt != nil
        let key = sight.matter.isRestricted ? "redact.state.restricted" : isShown ? "redact.badge" : "redact.state.hidden"
        state = call.text(key)
        let approver = sight.acts.last { $0.kind == .cleared }?.actor?.name ?? ""
        approval = photo.shownAt.map { call.text("redact.approved", ["who": approver, "when": $0.stamp()]) }
        kept = sight.keptUntil.map { call.text("redact.kept-until", ["day": $0.description]) }
        reason = form["reason"] ?? ""
        history = sight.acts.reversed().map { act in
            Entry(
                when: wording.short(act.at), iso: act.at.rfc3339, title: Self.title(act, call),
                who: act.actor.map { "\($0.name) · \(call.posts($0.post))" } ?? call.text("redact.by.retention"))
        }
        faults = shown.lines
        fault = shown.byField
    }

    /// Who did it stands beside; what was to be seen there stands nowhere.
    static func title(_ act: PhotoAct, _ call: Call) -> String {
        let kept = act.kind == .redacted ? (act.keepsOriginal ? "-kept" : "-gone") : ""
        return call.text("redact.event.\(act.kind.rawValue)\(kept)", ["count": String(act.boxes)])
    }
}

extension RedactPage.Box {
    /// Nil for one that lies nowhere in the picture.
    init?(_ said: SaidBox) {
        guard let left = said.left, let top = said.top, let width = said.width, let height = said.height else { return nil }
        self.init(x: left, y: top, wide: min(width, 1000 - left), high: min(height, 1000 - top))
    }
}
