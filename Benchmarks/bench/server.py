"""The product as a process: how fast it is up, what it weighs, what it answers."""

import http.client
import json
import socket
import subprocess
import time
from pathlib import Path


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    def __init__(self, jinlin: Path, options: list[str], log: Path):
        self.port = free_port()
        self.log = log.open("w")
        self.command = [str(jinlin), "serve", *options, "--port", str(self.port), "--no-limits"]

    def __enter__(self) -> "Server":
        begun = time.monotonic()
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=subprocess.STDOUT)
        try:
            self.started = self.first("/healthz", begun)
            # The first page reads the town from the database.
            self.first_page = self.first("/", begun)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait(30)

    def first(self, path: str, begun: float) -> float:
        """Seconds from `begun` to the first good answer."""
        while time.monotonic() - begun < 60:
            try:
                self.get(path)
                return time.monotonic() - begun
            except ConnectionRefusedError:
                time.sleep(0.001)
            if self.process.poll() is not None:
                break
        raise SystemExit(f"bench: the server did not come up: see {self.log.name}")

    def get(self, path: str, key: str | None = None) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Authorization": f"Bearer {key}"} if key else {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"bench: GET {path} was answered {answer.status}: {body[:300]!r}")
        return body

    def json(self, path: str, key: str | None = None):
        return json.loads(self.get(path, key))

    def memory(self) -> dict[str, int]:
        """Resident bytes now and at most so far."""
        lines = dict(line.split(":", 1) for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines())
        return {name: int(lines[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM")}
