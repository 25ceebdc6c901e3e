package import Kernel
import Storage

/// One of a town's ordered rules about who gets a new matter; the first that fits decides 分派规则.
package struct RoutingRule: Hashable, Sendable {
    /// When a rule holds, by the town's working hours and the statutory calendar.
    package enum Moment: String, Sendable, CaseIterable, SQLValue {
        case always
        case workingHours = "working-hours"
        case outsideHours = "outside-hours"
        /// 22:00 to 06:00.
        case night
        /// Weekends and holidays, make-up days left out.
        case restDays = "rest-days"
    }

    /// Who gets the matter. A level is whoever is in post there, or the next staffed level above.
    package enum Target: String, Sendable, CaseIterable, SQLValue {
        case levelThree = "level-3"
        case levelTwo = "level-2"
        case levelOne = "level-1"
        case town
        /// The matter starts as without a rule, and a unit outside the grids is asked at once.
        case unit
    }

    package let id: ID<RoutingRule>
    /// From 1; the lowest that fits decides.
    package var number: Int
    package var name: String
    /// A category's four digits, a group's two, or empty for all.
    package var category: String
    /// The place and everything below it; nil for the whole town.
    package var grid: ID<GridNode>?
    package var moment: Moment
    /// First and last day; nil for no end.
    package var from: Day?
    package var to: Day?
    package var target: Target
    package var unit: ID<JointUnit>?
    /// What the unit is asked.
    package var asked: String
    package var isOn: Bool
    package var version: Int

    package init(
        id: ID<RoutingRule>, number: Int, name: String, category: String = "", grid: ID<GridNode>? = nil,
        moment: Moment = .always,
        from: Day? = nil, to: Day? = nil, target: Target, unit: ID<JointUnit>? = nil, asked: String = "", isOn: Bool = true,
        version: Int = 1
    ) {
        (self.id, self.number, self.name, self.category, self.grid) = (id, number, name, category, grid)
        (self.moment, self.from, self.to, self.target, self.unit) = (moment, from, to, target, unit)
        (self.asked, self.isOn, self.version) = (asked, isOn, version)
    }
}

extension RoutingRule {
    /// As histories name it: `3 · 夜间燃气`.
    var title: String { "\(number) · \(name)" }
}

/// What a rule is tried on: a matter that is taken in.
package struct RoutingOccasion: Hashable, Sendable {
    package let category: String
    /// The ids from the village down to the place.
    package let path: [ID<GridNode>]
    package let at: Instant

    package init(category: String, path: [ID<GridNode>], at: Instant) {
        (self.category, self.path, self.at) = (category, path, at)
    }
}
