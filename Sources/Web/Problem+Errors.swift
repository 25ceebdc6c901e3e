import Kernel
import Storage

extension Problem {
    /// What each error means to the one who asked. Anything unknown is a 500 that says nothing of its cause.
    init(telling error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let invalid as Invalid: self.init(status: 422, code: "invalid-input", faults: invalid.faults)
        case is Malformed: self.init(status: 400, code: "malformed")
        case is NotFound: self.init(status: 404, code: "not-found")
        case is Unauthenticated: self.init(status: 401, code: "not-signed-in", headers: [("WWW-Authenticate", "Bearer")])
        case let forbidden as Forbidden:
            self.init(
                status: 403, code: "forbidden", faults: forbidden.reason == "not-permitted" ? [] : [Fault("", forbidden.reason)])
        case is Site.Gated: self.init(status: 403, code: "gated")
        case let conflict as Conflict: self.init(status: 409, code: "conflict", faults: [Fault("", conflict.reason)])
        case let limited as TooManyRequests:
            self.init(status: 429, code: "too-many", headers: [("Retry-After", String(limited.retryAfter))])
        case StorageError.unavailable, StorageError.serializationFailure:
            self.init(status: 503, code: "unavailable", headers: [("Retry-After", "5")])
        default: self.init(status: 500, code: "internal")
        }
    }
}
