import Delivery
import Identity
import Kernel
import Storage
import Web

/// What machines ask: is it alive, is it ready, how is it doing, what can it do.
struct OperationsRoutes: Sendable {
    let database: any Database
    let ambient: Ambient
    let listeners: Listeners

    var routes: [Route] {
        [
            Route(.get, "/healthz", .anyone, kind: .bare) { _ in .plain("ok\n") },
            Route(.get, "/readyz", .anyone, kind: .bare, handle: ready),
            Route(.get, "/metrics", .anyone, kind: .bare, handle: metrics),
            Route(.get, "/api/openapi.json", .anyone, kind: .bare) { call in
                try .json(OpenAPI.document(routes: call.site.routes, version: Configuration.version))
            },
        ]
    }

    /// 200 when the database answers, 503 otherwise.
    private func ready(_ call: Call) async throws -> Answer {
        do {
            try await database.probe()
            return .plain("ready\n")
        } catch {
            return .plain("the database does not answer\n", status: 503)
        }
    }

    /// For the machine itself; through a proxy only the operator's own scraper may be let here.
    private func metrics(_ call: Call) async throws -> Answer {
        guard call.address == "127.0.0.1" || call.address == "::1" else { throw NotFound() }
        let now = ambient.now()
        let backlog = try await database.read { tx in
            let backlog = try OutboxStore(tx).backlog(at: now)
            return [backlog.waiting, Int(backlog.oldest.milliseconds / 1000), try ReplayStore(tx).dead()]
        }
        return call.site.metrics(gauges: [
            ("jinlin_outbox_waiting", "Messages that have not left yet.", backlog[0]),
            ("jinlin_outbox_oldest_seconds", "Age of the oldest such message.", backlog[1]),
            ("jinlin_subscribers_on", "Subscribers that are told, as this process knows.", listeners.count),
            ("jinlin_dispatch_dead", "Messages to subscribers that were given up.", backlog[2]),
        ])
    }
}
