-- Prints what a run measured as one line of JSON. Latencies in microseconds.
function done(summary, latency, requests)
   local e = summary.errors
   print(string.format(
      'RESULT {"requests": %d, "seconds": %.6f, "refused": %d, "broken": %d, "p50": %d, "p95": %d, "p99": %d, "max": %d}',
      summary.requests, summary.duration / 1e6, e.status, e.connect + e.read + e.write + e.timeout,
      latency:percentile(50), latency:percentile(95), latency:percentile(99), latency.max))
end
