package import Kernel

/// What makes a grid legal (domain.md §2.1, F02, F25, F26). The pools of serial numbers are our own convention. Pure.
package enum GridRules {
    /// The kinds a level may have.
    package static func kinds(on level: GridLevel) -> [GridKind] {
        switch level {
        case .one: [.village, .community]
        case .two, .three: [.residential, .estate, .building, .enterprise, .exclusive]
        }
    }

    /// The last three digits a grid below level 1 may have: 001–199 on level 2, 501–899 on level 3, 901–999 for exclusive ones.
    package static func serials(for level: GridLevel, _ kind: GridKind) -> ClosedRange<Int>? {
        switch (level, kind) {
        case (.one, _): nil
        case (_, .exclusive): 901...999
        case (.two, _): 1...199
        case (.three, _): 501...899
        }
    }

    /// The smallest code that is free in the village; nil on level 1 and when all are taken.
    /// - Parameter taken: every code the village ever used, so that no old record is mistaken for a new one.
    package static func nextCode(for level: GridLevel, _ kind: GridKind, village: String, taken: Set<String>) -> String? {
        guard let serials = serials(for: level, kind) else { return nil }
        return serials.lazy.map { village + padded($0) }.first { !taken.contains($0) }
    }

    /// Everything that speaks against a new grid.
    /// - Parameters:
    ///   - parent: the grid it would lie in; nil on level 1.
    ///   - village: the 12-digit code of the village, or on level 1 the town's 9-digit code.
    ///   - others: every grid that ever stood in the same village, or on level 1 every village.
    package static func faults(in grid: Grid, below parent: Grid?, village: String, beside others: [Grid]) -> [Fault] {
        var validation = Validation()
        validation.check(kinds(on: grid.level).contains(grid.kind), at: "/kind", "grid-kind")
        validation.check(parent?.level.below == grid.level || (parent == nil && grid.level == .one), at: "/level", "grid-level")
        validation.check(Self.fits(grid, village), at: "/code", grid.level == .one ? "village-code" : "grid-code")
        let sameCode = others.filter { $0.id != grid.id && $0.codeSystem == grid.codeSystem && $0.code == grid.code }
        let clashes = sameCode.contains { $0.term.overlaps(grid.term) || $0.validFrom == grid.validFrom }
        validation.check(!clashes, at: "/code", "code-taken")
        validation.check(!grid.term.isReversed, at: "/to", "dates-reversed")
        validation.check(parent?.isValid(on: grid.validFrom) ?? true, at: "/from", "grid-not-standing")
        return validation.faults + Self.faults(describing: grid, beside: others)
    }

    /// What speaks against the names and words of a grid, new or changed.
    package static func faults(describing grid: Grid, beside others: [Grid]) -> [Fault] {
        var validation = Validation()
        validation.check(kinds(on: grid.level).contains(grid.kind), at: "/kind", "grid-kind")
        _ = validation.text(grid.nameZh, at: "/nameZh", limit: 40)
        _ = validation.text(grid.nameEn, at: "/nameEn", limit: 80, required: false)
        _ = validation.text(grid.responsibleUnit, at: "/responsibleUnit", limit: 80, required: grid.kind == .exclusive)
        _ = validation.text(grid.boundaryWords, at: "/boundaryWords", limit: 500, required: false)
        for (phone, pointer) in [(grid.dutyPhone, "/dutyPhone"), (grid.supervisionPhone, "/supervisionPhone")] {
            validation.check(phone.map(Phone.isDialable) ?? true, at: pointer, "not-a-phone")
        }
        let twins = others.filter {
            $0.id != grid.id && $0.parent == grid.parent && $0.nameZh == grid.nameZh && $0.term.overlaps(grid.term)
        }
        validation.check(twins.isEmpty, at: "/nameZh", "taken")
        return validation.faults.uniqued()
    }

    /// What speaks against closing `grid` on `day`, its last one. What lies below it closes with it.
    package static func faults(closing grid: Grid, on day: Day) -> [Fault] {
        var validation = Validation()
        validation.check(day >= grid.validFrom, at: "/to", "dates-reversed")
        validation.check(grid.validTo == nil, at: "/to", "ended-already")
        return validation.faults
    }

    private static func fits(_ grid: Grid, _ village: String) -> Bool {
        guard grid.code.utf8.allSatisfy({ (48...57).contains($0) }), grid.code.hasPrefix(village) else { return false }
        let serial = grid.code.dropFirst(village.count)
        guard serial.count == 3, let number = Int(serial) else { return false }
        return serials(for: grid.level, grid.kind)?.contains(number) ?? (village.count == 9)
    }

    private static func padded(_ serial: Int) -> String {
        let digits = String(serial)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}

extension Grid {
    package var term: Term { Term(from: validFrom, to: validTo) }
}

extension [Fault] {
    /// In order, each once.
    func uniqued() -> [Fault] {
        var seen: Set<Fault> = []
        return filter { seen.insert($0).inserted }
    }
}
