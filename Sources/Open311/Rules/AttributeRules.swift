package import Kernel

/// Whether what was answered fits what a service asks.
package enum AttributeRules {
    /// The answers in words, a line each, in the order of the questions.
    /// - Parameter given: the values sent under an attribute's code: `attribute[code]`, or several times `attribute[code][]`.
    /// - Throws: ``Invalid`` with `required`, `not-a-choice`, `not-a-number`, `open311-date`, `open311-long` or `open311-one` for each that does not fit.
    package static func lines(
        _ attributes: [ServiceAttribute], given: (String) -> [String]
    ) throws(Invalid) -> [String] {
        var validation = Validation()
        var lines: [String] = []
        for attribute in attributes {
            let values = given(attribute.code).map(\.trimmed).filter { !$0.isEmpty }
            let pointer = "/attribute[\(attribute.code)]"
            validation.check(!attribute.isRequired || !values.isEmpty, at: pointer, "required")
            validation.check(values.count <= 1 || attribute.type == .multivaluelist, at: pointer, "open311-one")
            for value in values {
                if let fault = fault(of: value, for: attribute) { validation.check(false, at: pointer, fault) }
            }
            let said = values.map { value in attribute.values.first { $0.key == value }?.name ?? value }
            if !said.isEmpty { lines.append("\(attribute.description) \(said.joined(separator: ", "))") }
        }
        try validation.finish()
        return lines
    }

    private static func fault(of value: String, for attribute: ServiceAttribute) -> String? {
        switch attribute.type {
        case .string, .text: value.count <= 500 ? nil : "open311-long"
        case .number: Double(value).map(\.isFinite) ?? false ? nil : "not-a-number"
        case .datetime: Instant(rfc3339: value) == nil && Day(value) == nil ? "open311-date" : nil
        case .singlevaluelist, .multivaluelist: attribute.values.contains { $0.key == value } ? nil : "not-a-choice"
        }
    }
}
