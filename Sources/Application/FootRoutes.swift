import Web

/// What the foot of every page leads to: who runs this and what it keeps, and the complaints entry that every such service must have
/// (国办函〔2026〕12号).
struct FootRoutes {
    static let routes = [
        Route(.get, "/about", .anyone) { call in call.page(AboutPage()) },
        // A complaint is a matter like any other: it gets a number, a clock and a follow-up.
        Route(.get, "/complaints", .anyone) { _ in .seeOther("/report?category=1001") },
    ]
}
