package import Kernel

/// One of the figures of ``SecurityPolicy`` that an operator may set for a town, and within which bounds (domain.md §2.7).
package struct PolicyFigure: Sendable {
    package let name: String
    package let path: any WritableKeyPath<SecurityPolicy, Int> & Sendable
    package let bounds: ClosedRange<Int>

    package static let all: [PolicyFigure] = [
        PolicyFigure(name: "passwordLength", path: \.passwordLength, bounds: 8...64),
        PolicyFigure(name: "passwordClasses", path: \.passwordClasses, bounds: 1...4),
        PolicyFigure(name: "passwordDays", path: \.passwordDays, bounds: 1...365),
        PolicyFigure(name: "passwordHistory", path: \.passwordHistory, bounds: 0...24),
        PolicyFigure(name: "failuresBeforeLock", path: \.failuresBeforeLock, bounds: 3...20),
        PolicyFigure(name: "failureWindowMinutes", path: \.failureWindowMinutes, bounds: 1...1440),
        PolicyFigure(name: "lockMinutes", path: \.lockMinutes, bounds: 1...1440),
        PolicyFigure(name: "officeIdleMinutes", path: \.officeIdleMinutes, bounds: 5...60),
        PolicyFigure(name: "webIdleMinutes", path: \.webIdleMinutes, bounds: 5...480),
        PolicyFigure(name: "phoneIdleDays", path: \.phoneIdleDays, bounds: 1...30),
        PolicyFigure(name: "longestSessionDays", path: \.longestSessionDays, bounds: 1...90),
        PolicyFigure(name: "unusedDays", path: \.unusedDays, bounds: 30...365),
    ]

    /// What decides about the second factor; `yes` or `no`.
    package static let secondFactor = "secondFactorForOffice"
}

extension SecurityPolicy {
    /// Sets one figure, or whether office accounts need a second factor.
    /// - Throws: ``Invalid`` `unknown` for a name that is none, `out-of-range` for a value that is none.
    package mutating func set(_ name: String, to text: String) throws(Invalid) {
        if name == PolicyFigure.secondFactor {
            guard text == "yes" || text == "no" else { throw Invalid("/\(name)", "out-of-range") }
            secondFactorForOffice = text == "yes"
            return
        }
        guard let figure = PolicyFigure.all.first(where: { $0.name == name }) else { throw Invalid("/\(name)", "unknown") }
        guard let value = Int(text), figure.bounds.contains(value) else { throw Invalid("/\(name)", "out-of-range") }
        self[keyPath: figure.path] = value
    }
}
