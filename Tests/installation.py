"""A running Jinlin for the browser and contract tests: a small demo town on the engine named by JINLIN_TEST_ENGINE.

The server is the debug build that `swift build` made. On PostgreSQL, TEST_POSTGRES names the cluster (scripts/with-postgres).
"""

import contextlib
import html
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.parse

import requests

ROOT = pathlib.Path(__file__).resolve().parent.parent
PASSWORD = "Longan-Tree-1978"
SCALE = "0.05"


def binary():
    """The program under test: JINLIN_PROGRAM, or the debug build."""
    if named := os.environ.get("JINLIN_PROGRAM"):
        return pathlib.Path(named)
    shown = subprocess.run(["swift", "build", "--show-bin-path"], cwd=ROOT, capture_output=True, text=True, check=True)
    return pathlib.Path(shown.stdout.strip()) / "jinlin"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Jinlin:
    """One installation: its data folder, its database and, while it runs, its server."""

    def __init__(self, folder, engine, name="jinlin_browser", like=None):
        """`like` is a stopped installation whose data this one begins with."""
        self.folder = folder
        self.engine = engine
        self.name = name
        if like:
            shutil.copytree(like.folder, folder, dirs_exist_ok=True)
        self.program = binary()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.arguments = ["--data", str(folder)]
        if engine == "postgres":
            maintenance = os.environ["TEST_POSTGRES"]
            template = like.name if like else "template0"
            subprocess.run(["psql", maintenance, "-qc", f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {template}"], check=True)
            parts = urllib.parse.urlsplit(maintenance)
            self.database = parts._replace(path="/" + name).geturl()
            self.arguments += ["--database", self.database]

    @classmethod
    def beside(cls, other, folder):
        """A second server over the data of another."""
        second = cls.__new__(cls)
        second.__dict__.update(other.__dict__, folder=folder, process=None, port=free_port())
        second.url = f"http://127.0.0.1:{second.port}"
        return second

    def run(self, *command, check=True):
        environment = {**os.environ, "JINLIN_DEMO_PASSWORD": PASSWORD}
        return subprocess.run(
            [str(self.program), *command, *self.arguments], env=environment, capture_output=True, text=True, check=check)

    def start(self, *options):
        log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen(
            [str(self.program), "serve", *self.arguments, "--port", str(self.port), *options], stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if requests.get(self.url + "/readyz", timeout=2).status_code == 200:
                    return
            except requests.ConnectionError:
                pass
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "server.log").read_text())
            time.sleep(0.05)
        raise RuntimeError("the server did not come up: " + (self.folder / "server.log").read_text())

    def stop(self, how=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
            self.process = None

    def server(self, act):
        """Stops or starts the PostgreSQL cluster of scripts/with-postgres."""
        subprocess.run([ROOT / "scripts" / "cluster", act], check=True)

    def sql(self, statement):
        """Changes the database from outside, as nothing in the product can; gives the number of rows changed."""
        if self.engine == "sqlite":
            with contextlib.closing(sqlite3.connect(self.folder / "jinlin.sqlite", timeout=30)) as connection, connection:
                return connection.execute(statement).rowcount
        done = subprocess.run(["psql", self.database, "-c", statement], capture_output=True, text=True, check=True)
        return int(done.stdout.split()[-1])

    def browser(self):
        """A requests session that keeps cookies and knows how to send our forms."""
        return Visitor(self.url)

    def signed_in(self, login):
        visitor = self.browser()
        visitor.sign_in(login)
        return visitor


class Visitor(requests.Session):
    def __init__(self, url):
        super().__init__()
        self.site = url
        self.headers["Accept-Language"] = "en"

    def open(self, path, **options):
        return self.get(self.site + path, allow_redirects=False, timeout=30, **options)

    def token(self, path="/report"):
        page = self.get(self.site + path, timeout=30)
        return re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)

    def submit(self, path, fields=None, files=None, token=None):
        fields = dict(fields or {})
        fields["csrf"] = token or self.token()
        return self.post(self.site + path, data=fields, files=files, allow_redirects=False, timeout=60)

    def report(self, fields, files=None):
        """Sends a report by its form; where something like it was reported nearby, it is none of those."""
        answer = self.submit("/report", fields, files)
        if answer.status_code != 200:
            return answer
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text)
        looked = re.search(r'name="looked" value="([^"]+)"', answer.text)[1]
        return self.submit("/report", {name: html.unescape(value) for name, value in hidden} | {"looked": looked})

    def sign_in(self, login, password=PASSWORD):
        answer = self.submit("/sign-in", {"login": login, "password": password}, token=self.token("/sign-in"))
        assert answer.status_code == 303, answer.text
        return self
