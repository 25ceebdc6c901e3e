"""Finding people among two million, as the town's office, a village's chief and a grid's worker do it.

The people are made by this script, with the same keys the product makes (Sources/Registers/Rules/FindKeys.swift), because two million of
them through the product would take longer than the measurement is worth. Every question's answer is checked to be about whom it asked for.
"""

import hashlib
import hmac
import http.cookiejar
import itertools
import json
import os
import random
import re
import sqlite3
import subprocess
import time
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from .engine import output
from .server import Server
from .table import Table

PASSWORD = "Longan-Tree-1978"
SURNAMES = dict(zip("陈林黄许蔡吴王张李洪郑曾颜施庄苏杨柯高谢郭叶何周", "chen lin huang xu cai wu wang zhang li hong zheng zeng yan shi zhuang su yang ke gao xie guo ye he zhou".split()))
MIDDLES = dict(zip("志文家明建国美秀丽雅淑玉金水天永清少培思晓燕碧景", "zhi wen jia ming jian guo mei xiu li ya shu yu jin shui tian yong qing shao pei si xiao yan bi jing".split()))
ENDS = dict(zip("强伟华芳玲英珍辉煌龙彬鹏杰勇平安康宁娟萍琴珠云霞", "qiang wei hua fang ling ying zhen hui huang long bin peng jie yong ping an kang ning juan ping qin zhu yun xia".split()))
LANES = [a + b + "巷" for a in "平和永兴东西南北" for b in "安泰福寿康宁"]


class Marks:
    """The product's keyed hashes, from the installation's first key."""

    def __init__(self, folder: Path):
        key = bytes.fromhex((folder / "master.keys").read_text().split()[0].split(":")[1])
        prk = hmac.new(b"\0" * 32, key, hashlib.sha256).digest()
        self.key = hmac.new(prk, b"jinlin lookup\x01", hashlib.sha256).digest()

    def __call__(self, text: str, kind: str) -> str:
        return hmac.new(self.key, f"{kind}|{text}".encode(), hashlib.sha256).hexdigest()


def keys(name, sounds, phone, address, door, grid, marks, tails):
    found = {"e" + name, "g" + grid.replace("-", ""), "d" + door, "f" + marks(phone, "phone")[:24]}
    tail = phone[-4:]
    if tail not in tails:
        tails[tail] = "t" + marks(tail, "phone-tail")[:16]
    found.add(tails[tail])
    found |= {"n" + letter for letter in name} | {"n" + a + b for a, b in zip(name, name[1:])}
    found |= {"a" + a + b for a, b in zip(address, address[1:])}
    for start in range(len(sounds)):
        sound, initials = "", ""
        for syllable in sounds[start:]:
            sound, initials = sound + syllable, initials + syllable[0]
            found |= {"p" + sound, "i" + initials}
    return " ".join(sorted(found))


def people(count, grids, marks, seed=1):
    """(id, name, phone mark, household, grid, lane, door, keys, phone) of one after the other; three to a household."""
    chance, tails = random.Random(seed), {}
    surnames, weights = list(SURNAMES), [110, 80, 70, 60, 60, 50, 50, 45, 45, 40, 35, 35, 35, 25, 25, 25, 25, 22, 18, 16, 16, 14, 14, 14]
    household = None
    for number in range(count):
        if number % 3 == 0:
            household = (new_id(number, chance), chance.choice(grids), chance.choice(LANES), str(chance.randrange(1, 400)))
        parts = [chance.choices(surnames, weights)[0], chance.choice(list(MIDDLES)), chance.choice(list(ENDS))]
        sounds = [SURNAMES[parts[0]], MIDDLES[parts[1]], ENDS[parts[2]]]
        phone = f"154{chance.randrange(10**8):08}"
        home, grid, lane, door = household
        name = "".join(parts)
        yield new_id(number, chance), name, marks(phone, "phone"), home, grid, lane, door, keys(name, sounds, phone, lane, door, grid, marks, tails), phone


def new_id(number, chance):
    return str(uuid.UUID(int=(1_700_000_000_000 + number) << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62)))


def fill_sqlite(engine, town, grids, count, marks):
    connection = sqlite3.connect(engine.folder / "jinlin.sqlite", isolation_level=None)
    connection.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN")
    for part in parts(people(count, grids, marks), 20_000):
        homes = {row[3]: row for row in part}
        connection.executemany("INSERT OR IGNORE INTO household (town_id, id, grid_id, address_words, valid_from, lane, door) VALUES (?,?,?,?,'2020-01-01',?,?)",
                               [(town, home, row[4], f"{row[5]}{row[6]}号", row[5], row[6]) for home, row in homes.items()])
        connection.executemany("INSERT INTO person (town_id, id, name, phone_mark, created_at) VALUES (?,?,?,?,0)", [(town, row[0], row[1], row[2]) for row in part])
        connection.executemany("INSERT INTO residency (town_id, id, person_id, household_id, kind, valid_from) VALUES (?,?,?,?,'registered','2020-01-01')",
                               [(town, row[0], row[0], row[3]) for row in part])
        numbers = [int(uuid.UUID(row[0]).int >> 80) for row in part]
        connection.executemany("INSERT INTO person_find (town_id, number, person_id, keys) VALUES (?,?,?,?)", [(town, n, row[0], row[7]) for n, row in zip(numbers, part)])
        connection.executemany("INSERT INTO person_gram (rowid, grams) VALUES (?,?)", [(n, row[7]) for n, row in zip(numbers, part)])
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def parts(rows, size):
    while batch := list(itertools.islice(rows, size)):
        yield batch


def fill_postgres(engine, town, grids, count, marks):
    output("psql", "-qc", "DROP INDEX person_find_grams", engine.url)
    files = {name: (engine.folder / name).open("w") for name in ("household", "person", "residency", "person_find")}
    known = set()
    for row in people(count, grids, marks):
        if row[3] not in known:
            known = {row[3]}
            files["household"].write(f"{town}\t{row[3]}\t{row[4]}\t{row[5]}{row[6]}号\t2020-01-01\t{row[5]}\t{row[6]}\n")
        files["person"].write(f"{town}\t{row[0]}\t{row[1]}\t{row[2]}\t0\n")
        files["residency"].write(f"{town}\t{row[0]}\t{row[0]}\t{row[3]}\tregistered\t2020-01-01\n")
        files["person_find"].write(f"{town}\t{int(uuid.UUID(row[0]).int >> 80)}\t{row[0]}\t{row[7]}\n")
    columns = {
        "household": "town_id, id, grid_id, address_words, valid_from, lane, door", "person": "town_id, id, name, phone_mark, created_at",
        "residency": "town_id, id, person_id, household_id, kind, valid_from", "person_find": "town_id, number, person_id, grams",
    }
    for name in ("household", "person", "residency", "person_find"):
        files[name].close()
        output("psql", "-qc", f"\\copy {name} ({columns[name]}) FROM '{files[name].name}'", engine.url)
        os.remove(files[name].name)
    output("psql", "-qc", "CREATE INDEX person_find_grams ON person_find USING gin (grams)", engine.url)


def sign_in(base, login):
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(base + "/sign-in").read().decode()
    token = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    opener.open(base + "/sign-in", urllib.parse.urlencode({"csrf": token, "login": login, "password": PASSWORD}).encode()).read()
    return opener


def questions(sample, chance):
    """(kind, text)."""
    asked = []
    for row in sample:
        name, door, lane, phone = row[1], row[6], row[5], row[8]
        sounds = [SURNAMES[name[0]], MIDDLES[name[1]], ENDS[name[2]]]
        asked += [
            ("whole name", name), ("given name", name[1:]), ("surname", name[0]), ("initials", "".join(s[0] for s in sounds)),
            ("first two initials", sounds[0][0] + sounds[1][0]), ("full pinyin", "".join(sounds)), ("surname in pinyin", sounds[0]),
            ("unfinished pinyin", sounds[0] + sounds[1][:1]), ("phone tail", phone[-4:]), ("whole phone", phone), ("lane and door", f"{lane}{door}号"),
            ("door", door), ("name and door", f"{name} {door}"), ("initials and lane", "".join(s[0] for s in sounds) + " " + lane),
        ]
    chance.shuffle(asked)
    return asked


def ask(base, opener, asked):
    times = {}
    for kind, text in asked:
        begun = time.perf_counter()
        answer = json.loads(opener.open(f"{base}/api/v1/people?" + urllib.parse.urlencode({"q": text})).read())
        times.setdefault(kind, []).append(((time.perf_counter() - begun) * 1000, len(answer["people"])))
    return times


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def make(engine, jinlin: Path, count: int) -> None:
    """A town without residents of its own, and the people."""
    subprocess.run([jinlin, "demo", *engine.options, "--scale", "0"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={**os.environ, "JINLIN_DEMO_PASSWORD": PASSWORD})
    town, grids, marks = _ground(engine)
    (fill_postgres if engine.url else fill_sqlite)(engine, town, grids, count, marks)
    engine.settle()


def _ground(engine):
    return engine.rows("SELECT town_id FROM town")[0], engine.rows("SELECT id FROM grid WHERE level = 2 ORDER BY code"), Marks(engine.folder)


def measure(engine, jinlin: Path, count: int, log: Path, table: Table) -> None:
    _, grids, marks = _ground(engine)
    sample = random.Random(2).sample(list(itertools.islice(people(count, grids, marks), 20_000)), 15)
    with Server(jinlin, engine.options, log) as server:
        base = f"http://127.0.0.1:{server.port}"
        for login, reach in [("town", "the whole town"), ("chief", "one village"), ("worker", "one grid")]:
            opener = sign_in(base, login)
            asked = questions(sample, random.Random(3))
            ask(base, opener, asked[:30])
            times = ask(base, opener, asked)
            lost = [kind for kind, row in times.items() if min(found for _, found in row) == 0]
            if login == "town" and lost:
                raise SystemExit(f"bench: nobody was found by {', '.join(lost)}")
            everything = [taken for row in times.values() for taken, _ in row]
            slowest = max(times, key=lambda kind: quantile([taken for taken, _ in times[kind]], 0.95))
            table.add(
                f"finding somebody among {count:,} people in {reach}: p50 / p95 (aim 50 ms)",
                f"{quantile(everything, 0.5):.1f} / {quantile(everything, 0.95):.1f} ms",
                f"the slowest kind, {slowest}, {quantile([taken for taken, _ in times[slowest]], 0.95):.1f} ms", met=quantile(everything, 0.95) <= 50)
