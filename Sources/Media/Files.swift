import Foundation

/// The file system calls behind ``BlobStore``: everything is on disk before they return.
enum Files {
    /// Makes `path` and the folders above it where they are missing.
    static func makeFolder(_ path: String) throws(BlobProblem) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw problem("mkdir") }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw problem("mkdir") }
    }

    /// Whether an ordinary file is at `path`.
    static func holds(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Writes a new file beside and moves it to `path` in one step, so no reader ever sees half of it.
    static func write(_ content: [UInt8], to path: String, by folder: String) throws(BlobProblem) {
        var template = Array("\(folder)/XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw problem("open") }
        do throws(BlobProblem) {
            try fill(file, with: content)
            guard rename(template, path) == 0 else { throw problem("rename") }
        } catch {
            unlink(template)
            throw error
        }
    }

    private static func fill(_ file: Int32, with content: [UInt8]) throws(BlobProblem) {
        var isOpen = true
        defer { if isOpen { close(file) } }
        var written = 0
        while written < content.count {
            let count = content[written...].withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw problem("write") }
            written += count
        }
        guard fsync(file) == 0 else { throw problem("fsync") }
        isOpen = false
        guard close(file) == 0 else { throw problem("close") }
    }

    /// Brings the names in a folder to disk.
    static func sync(_ folder: String) throws(BlobProblem) {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw problem("open") }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw problem("fsync") }
    }

    /// - Returns: whether anything was at `path`.
    static func remove(_ path: String) throws(BlobProblem) -> Bool {
        if unlink(path) == 0 { return true }
        guard errno == ENOENT else { throw problem("unlink") }
        return false
    }

    /// Nil when nothing is at `path`.
    static func read(_ path: String) throws(BlobProblem) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        if file < 0 && errno == ENOENT { return nil }
        guard file >= 0 else { throw problem("open") }
        defer { close(file) }
        var content: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Foundation.read(file, &part, part.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw problem("read") }
            if count == 0 { return content }
            content += part[..<count]
        }
    }

    private static func problem(_ call: String) -> BlobProblem { .unavailable(call, errno: errno) }
}
