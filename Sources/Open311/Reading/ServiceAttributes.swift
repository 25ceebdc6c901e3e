package import Matters

/// A question that a service asks with a report.
package struct ServiceAttribute: Sendable {
    package enum DataType: String, Sendable, CaseIterable {
        case string, number, datetime, text, singlevaluelist, multivaluelist
    }

    package struct Choice: Sendable {
        package let key: String
        package let name: String

        package init(key: String, name: String) {
            self.key = key
            self.name = name
        }
    }

    /// `[\w-]+`.
    package let code: String
    package let type: DataType
    package let isRequired: Bool
    /// The question in words.
    package let description: String
    /// What can be chosen, for the two kinds of lists.
    package let values: [Choice]

    package init(code: String, type: DataType, isRequired: Bool, description: String, values: [Choice] = []) {
        self.code = code
        self.type = type
        self.isRequired = isRequired
        self.description = description
        self.values = values
    }
}

/// Where the attributes of services come from: the one place that says how a category's questions are asked by this protocol.
package struct ServiceAttributes: Sendable {
    package let of: @Sendable (Matters.Category) -> [ServiceAttribute]

    package init(of: @escaping @Sendable (Matters.Category) -> [ServiceAttribute]) { self.of = of }

    /// No category asks anything.
    package static let none = ServiceAttributes { _ in [] }
}
