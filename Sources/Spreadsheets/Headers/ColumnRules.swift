/// Which column is which field, by its name. Pure.
package enum ColumnRules {
    /// How well a column's name fits a field: 0 for not at all, up to 1000 for word by word; the field's first names count most.
    package static func fit(_ column: String, _ field: some NamedColumn) -> Int {
        let name = PlainCharacters.name(column)
        guard !name.isEmpty else { return 0 }
        if name == field.name.lowercased() { return 1000 }
        return field.aliases.enumerated().map { place, alias in
            let alias = PlainCharacters.name(alias)
            if alias == name { return 1000 - place }
            // 本人手机号码 has 手机号码 in it. One character is too little to go by.
            guard alias.count >= 2, name.contains(alias) else { return 0 }
            return 100 + alias.count * 20 - min(name.count - alias.count, 10)
        }.max() ?? 0
    }

    /// The best field for each column; no field twice, the best fit first, then from the left.
    package static func match(_ columns: [String], _ fields: [some NamedColumn]) -> [String: String] {
        var candidates: [(fit: Int, column: Int, field: Int)] = []
        for (column, name) in columns.enumerated() {
            for (index, field) in fields.enumerated() {
                let fit = fit(name, field)
                if fit > 0 { candidates.append((fit, column, index)) }
            }
        }
        candidates.sort { ($1.fit, $0.column, $0.field) < ($0.fit, $1.column, $1.field) }
        var (mapping, taken) = ([String: String](), Set<Int>())
        for candidate in candidates where mapping[columns[candidate.column]] == nil && !taken.contains(candidate.field) {
            mapping[columns[candidate.column]] = fields[candidate.field].name
            taken.insert(candidate.field)
        }
        return mapping
    }

    /// What makes two headers the same: their names, whatever the order.
    package static func signature(_ columns: [String]) -> String {
        Set(columns.map(PlainCharacters.name)).subtracting([""]).sorted().joined(separator: "|")
    }
}
