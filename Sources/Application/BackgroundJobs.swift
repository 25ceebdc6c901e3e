package import Delivery
package import Kernel
package import Logging
import ServiceLifecycle
package import Storage

/// Runs recurring jobs while the server runs. Every process tries; the table lets one at a time.
package struct BackgroundJobs: Service {
    let database: any Database
    let jobs: [Job]
    let ambient: Ambient
    let logger: Logger

    package init(database: any Database, jobs: [Job], ambient: Ambient, logger: Logger) {
        self.database = database
        self.jobs = jobs
        self.ambient = ambient
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for job in jobs where !Task.isCancelled { await attempt(job) }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Runs `job` if it is due. A failure is logged and noted in the table; the job comes again at its next time.
    package func attempt(_ job: Job) async {
        do {
            let now = ambient.now()
            guard try await database.write({ try JobStore($0).take(job, at: now, lease: .minutes(10)) }) else { return }
            var failure: String?
            do {
                try await job.run(database, now)
            } catch {
                failure = "\(error)"
                logger.error("job failed", metadata: ["job": "\(job.name)", "error": "\(error)"])
            }
            let (end, note) = (ambient.now(), failure)
            try await database.write { try JobStore($0).finish(job, at: end, error: note) }
        } catch {
            logger.warning("job not reached", metadata: ["job": "\(job.name)", "error": "\(error)"])
        }
    }
}
