"""An import whose process is killed in the middle goes on as if nothing had happened: never half of the rows, never one of them twice."""

import contextlib
import signal
import sqlite3
import subprocess
import time

import pytest

from installation import Jinlin

ROWS = 5000


@pytest.fixture(scope="module")
def own(tmp_path_factory, engine):
    jinlin = Jinlin(tmp_path_factory.mktemp("crash"), engine, name="jinlin_crash")
    jinlin.run("demo", "--seed", "3", "--scale", "0")
    jinlin.start("--no-limits")
    yield jinlin
    jinlin.stop(signal.SIGKILL)


def value(jinlin, question):
    """What the database itself says, whether the server runs or not."""
    if jinlin.engine == "sqlite":
        with contextlib.closing(sqlite3.connect(jinlin.folder / "jinlin.sqlite", timeout=30)) as connection:
            return connection.execute(question).fetchone()[0]
    return int(subprocess.run(["psql", jinlin.database, "-tAc", question], capture_output=True, text=True, check=True).stdout)


def roster():
    lines = ["姓名,性别,出生日期,网格,住址,与户主关系,人员类别"]
    for n in range(ROWS):
        lines.append(f"测试{chr(0x4E00 + n)},男,1950-01-02,春晖小区,测试路{n // 3}号,{'户主' if n % 3 == 0 else '子'},户籍")
    return "\n".join(lines).encode()


def state(visitor, path):
    return visitor.open("/api/v1/imports/" + path.rsplit("/", 1)[1]).json()


def until(visitor, path, fits, seconds=180):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = state(visitor, path)
        if fits(found):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def killed(jinlin, visitor, path, during):
    """Kills the server while it works on the import, and starts it again as if the claim's 20 seconds were over."""
    until(visitor, path, lambda found: found["state"] == during and found.get("thousandths") is not None)
    time.sleep(0.4)
    assert state(visitor, path)["state"] == during, "it was over before it could be killed: more rows are needed"
    jinlin.stop(signal.SIGKILL)
    people = value(jinlin, "SELECT count(*) FROM person")
    jinlin.sql("UPDATE import_progress SET leased_until = 0")
    jinlin.start("--no-limits")
    return people


def test_kill_at_every_step_of_an_import(own):
    chief = own.signed_in("chief")
    token = chief.token("/office/imports")
    village = chief.open("/office/imports").text.split('<select id="place"')[1].split('value="')[1][:36]
    before = value(own, "SELECT count(*) FROM person")
    homes = value(own, "SELECT count(*) FROM household")

    sent = chief.submit("/office/imports", {"kind": "people", "place": village}, files={"file": ("花名册.csv", roster())}, token=token)
    assert sent.status_code == 303, sent.text
    path = sent.headers["Location"]
    names = ["name", "sex", "birth", "grid", "address", "relation", "kind"]
    titles = roster().decode().split("\n")[0].split(",")
    fields = {"sheet": "0"} | {f"name-{n}": title for n, title in enumerate(titles)} | {f"column-{n}": name for n, name in enumerate(names)}
    assert chief.submit(path + "/mapping", fields, token=token).status_code == 303

    assert killed(own, chief, path, "checking") == before, "judging changes nothing"
    judged = until(chief, path, lambda found: found["state"] != "checking")
    assert (judged["state"], judged["rows"], judged["sound"], judged["faulty"]) == ("checked", ROWS, ROWS, 0)
    assert judged["fates"] == {"new": ROWS}

    assert chief.submit(path + "/decision", {"policy": "all"}, token=token).status_code == 303
    assert killed(own, chief, path, "running") == before, "none of the rows, as long as not all of them are written"
    written = until(chief, path, lambda found: found["state"] != "running")
    assert (written["state"], written["written"]) == ("finished", ROWS)
    assert value(own, "SELECT count(*) FROM person") == before + ROWS
    assert value(own, "SELECT count(*) FROM (SELECT DISTINCT name FROM person WHERE name LIKE '测试%') n") == ROWS, "nobody twice"
    assert value(own, "SELECT count(*) FROM household") == homes + -(-ROWS // 3)

    assert chief.submit(path + "/undoing", {}, token=token).status_code == 303
    left = killed(own, chief, path, "undoing")
    assert before <= left <= before + ROWS
    assert until(chief, path, lambda found: found["state"] != "undoing")["state"] == "undone"
    assert value(own, "SELECT count(*) FROM person") == before
    assert value(own, "SELECT count(*) FROM household") == homes
