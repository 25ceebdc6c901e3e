"""bench FOLDER JINLIN LOCATE EXCHANGE POINTS CLOCKS: runs everything and prints the table."""

import json
import os
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

from .engine import Postgres, SQLite, output
from .load import wrk
from . import finding, sheets
from .server import Server
from .table import Table

SECONDS = float(os.environ.get("JINLIN_BENCH_SECONDS", "8"))
SCALE = os.environ.get("JINLIN_BENCH_SCALE", "100")
PEOPLE = int(os.environ.get("JINLIN_BENCH_PEOPLE", "170000"))
KNOWN = int(os.environ.get("JINLIN_BENCH_KNOWN", "2000000"))
# Words of the demo town's matters, whole and cut, common and rare.
SEARCHES = ["路灯", "垃圾", "噪音", "井盖", "漏水", "停车", "电动车", "老人", "不亮了", "没有人"]


def say(words: str) -> None:
    print(f"== {words}", file=sys.stderr, flush=True)


def wait_until_quiet() -> None:
    """What others do on the machine would be measured too; after ten minutes it must be so."""
    for _ in range(120):
        if os.getloadavg()[0] < 0.4:
            return
        time.sleep(5)
    say(f"the machine is not quiet: {os.getloadavg()[0]:.1f} programs run beside this one")


def locating(program: Path, table: Table) -> None:
    say("which grid a point is in")
    table.section("which grid a point is in, one core")
    for line in output(str(program)).splitlines():
        found = json.loads(line)
        aim = 1_000_000 if found["areas"] < 1000 else 300_000
        table.add(
            f"among {found['areas']:,} areas of {found['corners']} corners (aim {aim:,}/s)", f"{found['lookups']:,}/s",
            "testing the one right area by hand", found["lookups"] / found["bare"], met=found["lookups"] >= aim)
        # The outermost borders wave too.
        if found["found"] < 0.99:
            raise SystemExit(f"bench: points are lost: {found}")


def exchanging(program: Path, engine, table: Table) -> None:
    """Redemptions of one popular good, in a database of its own, beside raw commits of the same engine."""
    say(f"{engine.name}: redemptions of one popular good")
    raw = [engine.raw(SECONDS / 4)]
    lines = output(str(program), *engine.exchange(), str(SECONDS / 2)).splitlines()
    raw.append(engine.raw(SECONDS / 4))
    table.section(f"{engine.name}, redemptions of one popular good")
    for line in lines:
        found = json.loads(line)
        if found["stock"] != found["expected"] or not found["isProven"] or found["refused"]:
            raise SystemExit(f"bench: the stock is not exact: {found}")
        rate = found["perSecond"]
        table.add(f"{found['tills']} tills (aim 1,000/s at 64)", f"{rate:,}/s", f"raw commits ({engine.limit}), {max(raw):,.0f}/s",
                  rate / max(raw), met=rate >= 1000 if found["tills"] == 64 else None)


def weighing(jinlin: Path, folder: Path, table: Table) -> None:
    stripped = folder / "stripped"
    subprocess.run(["strip", "-o", stripped, jinlin], check=True)
    whole, bare = jinlin.stat().st_size, stripped.stat().st_size
    table.section("the program")
    table.add("size, stripped", f"{bare / 1e6:.1f} MB", f"as built, {whole / 1e6:.1f} MB", bare / whole)


class EngineRun:
    """Everything that is measured on one engine, in order."""

    def __init__(self, kind, jinlin: Path, points: Path, clocks: Path, folder: Path, table: Table):
        self.engine, self.register = kind(folder, "town"), kind(folder, "register")
        self.jinlin, self.points, self.clocks, self.folder, self.table = jinlin, points, clocks, folder, table

    def make(self) -> None:
        """Everything that takes long and is not measured."""
        say(f"{self.engine.name}: making the demo town at scale {SCALE}")
        begun = time.monotonic()
        output(str(self.jinlin), "demo", *self.engine.options, "--scale", SCALE)
        self.engine.settle()
        self.matters = self.count()
        say(f"{self.engine.name}: {self.matters:,} matters in {time.monotonic() - begun:.0f} s, {self.engine.size() / 1e6:.0f} MB")
        begun = time.monotonic()
        finding.make(self.register, self.jinlin, KNOWN)
        say(f"{self.engine.name}: {KNOWN:,} people in {time.monotonic() - begun:.0f} s, {self.register.size() / 1e6:.0f} MB")

    def measure(self) -> None:
        self.key = output(str(self.jinlin), "apikey", "bench", "--residents", *self.engine.options).strip()
        self.table.section(f"{self.engine.name}, {self.matters:,} matters")
        with Server(self.jinlin, self.engine.options, self.folder / f"{self.engine.name}.log") as server:
            self.server = server
            idle = server.memory()["VmRSS"]
            self.prepare()
            say(f"{self.engine.name}: empty route")
            self.get("empty", 64, 1)
            self.empty = self.get("empty", 64).rate
            self.table.attempt(self.reading)
            self.table.attempt(self.reporting)
            loaded = server.memory()
            grids = [grid["code"] for grid in server.json("/api/v1/grids")["grids"] if grid["level"] == 2]
        self.table.attempt(lambda: self.importing(grids))
        mega = 1 << 20
        self.table.add("memory after all this", f"{loaded['VmRSS'] / mega:.0f} MB, at most {loaded['VmHWM'] / mega:.0f}",
                       f"idle, {idle / mega:.0f} MB", loaded["VmRSS"] / idle)
        self.table.add("start to first page", f"{server.first_page * 1000:.0f} ms", f"start to /healthz, {server.started * 1000:.0f} ms",
                       server.first_page / server.started)
        self.table.attempt(self.finding)
        self.table.attempt(self.counting)
        self.table.attempt(self.sweeping)

    def finding(self) -> None:
        say(f"{self.engine.name}: finding people")
        finding.measure(self.register, self.jinlin, KNOWN, self.folder / f"{self.engine.name}-register.log", self.table)

    def counting(self) -> None:
        """The points of a village of 50,000 households."""
        say(f"{self.engine.name}: points of 50,000 households")
        found = json.loads(output(str(self.points), *self.engine.options[1::2]).splitlines()[-1])
        for what, key, aim in [("a month of 50,000 households closed (aim 2,000 ms)", "close_ms", 2000),
                               ("the balances of 50,000 households (aim 100 ms)", "balances_ms", 100)]:
            self.table.add(what, f"{found[key]:,} ms", met=found[key] <= aim)

    def sweeping(self) -> None:
        """The clocks of every open matter."""
        say(f"{self.engine.name}: clocks")
        found = json.loads(output(str(self.clocks), *self.engine.options[1::2]).splitlines()[-1])
        self.table.add(f"the clocks of {found['open']:,} open matters looked at anew (aim 1,000 ms)", f"{found['every_ms']:,.0f} ms",
                       met=found["every_ms"] <= 1000)
        self.table.add("a sweep when nothing is due", f"{found['nothing_ms']:.1f} ms")

    def count(self) -> int:
        return int(self.engine.rows("SELECT count(*) FROM matter")[0])

    def prepare(self) -> None:
        """Files of paths and places, from the town itself."""
        grids = self.server.json("/api/v1/grids")["grids"]
        villages = [grid["id"] for grid in grids if grid["level"] == 1]
        numbers = self.engine.rows("SELECT number FROM matter ORDER BY number LIMIT 5000")
        points = self.engine.rows("SELECT longitude || ' ' || latitude FROM matter WHERE longitude IS NOT NULL ORDER BY number LIMIT 5000")
        self.write("empty", ["/healthz"])
        self.write("home", ["/"])
        self.write("matters", [f"/m/{number}" for number in numbers])
        self.write("lists", [f"/api/v1/matters?grid={village}&limit=50" for village in villages])
        self.write("searches", [f"/api/v1/matters?open={opened}&text={urllib.parse.quote(words)}" for words in SEARCHES for opened in ("true", "false")])
        # Half by naming a grid, half by a point.
        self.write("places", [grid["id"] for grid in grids] + points[: len(grids)])
        shown = self.server.json(f"/api/v1/matters?grid={villages[0]}&limit=50", self.key)["matters"]
        say(f"{self.engine.name}: the first village has {len(shown)} open matters on its first page")

    def write(self, name: str, lines: list[str]) -> None:
        (self.folder / name).write_text("\n".join(lines) + "\n")

    def get(self, name: str, connections: int, seconds: float = SECONDS / 2, key: str | None = None):
        return wrk("get", self.server.port, connections, seconds, str(self.folder / name), key=key)

    def reading(self) -> None:
        for name, words, key in [
            ("lists", "newest 50 open matters of one village", self.key), ("searches", "words searched in the whole town, open or closed", self.key),
            ("matters", "public page by number", None), ("home", "home page of the town", None),
        ]:
            say(f"{self.engine.name}: {words}")
            self.get(name, 1, 1, key)
            alone = self.get(name, 1, key=key)
            crowd = self.get(name, 16, key=key)
            self.table.add(f"{words}, 1 connection: p50 / p95 / p99", alone.latencies)
            self.table.add(f"… 16 connections, {crowd.latencies}", f"{crowd.rate:,.0f}/s", f"empty route at 64, {self.empty:,.0f}/s",
                           crowd.rate / self.empty)

    def importing(self, grids: list[str]) -> None:
        file = self.folder / "people.xlsx"
        if not file.exists():
            say(f"a spreadsheet of {PEOPLE:,} people")
            sheets.write(file, PEOPLE, grids)
        say(f"{self.engine.name}: importing {PEOPLE:,} people")
        done = sheets.bring(self.jinlin, self.engine.options, file)
        self.table.add(
            f"{PEOPLE:,} people × 20 columns from XLSX, at most {done.memory >> 20} MB (aim 300)", f"{done.seconds:.1f} s", "30 s", 30 / done.seconds,
            aim=1.0 if PEOPLE == 170_000 else None)

    def reporting(self) -> None:
        # Raw before, between and after: the machine may be faster at one moment than at another, and the fastest counts.
        say(f"{self.engine.name}: durable reports")
        raw = [self.engine.raw(SECONDS / 4)]
        runs = {}
        before = self.count()
        answered = wrk("report", self.server.port, 16, 1, str(self.folder / "places"), "7").requests
        for seed, connections in enumerate([1, 16, 64]):
            runs[connections] = wrk("report", self.server.port, connections, SECONDS, str(self.folder / "places"), str(seed))
            answered += runs[connections].requests
            raw.append(self.engine.raw(SECONDS / 4))
        kept = self.count() - before
        if kept < answered:
            raise SystemExit(f"bench: {answered} reports were acknowledged and {kept} kept")
        limit = max(raw)
        for connections, run in runs.items():
            self.table.add(f"durable reports, {connections} connections: {run.latencies}", f"{run.rate:,.0f}/s",
                           f"raw commits ({self.engine.limit}), {limit:,.0f}/s", run.rate / limit, aim=1.0 if connections == 64 else None)
        self.table.add("durable reports, 64 connections", f"{runs[64].rate:,.0f}/s", f"empty route at 64, {self.empty:,.0f}/s",
                       runs[64].rate / self.empty, aim=0.2)


def main() -> None:
    folder, jinlin, program, exchange, points, clocks = map(Path, sys.argv[1:7])
    begun = time.monotonic()
    table = Table()
    engines = os.environ.get("JINLIN_BENCH_ENGINES", "sqlite postgres").split()
    runs = [EngineRun(kind, jinlin, points, clocks, folder, table) for name, kind in [("sqlite", SQLite), ("postgres", Postgres)] if name in engines]
    for run in runs:
        run.make()
    wait_until_quiet()
    for run in runs:
        run.measure()
        table.attempt(lambda: exchanging(exchange, run.engine, table))
    locating(program, table)
    weighing(jinlin, folder, table)
    print(table)
    say(f"{time.monotonic() - begun:.0f} s")
    if table.failed:
        raise SystemExit("bench: something could not be measured")


main()
