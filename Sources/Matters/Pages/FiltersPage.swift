import Kernel
import Web

/// One's saved filters, to take away or to begin with. 常用筛选
struct FiltersPage: Page {
    static let template = "matters-filters"
    struct Line: Sendable {
        let name: String
        let href: String
        let count: String?
        let isShared: Bool
        let isStart: Bool
        let removal: String
        let start: String
    }
    let lines: [Line]
    let faults: [FaultPart]
    let fault: [String: String]
    /// What could not be kept, to be kept under another name.
    let query: String?
    let name: String
    let isShared: Bool
    let nameLimit: String
    let request: String

    init(_ kept: [KeptFilter], _ call: Call, faults: [Fault]) {
        lines = kept.map { kept in
            Line(
                name: kept.filter.name, href: kept.asked.href(), count: kept.count.map(String.init),
                isShared: kept.filter.isShared,
                isStart: kept.isStart, removal: "\(FilterRoutes.path)/\(kept.filter.id)/removal",
                start: "\(FilterRoutes.path)/\(kept.filter.id)/start")
        }
        self.faults = faults.map { FaultPart(field: String($0.pointer.dropFirst()), text: call.text($0)) }
        fault = Dictionary(self.faults.map { ($0.field, $0.text) }) { first, _ in first }
        query = faults.isEmpty ? nil : call.form["query"]
        name = call.form["name"] ?? ""
        isShared = call.form["shared"] != nil
        nameLimit = String(SavedFilter.nameLimit)
        request = call.freshRequest
    }
}
