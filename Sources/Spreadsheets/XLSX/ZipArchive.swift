import CZip
import Foundation

/// The container of an XLSX file. Nothing is ever unpacked to disk; every part is read as a stream and held to its limits.
final class ZipArchive {
    private let archive: OpaquePointer
    private let limits: ReadingLimits
    /// The parts by name; names are compared without case, as Excel does.
    private let parts: [String: UInt64]
    /// Bytes that were unfolded so far, of all parts together.
    fileprivate var unfolded = 0

    init(path: String, limits: ReadingLimits) throws(SpreadsheetFault) {
        var problem: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &problem) else { throw SpreadsheetFault(.damaged) }
        self.archive = archive
        self.limits = limits
        do throws(SpreadsheetFault) {
            parts = try Self.parts(of: archive, limits)
        } catch {
            zip_discard(archive)
            throw error
        }
    }

    deinit { zip_discard(archive) }

    private static func parts(of archive: OpaquePointer, _ limits: ReadingLimits) throws(SpreadsheetFault) -> [String: UInt64] {
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.parts else { throw SpreadsheetFault(.tooManyParts) }
        var parts: [String: UInt64] = [:]
        var total = 0
        for index in 0..<UInt64(max(0, count)) {
            var status = zip_stat_t()
            guard zip_stat_index(archive, index, 0, &status) == 0, let bytes = status.name,
                let name = String(validatingCString: bytes), status.size < UInt64(Int.max)
            else { throw SpreadsheetFault(.damaged) }
            guard isSafe(name) else { throw SpreadsheetFault(.unsafe, at: String(name.prefix(80))) }
            guard status.encryption_method == UInt16(ZIP_EM_NONE) else { throw SpreadsheetFault(.encrypted) }
            let (size, packed) = (Int(status.size), max(1, Int(status.comp_size)))
            (total, _) = total.addingReportingOverflow(size)
            guard total <= limits.unfoldedBytes, size <= limits.ratioFrom || size / packed <= limits.ratio else {
                throw SpreadsheetFault(.bomb, at: String(name.prefix(80)))
            }
            // Two parts of one name would mean different things to different readers.
            guard parts.updateValue(index, forKey: name.lowercased()) == nil else { throw SpreadsheetFault(.damaged) }
        }
        return parts
    }

    /// No way out of the container, no drive, no control characters.
    static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.contains(":")
            && !name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
            && name.unicodeScalars.allSatisfy { $0.value >= 32 }
    }

    func holds(_ name: String) -> Bool { parts[name.lowercased()] != nil }

    var names: some Sequence<String> { parts.keys }

    /// The part as a stream; nil when there is none.
    func open(_ name: String) throws(SpreadsheetFault) -> ZipPart? {
        guard let index = parts[name.lowercased()] else { return nil }
        var status = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &status) == 0, let file = zip_fopen_index(archive, index, 0) else {
            throw SpreadsheetFault(.damaged, at: name)
        }
        return ZipPart(file, name, size: Int(status.size), of: self)
    }

    fileprivate func count(_ bytes: Int, of name: String) throws(SpreadsheetFault) {
        unfolded += bytes
        guard unfolded <= limits.unfoldedBytes else { throw SpreadsheetFault(.bomb, at: name) }
    }
}

/// One part of a container, read from its start.
final class ZipPart {
    private let file: OpaquePointer
    private let archive: ZipArchive
    let name: String
    /// Bytes when unfolded, as the container says.
    let size: Int
    private(set) var done = 0

    fileprivate init(_ file: OpaquePointer, _ name: String, size: Int, of archive: ZipArchive) {
        self.file = file
        self.name = name
        self.size = size
        self.archive = archive
    }

    deinit { zip_fclose(file) }

    /// Fills `buffer` as far as it goes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        let got = Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
        guard got >= 0, done + got <= size else { throw SpreadsheetFault(.damaged, at: name) }
        done += got
        try archive.count(got, of: name)
        return got
    }
}
