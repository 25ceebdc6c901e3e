import Web

/// The two formats, as the ending of an address names them.
enum Format: String, Sendable, CaseIterable {
    case xml
    case json

    /// The end of an operation's id.
    var suffix: String { self == .xml ? "AsXML" : "AsJSON" }

    /// GeoReport v2 asks for exactly these, charset included.
    var contentType: String { self == .xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8" }

    func answer(_ tree: Tree, named root: String, status: Int = 200) -> Answer {
        Answer(status: status, headers: [("Content-Type", contentType)], body: tree.bytes(as: self, named: root))
    }

    /// How an operation of this format speaks and refuses. Only what is sent can lack a key, be too large or be of another type.
    func manner(sends: Bool) -> Manner {
        var meanings = [
            400: "A parameter is missing or cannot be read", 404: "Nothing by that code or id, or another town's",
            429: "Too many calls", 503: "Try again later",
        ]
        if sends {
            meanings[403] = "No key, or not one that may send"
            meanings[413] = "The body is too large"
            meanings[415] = "Not a form"
        }
        return Manner(
            answers: self == .xml ? "text/xml" : "application/json", takesForms: sends,
            refusals: Manner.Refusals(schema: Tree.errors, meanings: meanings, status: Self.status) { status, lines in
                let errors = lines.map { Tree.record([("code", .whole(status)), ("description", .text($0))]) }
                return answer(.list(of: "error", errors), named: "errors", status: status)
            })
    }

    /// 403 is for keys, 404 for what is not there; any other fault of the asker is 400.
    static func status(_ ours: Int) -> Int {
        switch ours {
        case 401, 403: 403
        case 404, 405, 413, 415, 429, 500...: ours
        default: 400
        }
    }
}
