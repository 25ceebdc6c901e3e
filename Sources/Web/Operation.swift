/// How `/api/openapi.json` describes one route of the API. The document is made from the same list that serves the requests.
package struct Operation: Sendable {
    package let id: String
    package let summary: String
    package let tag: String
    package let query: [Parameter]
    package let body: Schema?
    package let answer: Schema?
    package let created: Bool
    /// Whether the call takes an `Idempotency-Key`.
    package let idempotent: Bool
    /// Whether something that a parameter names may not be there, besides what the path names.
    package let mayMiss: Bool
    package let manner: Manner

    package struct Parameter: Sendable {
        package let name: String
        package let summary: String
        package let schema: Schema
        package init(_ name: String, _ summary: String, _ schema: Schema) {
            self.name = name
            self.summary = summary
            self.schema = schema
        }
    }

    package init(
        id: String, summary: String, tag: String, query: [Parameter] = [], body: Schema? = nil, answer: Schema? = nil,
        created: Bool = false, idempotent: Bool = false, mayMiss: Bool = false, manner: Manner = .json
    ) {
        self.id = id
        self.summary = summary
        self.tag = tag
        self.query = query
        self.body = body
        self.answer = answer
        self.created = created
        self.idempotent = idempotent
        self.mayMiss = mayMiss
        self.manner = manner
    }
}

/// A JSON schema, as far as our API needs it.
package indirect enum Schema: Sendable {
    case string(maxLength: Int? = nil, pattern: String? = nil, format: String? = nil)
    case choice([String])
    case integer(minimum: Int? = nil, maximum: Int? = nil)
    case number(minimum: Double? = nil, maximum: Double? = nil)
    case boolean
    case array(Schema, maxItems: Int? = nil)
    case object([Property])
    case nullable(Schema)

    package struct Property: Sendable {
        let name: String
        let schema: Schema
        let required: Bool
        let summary: String
        package init(_ name: String, _ schema: Schema, required: Bool = true, _ summary: String = "") {
            self.name = name
            self.schema = schema
            self.required = required
            self.summary = summary
        }
    }

    package static let uuid = Schema.string(format: "uuid")

    /// The schema in OpenAPI 3.1's JSON.
    package var json: JSON {
        switch self {
        case .string(let maxLength, let pattern, let format):
            var members: [String: JSON] = ["type": "string"]
            if let maxLength { members["maxLength"] = .number(Double(maxLength)) }
            if let pattern { members["pattern"] = .text(pattern) }
            if let format { members["format"] = .text(format) }
            return .object(members)
        case .choice(let values): return ["type": "string", "enum": .array(values.map(JSON.text))]
        case .integer(let minimum, let maximum):
            return Self.ranged("integer", minimum.map(Double.init), maximum.map(Double.init))
        case .number(let minimum, let maximum): return Self.ranged("number", minimum, maximum)
        case .boolean: return ["type": "boolean"]
        case .array(let element, let maxItems):
            var members: [String: JSON] = ["type": "array", "items": element.json]
            if let maxItems { members["maxItems"] = .number(Double(maxItems)) }
            return .object(members)
        case .object(let properties):
            let members = properties.map { property -> (String, JSON) in
                guard case .object(var schema) = property.schema.json, !property.summary.isEmpty else {
                    return (property.name, property.schema.json)
                }
                schema["description"] = .text(property.summary)
                return (property.name, .object(schema))
            }
            return [
                "type": "object", "properties": .object(Dictionary(members) { first, _ in first }),
                "required": .array(properties.filter(\.required).map { .text($0.name) }),
            ]
        case .nullable(let schema): return ["anyOf": .array([schema.json, ["type": "null"]])]
        }
    }

    private static func ranged(_ type: String, _ minimum: Double?, _ maximum: Double?) -> JSON {
        var members: [String: JSON] = ["type": .text(type)]
        if let minimum { members["minimum"] = .number(minimum) }
        if let maximum { members["maximum"] = .number(maximum) }
        return .object(members)
    }
}
