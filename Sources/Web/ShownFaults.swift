package import Kernel

/// Faults as a form's page shows them: a list on top and one beside each field.
package struct ShownFaults: Sendable {
    package struct Line: Sendable {
        let field: String
        let text: String
    }
    package let lines: [Line]
    package private(set) var byField: [String: String]

    /// - Parameter fields: what the form calls a field whose pointer has another name: pointer without its slash → field.
    package init(_ faults: [Fault], _ call: Call, fields: [String: String] = [:]) {
        lines = faults.map { fault in
            let name = String(fault.pointer.drop { $0 == "/" })
            return Line(field: fields[name] ?? name, text: call.text(fault))
        }
        byField = Dictionary(lines.map { ($0.field, $0.text) }) { first, _ in first }
    }

    /// After somebody else's change, says beside every field what stands there now, unless it is what was sent.
    package func beside(_ now: KeyValuePairs<String, String?>, _ faults: [Fault], _ call: Call) -> ShownFaults {
        guard faults.contains(where: { $0.code == "changed-meanwhile" }) else { return self }
        var shown = self
        for (field, value) in now where (call.form[field] ?? "").trimmed != value ?? "" {
            shown.byField[field] = call.text("web.now", ["value": value ?? "—"])
        }
        return shown
    }
}
