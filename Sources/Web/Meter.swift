import Kernel

/// Counts and times of answers by route and status class, in Prometheus' text format.
package final class Meter: Sendable {
    private struct Key: Hashable {
        let route: String
        let status: Int
    }
    private struct Series {
        var count = 0
        var microseconds: Int64 = 0
        var buckets = [Int](repeating: 0, count: Meter.bounds.count)

        mutating func add(_ time: Int64) {
            count += 1
            microseconds += time
            if let bucket = Meter.bounds.firstIndex(where: { time <= $0 }) { buckets[bucket] += 1 }
        }
    }
    /// Upper bounds in microseconds.
    private static let bounds: [Int64] = [1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000]
    private let series = Guarded<[Key: Series]>([:])

    package init() {}

    func record(route: String, status: Int, microseconds: Int64) {
        series.withLock { $0[Key(route: route, status: status), default: Series()].add(microseconds) }
    }

    /// The exposition text, with `gauges` as further lines.
    func exposition(gauges: [(name: String, help: String, value: Int)]) -> String {
        var text = "# HELP jinlin_http_request_seconds Time from a request's head to its answer.\n"
        text += "# TYPE jinlin_http_request_seconds histogram\n"
        let snapshot = series.withLock { $0 }.sorted { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }
        for (key, series) in snapshot {
            let labels = "route=\"\(key.route)\",status=\"\(key.status)\""
            var running = 0
            for (bound, count) in zip(Self.bounds, series.buckets) {
                running += count
                text += "jinlin_http_request_seconds_bucket{\(labels),le=\"\(Double(bound) / 1_000_000)\"} \(running)\n"
            }
            text += "jinlin_http_request_seconds_bucket{\(labels),le=\"+Inf\"} \(series.count)\n"
            text += "jinlin_http_request_seconds_sum{\(labels)} \(Double(series.microseconds) / 1_000_000)\n"
            text += "jinlin_http_request_seconds_count{\(labels)} \(series.count)\n"
        }
        for gauge in gauges {
            text += "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n\(gauge.name) \(gauge.value)\n"
        }
        return text
    }
}
