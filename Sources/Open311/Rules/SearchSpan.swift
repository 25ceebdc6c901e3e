package import Kernel

/// Which time a search covers (GeoReport v2, GET Service Requests): at most 90 days, the last 90 where nothing is said.
package struct SearchSpan: Hashable, Sendable {
    package let from: Instant
    package let to: Instant

    package static let longest = Span.days(90)

    /// - Throws: ``Invalid`` `bad-date`, `open311-order` or `open311-span`, at the parameter concerned.
    package init(start: String?, end: String?, now: Instant) throws(Invalid) {
        let from = try Self.instant(start, "/start_date")
        let to = try Self.instant(end, "/end_date")
        switch (from, to) {
        case (nil, nil): (self.from, self.to) = (now - Self.longest, now)
        case (let from?, nil): (self.from, self.to) = (from, from + Self.longest)
        case (nil, let to?): (self.from, self.to) = (to - Self.longest, to)
        case (let from?, let to?):
            guard from <= to else { throw Invalid("/end_date", "open311-order") }
            guard to - from <= Self.longest else { throw Invalid("/end_date", "open311-span") }
            (self.from, self.to) = (from, to)
        }
    }

    private static func instant(_ text: String?, _ pointer: String) throws(Invalid) -> Instant? {
        guard let text else { return nil }
        // A plus sign in an address is a blank to whoever decodes it.
        guard let instant = Instant(rfc3339: text) ?? Instant(rfc3339: text.replacing(" ", with: "+")) else {
            throw Invalid(pointer, "open311-date")
        }
        return instant
    }
}
