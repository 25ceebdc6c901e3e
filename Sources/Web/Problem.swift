package import Kernel

/// An error as a person or a program is told of it (RFC 9457).
package struct Problem: Error, Sendable {
    package let status: Int
    /// The last part of the problem's type, such as `invalid-input`. Its words hang on the status.
    package let code: String
    package var faults: [Fault] = []
    package var headers: [(name: String, value: String)] = []

    package init(status: Int, code: String, faults: [Fault] = [], headers: [(name: String, value: String)] = []) {
        self.status = status
        self.code = code
        self.faults = faults
        self.headers = headers
    }

    package static let tooLarge = Problem(status: 413, code: "too-large", headers: [("Connection", "close")])
    package static let unsupportedType = Problem(status: 415, code: "unsupported-type")
    package static let csrf = Problem(status: 403, code: "csrf", faults: [Fault("", "csrf")])

    /// RFC 9457's members, with `errors` as JSON pointers and a text in the asker's language.
    struct Document: Encodable {
        struct Item: Encodable {
            let pointer: String
            let code: String
            let detail: String
        }
        let type: String
        let title: String
        let status: Int
        let detail: String
        let instance: String
        let errors: [Item]?
    }
}

/// The page that shows a problem in words, with what to do next.
struct ProblemPage: Page {
    static let template = "web-problem"
    struct Line: Sendable {
        let text: String
    }
    let status: Int
    let heading: String
    let explanation: String
    let next: String
    let faults: [Line]
    let requestId: String
    let back: String?
}
