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

/// The payload of a message about a matter, read back.
private struct MatterNews: Decodable {
    let category: String
    let grid: ID<GridNode>
    let id: ID<Matter>
    let number: String
    let stage: String

    let payload: String

    private enum CodingKeys: String, CodingKey { case category, grid, id, number, stage }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        category = try container.decode(String.self, forKey: .category)
        grid = try container.decode(ID<GridNode>.self, forKey: .grid)
        id = try container.decode(ID<Matter>.self, forKey: .id)
        number = try container.decode(String.self, forKey: .number)
        stage = try container.decode(String.self, forKey: .stage)
        payload = ""
    }

    /// Nil for a message of another room.
    init?(_ payload: String) {
        guard let read = try? JSONDecoder().decode(MatterNews.self, from: Data(payload.utf8)) else { return nil }
        (category, grid, id, number, stage) = (read.category, read.grid, read.id, read.number, read.stage)
        self.payload = payload
    }

    func recipients(_ topic: String, _ subscriber: Subscriber, _ desk: MatterDesk, _ tx: any Transaction) throws -> [String] {
        if let root = subscriber.grid, !(try desk.tree(tx, subscriber.town).path(grid).contains { $0.id == root }) { return [] }
        switch subscriber.kind {
        case .webhook: return [""]
        case .wecom:
            // A group may have others in it than those who handle restricted matters.
            let isRestricted = try desk.taxonomy(tx, subscriber.town)[category]?.isRestricted ?? true
            let isNews = !subscriber.topics.isEmpty || topic == "matter.reported"
            return isNews && !isRestricted ? [""] : []
        case .sms:
            guard !subscriber.topics.isEmpty || isAnswered(topic) else { return [] }
            return try ReporterStore(tx, town: subscriber.town, vault: desk.vault).wishing(id).map(\.description)
        }
    }

    /// Handled in the office or, when somebody went to look, on the spot.
    private func isAnswered(_ topic: String) -> Bool {
        topic == "matter.handled" || (topic == "matter.checked" && stage == MatterStage.handled.rawValue)
    }

    func document(_ dispatch: Dispatch) -> String {
        // Topics and times need no escaping, and the payload is JSON already.
        "{\"type\":\"\(dispatch.topic)\",\"timestamp\":\"\(dispatch.at.rfc3339)\",\"data\":\(payload)}"
    }

    func markdown(_ topic: String, _ town: ID<Town>, _ desk: MatterDesk, _ tx: any Transaction) throws -> String {
        let taxonomy = try desk.taxonomy(tx, town)
        let place = try desk.tree(tx, town).fullName(of: grid, in: .zh)
        let key = "matters.news.\(topic)"
        return MattersRoom.words.text(
            MattersRoom.words.raw(key, in: .zh) == nil ? "matters.news.other" : key, in: .zh,
            [
                "place": WeComRobot.plain(place), "category": WeComRobot.plain(taxonomy[category]?.nameZh ?? category),
                "number": PublicNumber(number)?.description ?? number,
                "limit": Self.limit(taxonomy[category]?.respondWithin),
            ])
    }

    private static func limit(_ text: String?) -> String {
        guard let text, let unit = text.last, ["h", "d", "U"].contains(unit) else { return "—" }
        let key = "matters.limit.\(unit == "U" ? "hours" : unit == "h" ? "working-hours" : "days")"
        return MattersRoom.words.text(key, in: .zh, ["count": String(text.dropLast())])
    }

    /// Nil when the reporter is not there any more, has no telephone or cannot be read.
    func text(_ dispatch: Dispatch, _ town: ID<Town>, _ desk: MatterDesk, _ tx: any Transaction) throws -> Parcel.Content? {
        let known: [Reporter]
        do {
            known = try ReporterStore(tx, town: town, vault: desk.vault).reporters(of: id)
        } catch is Vault.Unreadable {
            return nil
        }
        let reporter = known.first { $0.id.description == dispatch.recipient }
        guard let phone = reporter?.phone else { return nil }
        let name = try TownStore(tx).find(town)?.nameZh ?? ""
        let words = MattersRoom.words.text(
            isAnswered(dispatch.topic) ? "matters.text.answered" : "matters.text.other", in: .zh,
            ["town": name, "number": PublicNumber(number)?.description ?? number])
        return .text(phone: phone.digits, words: words)
    }
}
