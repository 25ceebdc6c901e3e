import Kernel
import Storage

extension Quote {
    init(row: Row) throws {
        self.init(
            rating: try row.get("rating_id"), matter: try row.get("matter_id"), village: try row.get("village_id"),
            state: try row.get("state"), name: try row.get("name"), at: try row.get("at"))
    }
}

extension QuoteLine {
    init(row: Row) throws {
        self.init(
            quote: try Quote(row: row), words: try row.get("words"), stars: try row.get("stars"),
            category: try row.get("category"), grid: try row.get("grid_id"), number: try row.get("number"))
    }
}

extension QuoteChange {
    init(row: Row) throws {
        let account: ID<AccountNode>? = try row.get("account_id")
        let (name, post) = (try row.get("actor_name", as: String?.self), try row.get("actor_post", as: String?.self))
        self.init(
            id: try row.get("id"), rating: try row.get("rating_id"), state: try row.get("state"), at: try row.get("at"),
            actor: account.map { .init(account: $0, name: name ?? "", post: post ?? "") }, reason: try row.get("reason"))
    }
}
