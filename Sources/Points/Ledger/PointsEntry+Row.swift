import Kernel
import Storage

extension PointsEntry {
    init(row: Row) throws {
        let set: ID<RuleSet>? = try row.get("rule_set_id")
        let code: String? = try row.get("rule_code")
        let domain: PointDomain? = try row.get("domain")
        let rule = set.flatMap { set in
            code.flatMap { code in domain.map { RuleReference(set: set, code: code, domain: $0) } }
        }
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), household: try row.get("household_id"),
            person: try row.get("person_id"), source: try row.get("source"), destination: try row.get("destination"),
            points: try row.get("points"), asked: try row.get("asked"), rule: rule, cause: try row.get("cause"),
            causeID: try row.get("cause_id"), reverses: try row.get("reverses_id"), note: try row.get("note"),
            day: try row.get("day"), at: try row.get("at"), account: try row.get("account_id"), post: try row.get("post"),
            expires: try row.get("expires"))
    }
}
