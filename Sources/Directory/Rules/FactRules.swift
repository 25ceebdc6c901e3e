package import Kernel

/// What reported figures and natural villages must be like. Pure.
package enum FactRules {
    /// Everything that speaks against a reported figure.
    package static func faults(in figure: ReportedFigure, today: Day) -> [Fault] {
        var validation = Validation()
        _ = validation.text(figure.reportedText, at: "/words", limit: 40)
        _ = validation.text(figure.source, at: "/source", limit: 80)
        validation.check(figure.value.map { (0...100_000_000).contains($0) } ?? true, at: "/value", "not-a-count")
        validation.check(figure.asOf <= today, at: "/asOf", "in-the-future")
        return validation.faults
    }

    /// What speaks against the natural villages of a village as they are to be, pointing at `/name-N` for the N-th.
    package static func faults(in villages: [NaturalVillage]) -> [Fault] {
        var validation = Validation()
        for (index, natural) in villages.enumerated() {
            _ = validation.text(natural.nameZh, at: "/name-\(index)", limit: 40)
            _ = validation.text(natural.nameEn, at: "/english-\(index)", limit: 80, required: false)
            let isTaken = villages[..<index].contains { $0.nameZh == natural.nameZh }
            validation.check(!isTaken, at: "/name-\(index)", "taken")
        }
        return validation.faults
    }
}
