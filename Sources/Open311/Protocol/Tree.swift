import Web

/// A document that is the same tree in XML and in JSON, a list standing at the top of JSON by itself.
///
/// Every field is always there: in XML an empty element, in JSON an empty text or null, because readers in the wild ask for fields
/// by name without looking whether there are any (peers.md §4).
indirect enum Tree: Sendable {
    case text(String)
    case whole(Int)
    case number(Double?)
    case flag(Bool)
    /// Elements of one name.
    case list(of: String, [Tree])
    case record([(name: String, value: Tree)])

    func bytes(as format: Format, named root: String) -> [UInt8] {
        switch format {
        case .xml: xml(named: root).document
        case .json: (try? Answer.json(json).body) ?? []
        }
    }

    func xml(named name: String) -> XML {
        switch self {
        case .text(let text): XML(name, [], text)
        case .whole(let number): XML(name, [], String(number))
        case .number(let number): XML(name, [], number.map { String($0) } ?? "")
        case .flag(let flag): XML(name, [], flag ? "true" : "false")
        case .list(let element, let trees): XML(name, [], trees.map { $0.xml(named: element) })
        case .record(let fields): XML(name, [], fields.map { $0.value.xml(named: $0.name) })
        }
    }

    var json: JSON {
        switch self {
        case .text(let text): .text(text)
        case .whole(let number): .number(Double(number))
        case .number(let number): number.map(JSON.number) ?? .null
        case .flag(let flag): .bool(flag)
        case .list(_, let trees): .array(trees.map(\.json))
        case .record(let fields): .object(Dictionary(fields.map { ($0.name, $0.value.json) }) { first, _ in first })
        }
    }

    /// What a refusal looks like.
    static let errors = Schema.array(.object([.init("code", .integer(minimum: 400)), .init("description", .string())]))
}
