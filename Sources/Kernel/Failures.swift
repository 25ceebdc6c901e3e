/// Nothing by that id within the asker's scope. Out of scope and absent are the same answer, so ids cannot be probed.
package struct NotFound: Error, Hashable {
    package init() {}
}

/// The asker may see the thing but not do this with it.
package struct Forbidden: Error, Hashable {
    /// A code that the string catalogues explain, such as `not-the-holder`.
    package let reason: String
    package init(_ reason: String = "not-permitted") { self.reason = reason }
}

/// The state has moved on since the asker looked, or the same request id came with other contents.
package struct Conflict: Error, Hashable {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
}

/// Nobody is signed in, or a session has ended.
package struct Unauthenticated: Error, Hashable {
    package init() {}
}

/// Too many tries; may be asked again after `retryAfter` seconds.
package struct TooManyRequests: Error, Hashable {
    package let retryAfter: Int
    package init(retryAfter: Int) { self.retryAfter = retryAfter }
}
