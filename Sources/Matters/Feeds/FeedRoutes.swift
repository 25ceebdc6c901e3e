import Directory
import Kernel
import Web

/// The town's public matters as feeds: Atom and RSS for people who follow along, GeoJSON for maps; of the whole town and of each village.
struct FeedRoutes: Sendable {
    let desk: MatterDesk

    /// How many entries a feed holds, and how many points a map.
    static let entries = 50
    static let points = 1000

    enum Form: String, CaseIterable {
        case atom, rss, geojson

        var type: String { self == .geojson ? "application/geo+json" : "application/\(rawValue)+xml" }
    }

    var routes: [Route] {
        Form.allCases.flatMap { form in
            [
                route(form, "/feeds/matters.\(form.rawValue)", "feedOf", "of the town"),
                route(form, "/feeds/villages/{grid}/matters.\(form.rawValue)", "villageFeedOf", "of a village"),
            ]
        }
    }

    private func route(_ form: Form, _ path: String, _ id: String, _ whose: String) -> Route {
        let operation = Operation(
            id: "\(id)\(form.rawValue.prefix(1).uppercased())\(form.rawValue.dropFirst())",
            summary: "Public matters \(whose) of the last 90 days, the newest first, as \(form.type).", tag: "feeds",
            answer: form == .geojson ? GeoJSONFeed.schema : .string(), manner: Manner(answers: form.type))
        return Route(.get, path, .anyone, kind: .api(operation), perMinute: 120) { call in try await answer(form, call) }
    }

    private func answer(_ form: Form, _ call: Call) async throws -> Answer {
        let village = try call.parameters["grid"].map { _ in try call.id("grid", of: GridNode.self) }
        var filter = PublicMatterFilter(limit: form == .geojson ? Self.points : Self.entries)
        filter.from = call.now - .days(90)
        filter.village = village
        let found = try await ReadPublicMatters(desk)(filter, town: call.town)
        let wording = Wording(call: call, tree: found.tree, taxonomy: found.taxonomy)
        guard village.map({ found.tree.grid($0)?.level == .one }) ?? true else { throw NotFound() }
        switch form {
        case .geojson: return try .json(GeoJSONFeed.document(found.matters, wording), type: form.type)
        case .atom, .rss:
            let name = village.map(wording.grid) ?? call.visit.town.name(in: call.language)
            let feed = Feed(matters: found.matters, title: call.text("matters.feed.title", ["place": name]), wording: wording)
            return Answer(
                headers: [("Content-Type", "\(form.type); charset=utf-8")], body: (form == .atom ? feed.atom : feed.rss).document)
        }
    }
}
