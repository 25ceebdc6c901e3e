/// Listens to `xl/workbook.xml`: the sheets in order and the count of days.
final class WorkbookListener: XMLListener {
    struct Sheet {
        let name: String
        let relation: String
        let isHidden: Bool
    }
    private(set) var sheets: [Sheet] = []
    private(set) var epoch = DateSerial.Epoch.from1900

    override func start(_ name: UnsafePointer<UInt8>, _ attributes: XMLAttributes) {
        if StaticString("sheet").isSame(as: name) {
            let isHidden = attributes.text("state").map { $0 != "visible" } ?? false
            sheets.append(Sheet(name: attributes.text("name") ?? "", relation: attributes.text("id") ?? "", isHidden: isHidden))
            if sheets.count > 1000 { fault = SpreadsheetFault(.tooManyParts) }
        } else if StaticString("workbookPr").isSame(as: name), let flag = attributes.text("date1904"),
            flag == "1" || flag == "true"
        {
            epoch = .from1904
        }
    }
}

/// Listens to a file of relations: which part an id stands for.
final class RelationsListener: XMLListener {
    private(set) var targets: [String: (kind: String, target: String)] = [:]

    override func start(_ name: UnsafePointer<UInt8>, _ attributes: XMLAttributes) {
        guard StaticString("Relationship").isSame(as: name), let id = attributes.text("Id"),
            let target = attributes.text("Target"),
            attributes.text("TargetMode") != "External"
        else { return }
        targets[id] = ((attributes.text("Type") ?? "").split(separator: "/").last.map(String.init) ?? "", target)
        if targets.count > 10_000 { fault = SpreadsheetFault(.tooManyParts) }
    }
}
