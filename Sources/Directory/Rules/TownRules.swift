package import Kernel

/// What a town's own record must be like. Pure.
package enum TownRules {
    /// The registers a division code may be from; they give 安海 and 陈埭 each other's numbers (domain.md §2.3).
    package static let codeSystems = ["nbs", "mca"]

    /// Everything that speaks against the record of a town, new or changed.
    /// - Parameter others: the other towns of the installation.
    package static func faults(in town: TownRecord, beside others: [TownRecord]) -> [Fault] {
        var validation = Validation()
        validation.check(codeSystems.contains(town.codeSystem), at: "/codeSystem", "not-a-choice")
        let isNineDigits = town.code.utf8.count == 9 && town.code.utf8.allSatisfy { (48...57).contains($0) }
        validation.check(isNineDigits, at: "/code", "town-code")
        let twins = others.filter { $0.id != town.id && $0.codeSystem == town.codeSystem && $0.code == town.code }
        validation.check(twins.isEmpty, at: "/code", "taken")
        let hosts = Set(others.filter { $0.id != town.id }.flatMap(\.hostnames))
        validation.check(town.hostnames.allSatisfy(isHostname), at: "/hostnames", "not-a-hostname")
        validation.check(hosts.isDisjoint(with: town.hostnames), at: "/hostnames", "taken")
        return validation.faults + faults(describing: town)
    }

    /// What speaks against the words and the telephone of a town.
    package static func faults(describing town: TownRecord) -> [Fault] {
        var validation = Validation()
        _ = validation.text(town.nameZh, at: "/nameZh", limit: 40)
        _ = validation.text(town.nameEn, at: "/nameEn", limit: 80)
        _ = validation.text(town.hostUnit, at: "/hostUnit", limit: 80)
        _ = validation.text(town.filing, at: "/filing", limit: 80, required: false)
        validation.check(town.dutyPhone.map(Phone.isDialable) ?? true, at: "/dutyPhone", "not-a-phone")
        return validation.faults
    }

    /// Labels of letters, digits and hyphens between dots (RFC 1123 §2.1), in lower case, at most 253 characters.
    static func isHostname(_ name: String) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return name.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            }
    }
}
