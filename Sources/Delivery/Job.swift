package import Kernel
package import Storage

/// Work that recurs, done by one process at a time however many serve.
package struct Job: Sendable {
    package let name: String
    package let every: Span
    package let run: @Sendable (any Database, Instant) async throws -> Void

    package init(_ name: String, every: Span, run: @escaping @Sendable (any Database, Instant) async throws -> Void) {
        self.name = name
        self.every = every
        self.run = run
    }
}
