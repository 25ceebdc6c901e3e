import Directory
import Kernel
import Web

/// Takes in what was said in a chat group: one paste, several drafts, each confirmed by whoever pasted it (domain.md F16).
struct ChatRoutes: Sendable {
    static let path = "/office/matters/chat"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.createMatter)) { call in try await form(call, []) },
            Route(.post, Self.path, .holder(.createMatter), bodyLimit: 512 << 10, handle: read),
            Route(.post, Self.path + "/drafts", .holder(.createMatter), bodyLimit: 512 << 10, handle: take),
        ]
    }

    private func form(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (tree, scope) = (try await desk.wording(call).tree, try call.signedIn().scope(for: .createMatter))
        return call.page(ChatPage(call, places: tree.tops(of: scope), faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    /// Nothing is kept: the drafts live in the page until they are confirmed.
    private func read(_ call: Call) async throws -> Answer {
        let wording = try await desk.wording(call)
        let text = call.form["text"] ?? ""
        var validation = Validation()
        let lines = text.split(whereSeparator: \.isNewline).count
        validation.check(lines > 0, at: "/text", "required")
        validation.check(
            lines <= ChatRules.lineLimit, at: "/text", "too-many-lines",
            ["lines": call.count(lines), "limit": call.count(ChatRules.lineLimit)])
        let messages = lines <= ChatRules.lineLimit ? ChatRules.messages(in: text) : []
        validation.check(
            messages.count <= ChatRules.messageLimit, at: "/text", "too-many-messages",
            ["count": call.count(messages.count), "limit": call.count(ChatRules.messageLimit)])
        validation.check(lines == 0 || lines > ChatRules.lineLimit || !messages.isEmpty, at: "/text", "no-messages")
        let place = try place(call, wording.tree)
        validation.check(place != nil, at: "/place", "required")
        guard validation.faults.isEmpty, let place else { return try await form(call, validation.faults) }
        let village = wording.tree.village(of: place.id)?.id
        let drafts = ChatDraft.drafts(
            of: messages, in: place.id, grids: [place] + wording.tree.descendants(of: place.id),
            categories: wording.taxonomy.offered(in: village))
        let entries = drafts.map {
            ChatEntry(draft: $0, request: call.newRequest, grid: wording.tree.grid($0.grid)?.code ?? "")
        }
        return call.page(
            ChatDraftsPage(wording, place: place, drafts: entries, near: try await near(entries, call), taken: 0))
    }

    private func take(_ call: Call) async throws -> Answer {
        let wording = try await desk.wording(call)
        guard let place = try place(call, wording.tree) else { throw NotFound() }
        let count = min(max(0, Int(call.form["count"] ?? "") ?? 0), ChatRules.messageLimit)
        let entries = (0..<count).map { ChatEntry(call.form, $0) }
        let sender = ReportSender(town: call.town, principal: try call.signedIn(), address: call.address)
        var (left, taken) = ([ChatEntry](), 0)
        for var entry in entries where entry.isPicked {
            do {
                guard let report = entry.report else { throw Invalid("/words", "required") }
                if let same = entry.join {
                    _ = try await JoinMatter(desk)(same, report, from: sender, onBehalf: true)
                } else {
                    _ = try await ReportMatter(desk)(report, from: sender, onBehalf: true)
                }
                taken += 1
            } catch let invalid as Invalid {
                entry.faults = invalid.faults
                left.append(entry)
            } catch let conflict as Conflict where conflict.reason == "closed" {
                entry.faults = [Fault("/join", "join-closed")]
                left.append(entry)
            }
        }
        if left.isEmpty {
            guard taken > 0 else { return try await form(call, [Fault("/text", "nothing-picked")]) }
            return call.done("/office/matters", flash: "matters.flash.chat")
        }
        let page = ChatDraftsPage(wording, place: place, drafts: left, near: try await near(left, call), taken: taken)
        return call.page(page, status: 422)
    }

    /// Of each draft, what is open nearby and may be the same.
    private func near(_ entries: [ChatEntry], _ call: Call) async throws -> [[NearMatter]] {
        var near: [[NearMatter]] = []
        for entry in entries {
            var place = MatterReport.Place()
            place.name(entry.grid)
            near.append(
                try await FindNear(desk)(entry.category, place, for: try call.signedIn(), in: call.town).filter(\.mayJoin))
        }
        return near
    }

    /// Where the group is; nil when none was chosen.
    private func place(_ call: Call, _ tree: GridTree) throws -> Grid? {
        let places = tree.tops(of: try call.signedIn().scope(for: .createMatter))
        return places.count == 1 ? places[0] : places.first { $0.code == call.form["place"] }
    }
}

extension GridTree {
    /// The highest grids that a scope reaches.
    fileprivate func tops(of scope: Scope) -> [Grid] {
        switch scope {
        case .town: roots
        case .grids(let ids): all.filter { ids.contains($0.id) }
        }
    }
}
