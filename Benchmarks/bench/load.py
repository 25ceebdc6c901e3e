"""Load by wrk: a script, so many connections, so many seconds."""

import json
import subprocess
from dataclasses import dataclass


@dataclass
class Run:
    requests: int
    rate: float
    p50: float
    p95: float
    p99: float
    """Latencies in milliseconds."""

    @property
    def latencies(self) -> str:
        return f"{self.p50:.1f} / {self.p95:.1f} / {self.p99:.1f} ms"


def wrk(script: str, port: int, connections: int, seconds: float, *arguments: str, key: str | None = None) -> Run:
    """One thread sends: on few cores more would only take them from the server. Every answer must be good."""
    headers = ["-H", f"Authorization: Bearer {key}"] if key else []
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "10s", "-s", f"Benchmarks/Load/{script}.lua", *headers,
         f"http://127.0.0.1:{port}", "--", *arguments],
        check=True, stdout=subprocess.PIPE, text=True).stdout
    line = next((line for line in said.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise SystemExit(f"bench: wrk said nothing: {said}")
    found = json.loads(line.removeprefix("RESULT "))
    if found["refused"] or found["broken"] or not found["requests"]:
        raise SystemExit(f"bench: {script} at {connections} connections failed: {found}")
    return Run(found["requests"], found["requests"] / found["seconds"], found["p50"] / 1000, found["p95"] / 1000, found["p99"] / 1000)
