"""The two engines: where the demo town lives, what one connection commits raw, and how many matters there are."""

import os
import sqlite3
import subprocess
from pathlib import Path


def output(*command: str, **options) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout


class SQLite:
    name = "SQLite"
    limit = "one connection, synchronous=FULL"

    url = None

    def __init__(self, folder: Path, use: str):
        """`use` names the database, one for each purpose."""
        self.folder = folder / f"sqlite-{use}"
        self.folder.mkdir()
        self.options = ["--data", str(self.folder)]

    def raw(self, seconds: float) -> float:
        """Commits a second of one connection, one row each."""
        return float(output(".bench/raw-sqlite", str(self.folder / "raw.sqlite"), str(seconds)))

    def exchange(self) -> list[str]:
        """Where the redemptions are measured."""
        return ["sqlite", str(self.folder / "exchange.sqlite")]

    def rows(self, question: str) -> list[str]:
        with sqlite3.connect(f"file:{self.folder}/jinlin.sqlite?mode=ro", uri=True) as connection:
            return [str(row[0]) for row in connection.execute(question)]

    def settle(self) -> None:
        """Brings statistics and log into the state of a database in use."""
        with sqlite3.connect(self.folder / "jinlin.sqlite") as connection:
            connection.execute("ANALYZE")
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def size(self) -> int:
        return (self.folder / "jinlin.sqlite").stat().st_size


class Postgres:
    name = "PostgreSQL"
    limit = "pgbench, one connection, prepared"

    def __init__(self, folder: Path, use: str):
        """`use` names the database, one for each purpose."""
        self.folder = folder / f"postgres-{use}"
        self.folder.mkdir()
        server = os.environ["TEST_POSTGRES"]
        self.url = server.rsplit("/", 1)[0] + f"/jinlin_{use}"
        self.raw_url = server
        output("psql", "-qc", f"CREATE DATABASE jinlin_{use}", server)
        output("psql", "-qc", "CREATE TABLE IF NOT EXISTS raw_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text NOT NULL)", server)
        self.options = ["--data", str(self.folder), "--database", self.url]

    def raw(self, seconds: float) -> float:
        """Transactions a second of pgbench with one connection over the same socket that the product uses, one row each."""
        said = output("pgbench", "-n", "-c1", "-j1", "-Mprepared", f"-T{max(1, round(seconds))}", "-f", "Benchmarks/Raw/insert.sql", self.raw_url,
                      stderr=subprocess.DEVNULL)
        return next(float(line.split()[2]) for line in said.splitlines() if line.startswith("tps = "))

    def exchange(self) -> list[str]:
        """Where the redemptions are measured."""
        output("psql", "-qc", "CREATE DATABASE jinlin_exchange", self.raw_url)
        return ["postgres", self.raw_url.rsplit("/", 1)[0] + "/jinlin_exchange"]

    def rows(self, question: str) -> list[str]:
        return output("psql", "-Atqc", question, self.url).splitlines()

    def settle(self) -> None:
        """Brings statistics and log into the state of a database in use."""
        output("psql", "-qc", "VACUUM ANALYZE", "-c", "CHECKPOINT", self.url)

    def size(self) -> int:
        return int(self.rows("SELECT pg_database_size(current_database())")[0])
