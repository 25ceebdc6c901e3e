package import Delivery
import Directory
import Foundation
import Identity
import Kernel
import Storage
import Web

extension MatterDesk {
    /// What this room's messages say outside, and to whom: programs get ids and codes, groups of staff what kind of matter lies where,
    /// reporters that there is an answer. Never the words reported, never a name.
    package var messageWords: MessageWords {
        let desk = self
        return MessageWords(
            recipients: { message, subscriber, tx in
                try MatterNews(message.payload)?.recipients(message.topic, subscriber, desk, tx) ?? []
            },
            content: { dispatch, subscriber, tx in
                guard let news = MatterNews(dispatch.payload) else { return nil }
                switch subscriber.kind {
                case .webhook: return .document(news.document(dispatch))
                case .wecom: return .markdown(try news.markdown(dispatch.topic, subscriber.town, desk, tx))
                case .sms: return try news.text(dispatch, subscriber.town, desk, tx)
                }
            })
    }
}

/// A message about a matter, read back.
private struct MatterNews {
    struct Facts: Decodable {
        let category: String
        let grid: ID<GridNode>
        let id: ID<Matter>
        let number: String
        let stage: String
        let version: Int?
    }
    let facts: Facts
    /// As it was written.
    let payload: String

    /// Nil for a message of another room.
    init?(_ payload: String) {
        guard let facts = try? JSONDecoder().decode(Facts.self, from: Data(payload.utf8)) else { return nil }
        self.facts = facts
        self.payload = payload
    }

    // MARK: To whom

    func recipients(_ topic: String, _ subscriber: Subscriber, _ desk: MatterDesk, _ tx: any Transaction) throws -> [String] {
        if let root = subscriber.grid, !(try desk.tree(tx, subscriber.town).path(facts.grid).contains { $0.id == root }) {
            return []
        }
        switch subscriber.kind {
        case .webhook: return try isHidden(desk, subscriber.town, tx) ? [] : [""]
        case .wecom:
            let isNews = !subscriber.topics.isEmpty || topic == "matter.reported"
            return try isNews && !isHidden(desk, subscriber.town, tx) ? [""] : []
        case .sms:
            guard !subscriber.topics.isEmpty || isAnswered(topic) else { return [] }
            let family = try MergeStore(tx, town: subscriber.town).family(of: facts.id)
            return try ReporterStore(tx, town: subscriber.town, vault: desk.vault).wishing(family).map(\.description)
        }
    }

    /// Restricted by now or when it was reported: of such a matter nobody is told but its reporter, who knows of it.
    private func isHidden(_ desk: MatterDesk, _ town: ID<Town>, _ tx: any Transaction) throws -> Bool {
        if try desk.taxonomy(tx, town)[facts.category]?.isRestricted ?? true { return true }
        return try MatterStore(tx, town: town).made(by: facts.id)?.matter.isRestricted ?? true
    }

    /// Handled in the office or, when somebody went to look, on the spot.
    private func isAnswered(_ topic: String) -> Bool {
        topic == "matter.handled" || (topic == "matter.checked" && facts.stage == MatterStage.handled.rawValue)
    }

    // MARK: What

    func document(_ dispatch: Dispatch) -> String {
        // Topics and times need no escaping, and the payload is JSON already.
        "{\"type\":\"\(dispatch.topic)\",\"timestamp\":\"\(dispatch.at.rfc3339)\",\"data\":\(payload)}"
    }

    func markdown(_ topic: String, _ town: ID<Town>, _ desk: MatterDesk, _ tx: any Transaction) throws -> String {
        let category = try desk.taxonomy(tx, town)[facts.category]
        let place = try desk.tree(tx, town).fullName(of: facts.grid, in: .zh)
        let key = "matters.news.\(topic)"
        return MattersRoom.words.text(
            MattersRoom.words.raw(key, in: .zh) == nil ? "matters.news.other" : key, in: .zh,
            [
                "place": WeComRobot.plain(place), "category": WeComRobot.plain(category?.nameZh ?? facts.category),
                "number": PublicNumber(facts.number)?.description ?? facts.number, "limit": Self.limit(category?.respondWithin),
            ])
    }

    private static func limit(_ text: String?) -> String {
        guard let (key, count) = Wording.limitKey(text) else { return "—" }
        return MattersRoom.words.text(key, in: .zh, ["count": count])
    }

    /// Nil when the reporter is not there any more, has no telephone or cannot be read.
    func text(_ dispatch: Dispatch, _ town: ID<Town>, _ desk: MatterDesk, _ tx: any Transaction) throws -> Parcel.Content? {
        let known: [Reporter]
        do {
            let family = try MergeStore(tx, town: town).family(of: facts.id)
            known = try ReporterStore(tx, town: town, vault: desk.vault).reporters(of: family)
        } catch is Vault.Unreadable {
            return nil
        }
        let reporter = known.first { $0.id.description == dispatch.recipient }
        guard let reporter, let phone = reporter.phone else { return nil }
        let number = try JoiningStore(tx, town: town).number(of: reporter.id)
        let name = try TownStore(tx).find(town)?.nameZh ?? ""
        var values = ["town": name, "number": number?.description ?? facts.number]
        var key = isAnswered(dispatch.topic) ? "matters.text.answered" : "matters.text.other"
        // What is restricted is not rated by number.
        let isOpen = try MatterStore(tx, town: town).made(by: facts.id).map { !$0.matter.isRestricted } ?? false
        if isAnswered(dispatch.topic), isOpen, let round = facts.version {
            key = "matters.text.rate"
            values["code"] = RatingCode(vault: desk.vault).digits(facts.id, round: round, reporter.id)
        }
        let words = MattersRoom.words.text(key, in: .zh, values)
        return .text(phone: phone.digits, words: words)
    }
}
