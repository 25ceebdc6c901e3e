"""Nothing acknowledged is lost (design.md rule 10): kill -9 in the middle of a write load, then every answered report is there."""

import signal
import subprocess
import threading
import time
import uuid

import pytest
import requests

from installation import Jinlin


@pytest.fixture(scope="module")
def made(tmp_path_factory, engine):
    """The demo town without matters, never served."""
    jinlin = Jinlin(tmp_path_factory.mktemp("made"), engine, name="jinlin_made")
    jinlin.run("demo", "--scale", "0")
    return jinlin


@pytest.fixture
def own(tmp_path, engine, made):
    """An installation of this test alone, since it will be killed."""
    jinlin = Jinlin(tmp_path, engine, name=f"jinlin_durable_{uuid.uuid4().hex[:8]}", like=made)
    yield jinlin
    jinlin.stop(signal.SIGKILL)


def report(url, key, session=requests, words="The lamp at the corner is dark"):
    grid = report.grid
    return session.post(
        url + "/api/v1/matters", json={"category": "0101", "words": words, "grid": grid}, headers={"Idempotency-Key": key}, timeout=30)


def a_grid(url):
    return next(g["id"] for g in requests.get(url + "/api/v1/grids", timeout=30).json()["grids"] if g["level"] == 2)


def test_every_acknowledged_report_survives_kill_9(own):
    own.start("--no-limits")
    report.grid = a_grid(own.url)
    acknowledged, unanswered, enough = {}, [], threading.Event()

    def load():
        session = requests.Session()
        while True:
            key = str(uuid.uuid4())
            try:
                answer = report(own.url, key, session)
            except requests.RequestException:
                unanswered.append(key)
                return
            if answer.status_code == 201:
                acknowledged[key] = answer.json()["number"]
            if len(acknowledged) >= 300:
                enough.set()

    workers = [threading.Thread(target=load) for _ in range(16)]
    for worker in workers:
        worker.start()
    assert enough.wait(timeout=120), "the load never got going"
    own.stop(signal.SIGKILL)
    for worker in workers:
        worker.join()
    assert unanswered, "the kill came after the load, so this test proved nothing"

    own.start("--no-limits")
    session = requests.Session()
    for key, number in acknowledged.items():
        found = session.get(f"{own.url}/api/v1/public/matters/{number.replace(' ', '')}", timeout=30)
        assert found.status_code == 200, number
    # A retry of what was answered gives the same number; a retry of what was not writes once.
    for key, number in list(acknowledged.items())[:20]:
        assert report(own.url, key).json()["number"] == number
    for key in unanswered:
        first, second = report(own.url, key), report(own.url, key)
        assert first.status_code == second.status_code == 201
        assert first.json()["number"] == second.json()["number"]
    assert own.run("doctor").returncode == 0


def test_a_backup_made_while_serving_restores_everything(own, engine, tmp_path):
    if engine == "postgres":
        refused = own.run("backup", str(tmp_path / "copy"), check=False)
        assert refused.returncode != 0 and "pg_dump" in refused.stderr
        return
    own.start("--no-limits")
    report.grid = a_grid(own.url)
    before = report(own.url, str(uuid.uuid4())).json()["number"]
    own.run("backup", str(tmp_path / "copy.sqlite"))
    after = report(own.url, str(uuid.uuid4())).json()["number"]
    assert own.run("backup", str(tmp_path / "copy.sqlite"), check=False).returncode != 0, "a backup overwrote a file"
    own.stop()
    own.run("restore", str(tmp_path / "copy.sqlite"))
    own.start()
    follow = lambda number: requests.get(f"{own.url}/api/v1/public/matters/{number.replace(' ', '')}", timeout=30).status_code
    assert follow(before) == 200
    assert follow(after) == 404


def test_a_rubbish_file_is_not_restored(own, tmp_path, engine):
    if engine == "postgres":
        return
    (tmp_path / "rubbish").write_bytes(b"not a database" * 1000)
    refused = own.run("restore", str(tmp_path / "rubbish"), check=False)
    assert refused.returncode != 0
    own.start()
    assert requests.get(own.url + "/api/v1/overview", timeout=30).json()["workers"]["total"] == 1014


def test_a_stopped_database_is_503_and_comes_back_by_itself(own, engine):
    own.start("--no-limits")
    report.grid = a_grid(own.url)
    assert report(own.url, str(uuid.uuid4())).status_code == 201
    if engine == "sqlite":
        # Somebody else holds the file's write lock.
        holder = subprocess.Popen(
            ["python3", "-c",
             "import sqlite3,sys;c=sqlite3.connect(sys.argv[1],isolation_level=None);c.execute('BEGIN EXCLUSIVE');print('held',flush=True);sys.stdin.read()",
             str(own.folder / "jinlin.sqlite")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert holder.stdout.readline() == b"held\n"
        answer = report(own.url, str(uuid.uuid4()))
        holder.communicate()
    else:
        own.server("stop")
        answer = report(own.url, str(uuid.uuid4()))
        assert requests.get(own.url + "/readyz", timeout=30).status_code == 503
        own.server("start")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Retry-After" in answer.headers
    deadline = time.monotonic() + 60
    while report(own.url, str(uuid.uuid4())).status_code != 201:
        assert time.monotonic() < deadline, "it did not recover without a restart"


def test_a_changed_byte_in_the_audit_log_is_found(own, engine):
    report_count = 5
    own.start("--no-limits")
    report.grid = a_grid(own.url)
    for _ in range(report_count):
        assert report(own.url, str(uuid.uuid4())).status_code == 201
    deadline = time.monotonic() + 30
    while "0 not sealed" not in own.run("doctor").stdout:
        assert time.monotonic() < deadline, "the job never sealed the entries"
    own.stop()
    change = "UPDATE audit_entry SET act = 'matter.reporu' WHERE seq = (SELECT max(seq) - 2 FROM audit_entry WHERE act = 'matter.report')"
    if engine == "sqlite":
        script = (
            "import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);"
            "c.execute('DROP TRIGGER audit_entry_no_update');c.execute(sys.argv[2]);c.commit();print(c.total_changes)")
        done = subprocess.run(["python3", "-c", script, str(own.folder / "jinlin.sqlite"), change], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "1"
    else:
        subprocess.run(
            ["psql", own.database, "-qc", "ALTER TABLE audit_entry DISABLE TRIGGER USER", "-c", change, "-c", "ALTER TABLE audit_entry ENABLE TRIGGER USER"],
            check=True)
    found = own.run("doctor", check=False)
    assert found.returncode == 1
    assert "broken at entry" in found.stdout
