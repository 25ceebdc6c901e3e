/// The API's description, made from the routes that serve it, so the two cannot drift apart.
package enum OpenAPI {
    package static func document(routes: [Route], version: String) -> JSON {
        var paths: [String: JSON] = [:]
        for route in routes {
            guard case .api(let operation) = route.kind else { continue }
            var methods: [String: JSON] = if case .object(let known) = paths[route.path] { known } else { [:] }
            methods[route.method.rawValue.lowercased()] = describe(operation, of: route)
            paths[route.path] = .object(methods)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Jinlin 近邻", "version": .text(version),
                "description":
                    "The grids of a town, its matters from report to follow-up. Errors are RFC 9457 problem documents.",
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths),
            "components": [
                "securitySchemes": [
                    "apiKey": ["type": "http", "scheme": "bearer", "description": "A key made by `jinlin apikey`."],
                    "session": ["type": "apiKey", "in": "cookie", "name": .text(Site.sessionCookie)],
                ],
                "schemas": ["Problem": problem],
            ],
        ]
    }

    private static let problem = Schema.object([
        .init("type", .string()), .init("title", .string()), .init("status", .integer()), .init("detail", .string()),
        .init("instance", .string()),
        .init(
            "errors", .array(.object([.init("pointer", .string()), .init("code", .string()), .init("detail", .string())])),
            required: false),
    ]).json

    private static func describe(_ operation: Operation, of route: Route) -> JSON {
        var parameters: [JSON] = route.parameters.map { name in
            ["name": .text(name), "in": "path", "required": true, "schema": ["type": "string"]]
        }
        parameters += operation.query.map { parameter in
            [
                "name": .text(parameter.name), "in": "query", "required": false, "description": .text(parameter.summary),
                "schema": parameter.schema.json,
            ]
        }
        if operation.idempotent {
            parameters.append([
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": "Any text; a retry with the same one writes once.", "schema": ["type": "string"],
            ])
        }
        var described: [String: JSON] = [
            "operationId": .text(operation.id), "summary": .text(operation.summary), "tags": [.text(operation.tag)],
            "parameters": .array(parameters), "responses": responses(operation, of: route),
            "security": route.access == .anyone ? [] : [["apiKey": []], ["session": []]],
        ]
        if let body = operation.body {
            let types = operation.manner.takesForms ? Manner.forms : ["application/json"]
            let content = types.map { type -> (String, JSON) in (type, ["schema": body.json]) }
            described["requestBody"] = [
                "required": true, "content": .object(Dictionary(content) { first, _ in first }),
            ]
        }
        return .object(described)
    }

    private static func responses(_ operation: Operation, of route: Route) -> JSON {
        func failure(_ text: String) -> JSON {
            [
                "description": .text(text),
                "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
            ]
        }
        let schema = operation.answer ?? .object([])
        let done: JSON = ["description": "Done", "content": .object([operation.manner.answers: ["schema": schema.json]])]
        if let refusals = operation.manner.refusals {
            let kept = refusals.meanings.map { status, meaning -> (String, JSON) in
                let content: JSON = .object([operation.manner.answers: ["schema": refusals.schema.json]])
                return (String(status), ["description": .text(meaning), "content": content])
            }
            return .object(Dictionary([(operation.created ? "201" : "200", done)] + kept) { first, _ in first })
        }
        var answers: [String: JSON] = ["429": failure("Too many calls"), "503": failure("Try again later")]
        answers[operation.created ? "201" : "200"] = done
        answers["400"] = failure("The request cannot be read")
        answers["422"] = failure("The request breaks rules")
        if operation.body != nil {
            answers["413"] = failure("The body is too large")
            answers["415"] = failure("Not application/json")
            answers["409"] = failure("The state has moved on, or the key came with other contents")
        }
        if route.path.contains("{") || operation.mayMiss { answers["404"] = failure("Nothing by that id within reach") }
        if route.access != .anyone {
            answers["401"] = failure("Not signed in")
            answers["403"] = failure("Not permitted")
        }
        return .object(answers)
    }
}
