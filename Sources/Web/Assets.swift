import Crypto
import Foundation

/// Style sheets, scripts and pictures of the pages, from the binary. Their path carries a digest of them all, so browsers keep them for a year.
package struct Assets: Sendable {
    package let version: String
    private let files: [String: [UInt8]]

    package init(_ files: [String: [UInt8]]) {
        self.files = files
        var hash = SHA256()
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            hash.update(data: Data(name.utf8))
            hash.update(data: Data(bytes))
        }
        version = hash.finalize().prefix(6).map { String(format: "%02x", $0) }.joined()
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
        "webmanifest": "application/manifest+json",
    ]

    /// The file as an answer; nil when there is none by that name.
    func answer(_ name: String, version asked: String) -> Answer? {
        guard let bytes = files[name], let type = Self.types[String(name.split(separator: ".").last ?? "")] else { return nil }
        let age = asked == version ? "public, max-age=31536000, immutable" : "no-cache"
        return Answer(headers: [("Content-Type", type), ("Cache-Control", age)], body: bytes)
    }
}
