package import Kernel

/// Faults as a form's page shows them: a list on top and one beside each field.
package struct ShownFaults: Sendable {
    package struct Line: Sendable {
        let field: String
        let text: String
    }
    package let lines: [Line]
    package let byField: [String: String]

    /// - Parameter fields: what the form calls a field whose pointer has another name: pointer without its slash → field.
    package init(_ faults: [Fault], _ call: Call, fields: [String: String] = [:]) {
        lines = faults.map { fault in
            let name = String(fault.pointer.drop { $0 == "/" })
            return Line(field: fields[name] ?? name, text: call.text(fault))
        }
        byField = Dictionary(lines.map { ($0.field, $0.text) }) { first, _ in first }
    }
}
