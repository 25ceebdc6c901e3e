import Identity
import Kernel
import Testing

@Suite struct PolicyFigureTests {
    @Test func `every figure takes its bounds and nothing beyond them`() throws {
        for figure in PolicyFigure.all {
            var policy = SecurityPolicy()
            #expect(figure.bounds.contains(policy[keyPath: figure.path]), "\(figure.name) is within its own bounds as it ships")
            for value in [figure.bounds.lowerBound, figure.bounds.upperBound] {
                try policy.set(figure.name, to: String(value))
                #expect(policy[keyPath: figure.path] == value)
            }
            for value in [String(figure.bounds.lowerBound - 1), String(figure.bounds.upperBound + 1), "", "many", "9.5"] {
                #expect(throws: Invalid("/\(figure.name)", "out-of-range")) { try policy.set(figure.name, to: value) }
            }
            #expect(policy[keyPath: figure.path] == figure.bounds.upperBound, "a refused value changes nothing")
        }
        #expect(Set(PolicyFigure.all.map(\.name)).count == PolicyFigure.all.count)
    }

    @Test func `the second factor is asked for or not, and other names are none`() throws {
        var policy = SecurityPolicy()
        #expect(policy.secondFactorForOffice)
        try policy.set(PolicyFigure.secondFactor, to: "no")
        #expect(!policy.secondFactorForOffice)
        #expect(throws: Invalid("/secondFactorForOffice", "out-of-range")) { try policy.set(PolicyFigure.secondFactor, to: "1") }
        #expect(throws: Invalid("/password-length", "unknown")) { try policy.set("password-length", to: "12") }
    }
}
