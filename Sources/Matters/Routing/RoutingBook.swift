package import Kernel
import Storage

/// A town's rules as reports go by them, kept in memory with its categories: those whose unit is not asked any more are left out.
package struct RoutingBook: Hashable, Sendable {
    package let rules: [RoutingRule]
    package let units: [ID<JointUnit>: JointUnit]

    package init(_ rules: [RoutingRule] = [], units: [JointUnit] = []) {
        let asked = units.filter { !$0.isRetired }
        self.units = Dictionary(asked.map { ($0.id, $0) }) { first, _ in first }
        let known = self.units
        self.rules = rules.filter { rule in rule.target != .unit || rule.unit.map { known[$0] != nil } ?? false }
    }

    static func read(_ tx: any Transaction, of town: ID<Town>) throws -> RoutingBook {
        let rules = try RoutingRuleStore(tx, town: town).all()
        return rules.isEmpty ? RoutingBook() : RoutingBook(rules, units: try UnitStore(tx, town: town).all())
    }
}
