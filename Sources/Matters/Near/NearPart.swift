import Directory
import Kernel
import Web

/// A matter nearby as a form shows it: what kind, how far, where it stands.
struct NearPart: Sendable {
    let id: String
    let category: String
    let distance: String
    let place: String
    let state: String
    let when: String
    let mayJoin: Bool
    /// For the staff only.
    let words: String?
    let href: String?
    /// For others than the staff only one that may be shown.
    let picture: String?
    let pictureWords: String
    /// The id with the version that is seen, for merging.
    let seen: String

    init(_ near: NearMatter, _ wording: Wording) {
        let call = wording.call
        id = near.id.description
        category = wording.category(near.category)
        switch near.distance {
        case .metres(let metres): distance = call.text("matters.near.metres", ["metres": String(NearRules.told(metres))])
        case .sameGrid: distance = call.text("matters.near.same-grid")
        }
        place = wording.grid(near.grid)
        state = call.text("matters.state.\(near.stage.rawValue)")
        when =
            near.closedAt.map { call.text("matters.near.closed-on", ["when": wording.day($0)]) }
            ?? call.text("matters.near.reported-on", ["when": wording.day(near.reportedAt)])
        mayJoin = near.mayJoin
        words = near.inside.map { String($0.words.prefix(120)) }
        href = near.inside.map { _ in "/office/matters/\(near.id)" }
        picture =
            near.inside?.picture.map { "/photos/\($0)?size=thumb" }
            ?? near.picture.map { MatterPhoto.publicPath($0, isSmall: true) }
        pictureWords = call.text("matters.near.picture")
        seen = "\(near.id).\(near.inside?.version ?? 0)"
    }
}

/// What is near, as a piece of the form that is being filled in.
struct NearListPage: Page {
    static let template = "matters-near"
    let near: [NearPart]
    /// Which ones were shown, so that sending asks no more.
    let looked: String

    init(_ near: [NearMatter], _ wording: Wording) {
        self.near = near.map { NearPart($0, wording) }
        looked = near.map(\.id.description).joined(separator: ",")
    }
}

/// The step between the form and its sending, for whoever was not shown what is near while they filled it in. 是不是同一件事
struct NearStepPage: Page {
    static let template = "matters-near-step"
    struct Hidden: Sendable {
        let name: String
        let value: String
    }
    let action: String
    let fields: [Hidden]
    let near: [NearPart]
    let looked: String

    /// - Parameter kept: photos that came with the form.
    init(_ near: [NearMatter], _ wording: Wording, action: String, request: ID<Matter>, kept: [String]) {
        let list = NearListPage(near, wording)
        self.near = list.near
        looked = list.looked
        self.action = action
        let own: Set<String> = ["csrf", "request", "join", "looked", KeptPhotos.field]
        fields =
            [Hidden(name: "request", value: request.description)]
            + wording.call.form.fields.filter { !own.contains($0.name) && !$0.value.isEmpty }.map {
                Hidden(name: $0.name, value: $0.value)
            } + kept.map { Hidden(name: KeptPhotos.field, value: $0) }
    }
}
