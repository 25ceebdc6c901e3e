/// How often something had been changed when somebody was shown it: a form carries it, so that nobody overwrites a change they never saw.
///
/// A count and not a time, because clocks can go back.
package struct Sighting: Hashable, Sendable {
    package let changes: Int

    /// Nothing had been changed yet.
    package static let nothing = Sighting(changes: 0)

    package init(changes: Int) { self.changes = changes }
}
