package import Kernel
package import Storage

/// The table that says when each job runs next and who is running it.
package struct JobStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    /// Takes the job if it is due and nobody runs it; the lease ends by itself if this process dies.
    package func take(_ job: Job, at now: Instant, lease: Span) throws -> Bool {
        try tx.execute(
            "INSERT INTO job (name, due_at, leased_until) VALUES (\(job.name), \(now), \(Instant(milliseconds: 0))) ON CONFLICT (name) DO NOTHING"
        )
        return try tx.execute(
            "UPDATE job SET leased_until = \(now + lease) WHERE name = \(job.name) AND due_at <= \(now) AND leased_until <= \(now)"
        ) == 1
    }

    package func finish(_ job: Job, at now: Instant, error: String?) throws {
        try tx.execute(
            """
            UPDATE job SET due_at = \(now + job.every), leased_until = \(Instant(milliseconds: 0)), last_run_at = \(now), last_error = \(error)
            WHERE name = \(job.name)
            """)
    }
}
