package import Kernel

/// An option of a select, a radio button or a check box.
package struct ChoicePart: Sendable {
    package let value: String
    package let label: String
    package let chosen: Bool

    package init(value: String, label: String, chosen: Bool) {
        self.value = value
        self.label = label
        self.chosen = chosen
    }
}

/// A link with its name.
package struct LinkPart: Sendable {
    package let href: String
    package let name: String

    package init(href: String, name: String) {
        self.href = href
        self.name = name
    }
}

/// A figure with what it counts.
package struct FigurePart: Sendable {
    package let label: String
    package let value: String

    package init(label: String, value: String) {
        self.label = label
        self.value = value
    }
}

/// What every form does with the fields it was sent.
extension Call {
    /// A number with its thousands apart and a true minus sign: 1,014, −5.
    package func count(_ number: some BinaryInteger) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "−" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// What a form sent, or what it begins with.
    package func sent(_ field: String, else start: String? = nil) -> String { form[field] ?? start ?? "" }

    /// What a form sent under `field`, nil when it is blank.
    package func filled(_ field: String) -> String? {
        let text = (form[field] ?? "").trimmed
        return text.isEmpty ? nil : text
    }

    /// The day a form sent; nil when it is blank or none.
    package func day(_ field: String, _ validation: inout Validation, required: Bool = false) -> Day? {
        guard let text = filled(field) else {
            validation.check(!required, at: "/\(field)", "required")
            return nil
        }
        let day = Day(text)
        validation.check(day != nil, at: "/\(field)", "not-a-date")
        return day
    }

    /// The day a form must have sent.
    /// - Throws: ``Invalid`` `required` or `not-a-date`.
    package func day(_ field: String) throws(Invalid) -> Day {
        var validation = Validation()
        let day = day(field, &validation, required: true)
        try validation.finish()
        guard let day else { throw Invalid("/\(field)", "required") }
        return day
    }

    /// One of the values of `Choice`, or a fault beside the field.
    package func choice<Choice: RawRepresentable>(_ field: String, _ type: Choice.Type = Choice.self) throws(Invalid) -> Choice
    where Choice.RawValue == String {
        guard let choice = Choice(rawValue: form[field] ?? "") else { throw Invalid("/\(field)", "not-a-choice") }
        return choice
    }

    /// The same among other faults.
    package func choice<Choice: RawRepresentable>(
        _ field: String, _ validation: inout Validation, _ type: Choice.Type = Choice.self
    ) -> Choice? where Choice.RawValue == String {
        let choice = Choice(rawValue: form[field] ?? "")
        validation.check(choice != nil, at: "/\(field)", "not-a-choice")
        return choice
    }

    /// An id that a form carries, so that sending it twice changes once.
    package var newRequest: String { site.ambient.newID(Route.self).description }

    /// The id the form came with, or a new one for a form that is shown for the first time.
    package var freshRequest: String { form["request"] ?? newRequest }
}
