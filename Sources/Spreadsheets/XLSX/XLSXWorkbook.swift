/// An XLSX file (ECMA-376): its sheets, its shared texts and which numbers are dates.
final class XLSXWorkbook: SheetSource {
    let names: [String]
    private let archive: ZipArchive
    private let limits: ReadingLimits
    private let parts: [String]
    private let texts: SharedTexts?
    private let showsDate: [Bool]
    private let epoch: DateSerial.Epoch

    init(path: String, limits: ReadingLimits) throws(SpreadsheetFault) {
        archive = try ZipArchive(path: path, limits: limits)
        self.limits = limits
        try Self.refuseStrangers(archive)
        let book = WorkbookListener()
        guard let main = try archive.open("xl/workbook.xml") else { throw SpreadsheetFault(.unknownFormat) }
        try XMLStream.read(main, book)
        let relations = RelationsListener()
        if let part = try archive.open("xl/_rels/workbook.xml.rels") { try XMLStream.read(part, relations) }
        // A hidden sheet is somebody's notes or a list of choices, not a register.
        let found = book.sheets.filter { !$0.isHidden }.compactMap { sheet -> (String, String)? in
            guard let relation = relations.targets[sheet.relation], relation.kind == "worksheet" else { return nil }
            return (sheet.name, Self.path(relation.target))
        }
        guard !found.isEmpty else { throw SpreadsheetFault(.empty) }
        names = found.map(\.0)
        parts = found.map(\.1)
        epoch = book.epoch
        let styles = StylesListener()
        if let part = try archive.open("xl/styles.xml") { try XMLStream.read(part, styles) }
        showsDate = styles.showsDate
        texts = try Self.texts(in: archive, relations, limits)
    }

    /// What is a container as well, but not a spreadsheet that we take.
    private static func refuseStrangers(_ archive: ZipArchive) throws(SpreadsheetFault) {
        if archive.names.contains(where: { $0.hasSuffix("vbaproject.bin") }) { throw SpreadsheetFault(.macros) }
        if archive.holds("content.xml"), archive.holds("mimetype") { throw SpreadsheetFault(.openDocument) }
        guard archive.holds("[Content_Types].xml") else { throw SpreadsheetFault(.unknownFormat) }
    }

    private static func texts(
        in archive: ZipArchive, _ relations: RelationsListener, _ limits: ReadingLimits
    ) throws(SpreadsheetFault) -> SharedTexts? {
        let target =
            relations.targets.values.first { $0.kind == "sharedStrings" }.map { path($0.target) } ?? "xl/sharedStrings.xml"
        guard let part = try archive.open(target) else { return nil }
        let listener = try SharedTextsListener(limits)
        try XMLStream.read(part, listener)
        try listener.texts.flush()
        return listener.texts
    }

    /// A relation's target as a name in the container: relative to `xl/`, or from the root.
    private static func path(_ target: String) -> String {
        target.hasPrefix("/")
            ? String(target.dropFirst()) : "xl/" + target.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    func rows(ofSheet index: Int) throws(SpreadsheetFault) -> any RowSource {
        guard let part = try archive.open(parts[index]) else { throw SpreadsheetFault(.damaged, at: parts[index]) }
        return try XLSXRows(part, SheetListener(texts: texts, showsDate: showsDate, epoch: epoch, limits: limits))
    }
}

/// The rows of a sheet as its XML is read.
final class XLSXRows: RowSource {
    private let part: ZipPart
    private let listener: SheetListener
    private var stream: XMLStream?
    private var next_ = 0

    init(_ part: ZipPart, _ listener: SheetListener) throws(SpreadsheetFault) {
        self.part = part
        self.listener = listener
        stream = try XMLStream(part, listener)
    }

    var merged: [CellRange] { listener.merged }
    var thousandths: Int { part.size == 0 ? 1000 : Int(Double(part.done) / Double(part.size) * 1000) }

    func next() throws(SpreadsheetFault) -> SheetRow? {
        while next_ == listener.rows.count {
            next_ = 0
            listener.rows.removeAll(keepingCapacity: true)
            guard let open = stream else { return nil }
            if try !open.advance() { stream = nil }
        }
        defer { next_ += 1 }
        return listener.rows[next_]
    }
}
