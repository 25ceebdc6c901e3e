import Kernel
import Matters
import Web

/// What can be reported: the town's categories, without those that are retired or restricted. 事项类别
extension Open311Room {
    var serviceRoutes: [Route] {
        routes(
            .get, "services", "open311Services", "What can be reported.", answer: .array(Self.serviceSchema)
        ) { call, format in
            let taxonomy = try await ReadPublicMatters(matters.desk).ground(of: call.town).taxonomy
            let services = taxonomy.offered(in: nil).filter { !$0.isRestricted }.map { service($0, taxonomy, call) }
            return format.answer(.list(of: "service", services), named: "services")
        }
            + routes(
                .get, "services/{category}", "open311Service", "What one service asks with a report.",
                answer: Self.definitionSchema
            ) { call, format in
                let taxonomy = try await ReadPublicMatters(matters.desk).ground(of: call.town).taxonomy
                let category = try Self.offered(call.parameters["category"] ?? "", taxonomy)
                return format.answer(definition(category, call), named: "service_definition")
            }
    }

    /// - Throws: ``Problem`` 404 for a code that is unknown, retired or restricted: a restricted matter is for the town alone.
    static func offered(_ code: String, _ taxonomy: Taxonomy) throws(Problem) -> Matters.Category {
        guard let category = taxonomy[code], !category.isRetired, !category.isRestricted else {
            throw Problem(status: 404, code: "not-found", faults: [Fault("/service_code", "open311-service")])
        }
        return category
    }

    private func service(_ category: Matters.Category, _ taxonomy: Taxonomy, _ call: Call) -> Tree {
        let group = taxonomy.group(of: category)?.name(in: call.language) ?? ""
        let emergency = call.language == .zh ? category.emergencyZh : category.emergencyEn
        return .record([
            ("service_code", .text(category.code)), ("service_name", .text(category.name(in: call.language))),
            ("description", .text([group, emergency ?? ""].filter { !$0.isEmpty }.joined(separator: " · "))),
            ("metadata", .flag(!category.questions.isEmpty)), ("type", .text("realtime")),
            ("keywords", .text([group, category.nameZh, category.nameEn].joined(separator: ","))), ("group", .text(group)),
        ])
    }

    /// What the category asks, as attributes. A choice is its own key: whoever holds an older edition is refused, never misread.
    private func definition(_ category: Matters.Category, _ call: Call) -> Tree {
        let asked = category.questions.enumerated().map { index, question in
            Tree.record([
                ("variable", .flag(true)), ("code", .text(question.id)),
                ("datatype", .text((question.options.isEmpty ? DataType.string : .singlevaluelist).rawValue)),
                ("required", .flag(question.isRequired)), ("datatype_description", .text("")), ("order", .whole(index + 1)),
                ("description", .text(call.language == .zh ? question.zh : question.en)),
                ("values", .list(of: "value", question.options.map { .record([("key", .text($0)), ("name", .text($0))]) })),
            ])
        }
        return .record([("service_code", .text(category.code)), ("attributes", .list(of: "attribute", asked))])
    }

    /// Those of the protocol's datatypes that questions need.
    private enum DataType: String, CaseIterable {
        case string
        case singlevaluelist
    }

    private static let serviceSchema = Schema.object([
        .init("service_code", .string(pattern: #"^[\w-]+$"#)), .init("service_name", .string()), .init("description", .string()),
        .init("metadata", .boolean, "Whether it asks questions: see its definition."),
        .init("type", .choice(["realtime", "batch", "blackbox"])), .init("keywords", .string()), .init("group", .string()),
    ])

    private static let definitionSchema = Schema.object([
        .init("service_code", .string()),
        .init(
            "attributes",
            .array(
                .object([
                    .init("variable", .boolean), .init("code", .string()),
                    .init("datatype", .choice(DataType.allCases.map(\.rawValue))), .init("required", .boolean),
                    .init("datatype_description", .string()), .init("order", .integer(minimum: 1)),
                    .init("description", .string()),
                    .init("values", .array(.object([.init("key", .string()), .init("name", .string())]))),
                ]))),
    ])
}
