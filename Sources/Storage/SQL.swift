/// The two engines. Only what they cannot share is decided by it, and only inside a store.
package enum Dialect: String, Sendable, CaseIterable {
    case sqlite, postgres
}

/// A statement with its values. Interpolated values become bindings, interpolated `SQL` is spliced,
/// and a run-time `String` cannot become statement text at all, so injection has no way in.
///
/// ```swift
/// "SELECT name FROM grid WHERE town_id = \(town) AND id = \(grid)"
/// ```
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    package enum Piece: Sendable {
        case text(StaticString)
        case value(StoredValue)
    }

    package private(set) var pieces: [Piece]

    package init(stringLiteral value: StaticString) { pieces = [.text(value)] }
    package init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }
    private init(pieces: [Piece]) { self.pieces = pieces }

    package struct Interpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(interpolationCount * 2 + 1) }
        package mutating func appendLiteral(_ literal: StaticString) { pieces.append(.text(literal)) }
        package mutating func appendInterpolation(_ value: some SQLValue) { pieces.append(.value(value.stored)) }
        package mutating func appendInterpolation(_ value: (some SQLValue)?) { pieces.append(.value(value?.stored ?? .null)) }
        package mutating func appendInterpolation(_ sql: SQL) { pieces.append(contentsOf: sql.pieces) }

        /// A list of values for `IN (…)`. An empty list matches nothing.
        package mutating func appendInterpolation(list values: some Collection<some SQLValue>) {
            guard !values.isEmpty else { return pieces.append(.text("NULL")) }
            for (index, value) in values.enumerated() {
                if index > 0 { pieces.append(.text(", ")) }
                pieces.append(.value(value.stored))
            }
        }
    }

    package static func + (left: SQL, right: SQL) -> SQL { SQL(pieces: left.pieces + right.pieces) }
    package static func += (left: inout SQL, right: SQL) { left.pieces += right.pieces }

    /// The parts in order with `separator` between them.
    package static func joined(_ parts: some Sequence<SQL>, separator: StaticString) -> SQL {
        var result: [Piece] = []
        for part in parts {
            if !result.isEmpty { result.append(.text(separator)) }
            result += part.pieces
        }
        return SQL(pieces: result)
    }

    /// The statement's text with `?` or `$n` in place of values, and the values in order.
    package func rendered(for dialect: Dialect) -> (text: String, values: [StoredValue]) {
        var text: [UInt8] = []
        text.reserveCapacity(512)
        var values: [StoredValue] = []
        values.reserveCapacity(pieces.count / 2 + 1)
        for piece in pieces {
            switch piece {
            case .text(let literal): literal.withUTF8Buffer { text.append(contentsOf: $0) }
            case .value(let value):
                values.append(value)
                switch dialect {
                case .sqlite: text.append(UInt8(ascii: "?"))
                case .postgres:
                    text.append(UInt8(ascii: "$"))
                    text.append(contentsOf: String(values.count).utf8)
                }
            }
        }
        return (String(decoding: text, as: UTF8.self), values)
    }
}
