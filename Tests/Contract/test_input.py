"""Whatever is sent, the answer is a clear no in words, quickly, and never a 5xx (RFC 9457)."""

import http.client
import pathlib
import re
import time
import uuid

import pytest
import requests

import pictures
from ground import chunhui
from installation import Jinlin

NUL, FOUR_BYTES = "路灯\0坏了", "路灯坏了 🏮𠮷"
# Forms: who may send them, with what.
FORMS = {
    "/report": (None, {"category": "0101", "words": "巷口的灯坏了"}),
    "/office/matters/new": ("worker", {"category": "0101", "words": "巷口的灯坏了", "channel": "phone"}),
    "/office/matters/chat": ("worker", {"text": "林姐：路灯坏了三天"}),
    "/sign-in": (None, {"login": "nobody", "password": "wrong"}),
    "/accounts/new": ("operator", {"login": "new-clerk", "name": "林某", "role": "auditor"}),
    "/account/password": ("chief", {"old": "x", "new": "y"}),
}


def is_problem(answer, status=None):
    """A valid problem document whose faults point at members."""
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json", answer.text[:200]
    document = answer.json()
    assert {"type", "title", "status", "detail"} <= set(document)
    assert document["status"] == answer.status_code and document["type"].startswith("urn:jinlin:problem:")
    if status:
        assert answer.status_code == status, document
    for fault in document.get("errors", []):
        assert set(fault) == {"pointer", "code", "detail"}
        assert fault["pointer"] == "" or fault["pointer"].startswith("/")
        assert fault["detail"] and not re.fullmatch(r"[a-z.-]+", fault["detail"]), "a fault without words"
    return document


@pytest.fixture(scope="session")
def people(town):
    return {login: town.signed_in(login) for login in ("town", "chief", "worker", "worker-yaoqian", "operator", "police")} | {None: town.browser()}


@pytest.fixture(scope="session")
def operations(town):
    document = requests.get(town.url + "/api/openapi.json", timeout=30).json()
    return [(method.upper(), path, operation) for path, methods in document["paths"].items() for method, operation in methods.items()]


@pytest.fixture(scope="session")
def estate(town):
    return chunhui(town)["id"]


def call(person, method, url, **options):
    headers = {"X-CSRF-Token": person.token("/account/password"), **options.pop("headers", {})}
    return person.request(method, url, headers=headers, timeout=60, allow_redirects=False, **options)


def report(town, body, **headers):
    return requests.post(town.url + "/api/v1/matters", json=body, headers=headers, timeout=60)


def who(people, path):
    """Whoever such a route is for."""
    if path.startswith(("/accounts", "/integrations")):
        return people["operator"]
    return people["police" if path.startswith("/api/v1/unit-requests") else "town"]


def fill(path, value):
    return re.sub(r"\{[a-z]+\}", value, path)


# MARK: The API

BROKEN = [b"", b"{", b"[]", b"null", b'"text"', b"123", b"{}", b'{"category": 5}', b"\xff\xfe", b'{"category": "0101", "words": "\xed\xa0\x80"}',
          b"[" * 50_000, b'{"words": "\\ud800"}', b'{"version": 1e400}', b'{"category": null, "words": null}']


def test_broken_bodies_are_refused_on_every_route(town, people, operations):
    unknown = str(uuid.uuid4())
    for method, path, operation in operations:
        # Those that take forms have a protocol of their own, and tests of their own.
        if "application/json" not in operation.get("requestBody", {}).get("content", {}):
            continue
        for body in BROKEN:
            answer = call(who(people, path), method, town.url + fill(path, unknown), data=body, headers={"Content-Type": "application/json"})
            assert answer.status_code in (400, 404, 422), (path, body[:40], answer.status_code, answer.text[:200])
            is_problem(answer)
        for kind in ("text/plain", "application/xml", "multipart/form-data", ""):
            answer = call(who(people, path), method, town.url + fill(path, unknown), data=b"{}", headers={"Content-Type": kind})
            assert answer.status_code == 415, (path, kind, answer.status_code)
            is_problem(answer)


def test_all_faults_are_told_at_once_each_with_its_member(town):
    answer = report(town, {"category": "9999", "words": " ", "phone": "12", "grid": "nowhere"})
    faults = {fault["pointer"] for fault in is_problem(answer, 422)["errors"]}
    assert {"/category", "/words", "/phone", "/grid"} <= faults


def test_wrong_methods_name_the_right_ones(town, operations):
    known = {}
    for method, path, _ in operations:
        known.setdefault(path, set()).add(method)
    known |= {"/report": {"GET", "POST"}, "/track": {"GET"}, "/sign-out": {"POST"}, "/healthz": {"GET"}, "/office/matters": {"GET"}}
    for path, methods in known.items():
        for method in {"GET", "POST", "PUT", "DELETE"} - methods:
            answer = requests.request(method, town.url + fill(path, "x"), timeout=30, allow_redirects=False)
            assert answer.status_code == 405, (method, path, answer.status_code)
            assert methods <= set(answer.headers["Allow"].split(", "))
        for method in ("PATCH", "PROPFIND", "BREW"):
            answer = requests.request(method, town.url + fill(path, "x"), timeout=30, allow_redirects=False)
            assert 400 <= answer.status_code < 500 or answer.status_code == 501, (method, path, answer.status_code)


IDS = ["x", "0", "-1", "1e9", "null", str(uuid.uuid4()), str(uuid.uuid4()).upper(), "%00", "%F0%9F%8F%AE", "%ff", "a" * 5000, "..%2f..%2fetc%2fpasswd", "'%20OR%201=1--",
       "%3Cscript%3E", "{matter}", "000000000000", "123456789012"]


def test_unknown_ids_are_nothing_on_every_route(town, people, operations):
    paths = {path for method, path, _ in operations if method == "GET" and "{" in path} | {
        "/m/{number}", "/reported/{number}", "/photos/{photo}", "/places/{grid}", "/office/grids/{grid}", "/office/matters/{matter}",
        "/office/grids/{grid}/edit", "/office/grids/{grid}/posts", "/office/posts/{post}/ending", "/accounts/{account}", "/integrations/{subscriber}", "/assets/{version}/{name}"}
    for path in sorted(paths):
        person = who(people, path)
        for value in IDS:
            answer = person.open(fill(path, value))
            assert answer.status_code in (400, 404, 414, 422, 431), (path, value[:40], answer.status_code)
            if path.startswith("/api/"):
                is_problem(answer)


@pytest.mark.parametrize("path", [
    "/../../../etc/passwd", "/assets/x/../../../../etc/passwd", "/assets/x/..%2f..%2f..%2fetc%2fpasswd", "/photos/..%2f..%2fjinlin.sqlite",
    "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../jinlin.sqlite", "/..\\..\\windows", "/api/v1/../../etc/passwd", "/assets/x/%00"])
def test_no_path_leads_out(town, path):
    connection = http.client.HTTPConnection("127.0.0.1", town.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status in (301, 303, 400, 404), answer.status
    assert b"root:" not in body and b"SQLite format" not in body


@pytest.mark.parametrize("query", ["number=%", "number=%ff", "number=%00", "number=" + "9" * 20_000, "&" * 20_000, "x=1&" * 3000, "number=🏮"])
def test_broken_queries(town, query):
    answer = requests.get(f"{town.url}/track?{query}", timeout=30, allow_redirects=False)
    assert answer.status_code < 500


@pytest.mark.parametrize("lon, lat, crs", [
    ("nan", "24.7", "wgs84"), ("inf", "24.7", "wgs84"), ("181", "24.7", "wgs84"), ("118.4", "-91", "wgs84"), ("", "", "wgs84"), ("118,4", "24.7", "wgs84"),
    ("118.4", "24.7", "mars"), ("1e308", "1e308", "gcj02"), ("east", "north", "bd09")])
def test_points_that_are_none(town, lon, lat, crs):
    answer = requests.get(town.url + "/api/v1/locations", params={"lon": lon, "lat": lat, "crs": crs}, timeout=30)
    assert is_problem(answer, 422)["errors"]


# MARK: Large bodies

def resident(town):
    """The server's memory in MB."""
    status = pathlib.Path(f"/proc/{town.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


@pytest.mark.parametrize("path", ["/api/v1/matters", "/report", "/sign-in", "/preferences"])
@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_a_hundred_megabytes_are_refused_fast(town, path, announced):
    before, began = resident(town), time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", town.port, timeout=30)
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", "application/json" if path.startswith("/api") else "multipart/form-data; boundary=b")
    block, size = b"a" * 65_536, 100 << 20
    connection.putheader(*(("Content-Length", str(size)) if announced else ("Transfer-Encoding", "chunked")))
    sent = 0
    try:
        connection.endheaders()
        while sent < size:
            connection.send(block if announced else b"%x\r\n%s\r\n" % (len(block), block))
            sent += len(block)
        if not announced:
            connection.send(b"0\r\n\r\n")
    except (BrokenPipeError, ConnectionResetError):
        pass
    try:
        answer = connection.getresponse()
        assert answer.status == 413
    except (ConnectionResetError, BrokenPipeError, http.client.RemoteDisconnected):
        # It hung up while we were still sending, so its answer was lost on the way.
        assert sent < size
    assert time.monotonic() - began < 20
    assert resident(town) - before < 150
    assert requests.get(town.url + "/healthz", timeout=30).status_code == 200


def test_a_megabyte_of_words_is_refused_and_kept_within_reason(town, people, estate):
    words = ("第几行都一样长的话" * 230 + "\n") * 50
    assert len(words.encode()) > 100_000
    answer = report(town, {"category": "0101", "words": words, "grid": estate})
    # The API's body is at most 64 KiB.
    is_problem(answer, 413)
    answer = report(town, {"category": "0101", "words": words[:8_000], "grid": estate})
    assert [fault["pointer"] for fault in is_problem(answer, 422)["errors"]] == ["/words"]
    page = people[None].submit("/report", {"category": "0101", "words": words, "grid": estate})
    assert page.status_code == 422
    assert words.strip()[:200] in page.text, "what was pasted is still there"


# MARK: Texts

def test_script_in_words_is_shown_not_run(town, people, estate):
    words = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{words}}[[web.all]]"
    made = report(town, {"category": "0101", "words": words, "grid": estate, "name": words[:25], "spot": "<b>here</b>"})
    assert made.status_code == 201, made.text
    for person, path in [("town", f"/office/matters/{made.json()['id']}"), ("town", "/office/matters?text=onerror"), (None, f"/m/{made.json()['number']}"), (None, "/")]:
        page = people[person].open(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "<img src=x" not in page.text and "<b>here" not in page.text
    shown = people["town"].open(f"/office/matters/{made.json()['id']}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "{{words}}[[web.all]]" in shown.replace("&#x27;", "'"), "a reporter's braces are not ours"


def test_every_letter_survives_and_nul_does_not_break(town, people, estate):
    made = report(town, {"category": "0101", "words": FOUR_BYTES, "grid": estate})
    assert made.status_code == 201
    told = people["town"].open(f"/api/v1/matters/{made.json()['id']}").json()
    assert told["matter"]["words"] == FOUR_BYTES
    answer = report(town, {"category": "0101", "words": NUL, "grid": estate})
    if answer.status_code == 201:
        told = people["town"].open(f"/api/v1/matters/{answer.json()['id']}").json()
        assert told["matter"]["words"].replace("\0", "") == NUL.replace("\0", "")
    else:
        assert is_problem(answer, 422)["errors"][0]["pointer"] == "/words"
    for text in (NUL, FOUR_BYTES, "%", "_", "'; DROP TABLE matter; --", "\\", "ＡＢＣ" * 30):
        assert people["town"].open("/office/matters", params={"text": text}).status_code == 200
        assert people["town"].open("/api/v1/matters", params={"text": text}).status_code in (200, 422)


def test_forms_keep_their_words_beside_the_fault(people):
    page = people[None].submit("/report", {"category": "", "words": "我说的\"话\"<还在>", "phone": "12", "village": "nowhere", "spot": "三里巷"})
    assert page.status_code == 422
    assert "我说的&quot;话&quot;&lt;还在&gt;" in page.text.replace("&#34;", "&quot;")
    for field in ("category", "phone", "place"):
        assert re.search(rf'<(div|fieldset) class="field[^"]* wrong"[^>]*>(?:(?!</\1>).)*class="fault"', page.text, re.S)
        assert f'href="#{field}"' in page.text, field
    assert 'value="三里巷"' in page.text


@pytest.mark.parametrize("path", FORMS)
def test_forms_take_no_rubbish(town, people, path):
    login, fields = FORMS[path]
    person = people[login]
    token = person.token(path)
    for body, kind in [
        (b"", "application/x-www-form-urlencoded"), (b"%", "application/x-www-form-urlencoded"), (b"\xff\xfe=\xff", "application/x-www-form-urlencoded"),
        (b"csrf=" + token.encode() + b"&words=%00%ff", "application/x-www-form-urlencoded"), (b"{}", "application/json"), (b"x", "text/plain"),
        (b"x", "multipart/form-data"), (b"--b\r\n\r\n", "multipart/form-data; boundary=b"), (b"--b--\r\n", "multipart/form-data; boundary=b"),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b"), (b"x", "multipart/form-data; boundary=" + "b" * 300),
        (b"a=1&" * 2000, "application/x-www-form-urlencoded"), (b"x", ""),
    ]:
        answer = person.post(town.url + path, data=body, headers={"Content-Type": kind}, timeout=30, allow_redirects=False)
        assert answer.status_code in (400, 403, 413, 415, 422), (body[:30], kind, answer.status_code)
        assert "<h1" in answer.text
    for broken in ({name: value + "\0" for name, value in fields.items()}, {name: value * 400 for name, value in fields.items()},
                   {name: "" for name in fields}, {}, {name: FOUR_BYTES for name in fields}):
        answer = person.submit(path, broken, token=token)
        assert answer.status_code < 500, (path, broken)


# MARK: Who asks

@pytest.mark.parametrize("path", FORMS)
def test_a_form_without_its_token_is_refused(town, people, path):
    login, fields = FORMS[path]
    for token in ("", "wrong", people["town"].token() if login != "town" else "x", None):
        sent = {**fields, **({"csrf": token} if token is not None else {})}
        answer = people[login].post(town.url + path, data=sent, timeout=30, allow_redirects=False)
        assert answer.status_code == 403, (token, answer.status_code)


def test_a_session_without_the_token_writes_nothing_by_the_api(town, people, estate):
    answer = people["worker"].post(town.url + "/api/v1/matters", json={"category": "0101", "words": "灯", "grid": estate}, timeout=30)
    is_problem(answer, 403)


@pytest.mark.parametrize("cookie", ["", "x", "a" * 4000, "\"quoted\"", "%00", "🏮".encode().decode("latin-1"), str(uuid.uuid4()), "../../x", "A" * 43])
def test_a_garbage_session_is_nobody(town, cookie):
    headers = {"Cookie": f"jl_session={cookie}; jl_lang=xx; jl_theme=<>; jl_elder=9; jl_flash=<script>; jl_visitor={cookie}"}
    page = requests.get(town.url + "/office", headers=headers, timeout=30, allow_redirects=False)
    assert page.status_code == 303 and page.headers["location"].startswith("/sign-in")
    page = requests.get(town.url + "/", headers=headers, timeout=30)
    assert page.status_code == 200 and "<script>alert" not in page.text and 'data-theme="<' not in page.text
    is_problem(requests.get(town.url + "/api/v1/matters", headers=headers, timeout=30), 401)
    is_problem(requests.get(town.url + "/api/v1/matters", headers={"Authorization": f"Bearer {uuid.uuid4()}"}, timeout=30), 401)


def test_a_signed_out_session_is_nobody(town):
    person = town.signed_in("chief")
    kept = person.cookies.get("jl_session")
    assert person.open("/office/matters").status_code == 200
    assert person.submit("/sign-out", token=person.token("/account/password")).status_code == 303
    page = requests.get(town.url + "/office/matters", headers={"Cookie": f"jl_session={kept}"}, timeout=30, allow_redirects=False)
    assert page.status_code == 303


def test_an_expired_session_is_nobody(town):
    person = town.signed_in("chief-qianpu")
    assert person.open("/office/matters").status_code == 200
    # Office sessions end after some idle minutes; a year will do.
    year = 366 * 86_400_000
    account = "(SELECT id FROM account WHERE login = 'chief-qianpu')"
    assert town.sql(f"UPDATE session SET created_at = created_at - {year}, last_seen_at = last_seen_at - {year} WHERE account_id = {account}") >= 1
    page = person.open("/office/matters")
    assert page.status_code == 303 and page.headers["location"].startswith("/sign-in")
    is_problem(person.open("/api/v1/matters"), 401)


@pytest.mark.parametrize("target", ["https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)", "\r\nSet-Cookie: x=1", "///x"])
def test_no_redirect_leads_away(people, target):
    answer = people[None].submit("/preferences", {"language": "en", "back": target})
    assert answer.status_code in (303, 400, 422)
    location = answer.headers.get("location", "/")
    assert location.startswith("/") and not location.startswith(("//", "/\\")), location
    assert "x" not in answer.cookies


# MARK: Retries

def test_a_replayed_report_is_one_report(town, estate):
    key, body = str(uuid.uuid4()), {"category": "0101", "words": "巷口的灯坏了", "grid": estate}
    first = report(town, body, **{"Idempotency-Key": key})
    again = report(town, body, **{"Idempotency-Key": key})
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    other = report(town, {**body, "words": "别的事"}, **{"Idempotency-Key": key})
    is_problem(other, 409)
    for key in ("", "x" * 5000, "<>", "%00"):
        assert report(town, body, **{"Idempotency-Key": key}).status_code in (201, 400, 409, 422, 431)


def test_a_form_sent_twice_is_one_report(people, estate):
    fields = {"category": "0101", "words": "点了两下", "grid": estate, "request": str(uuid.uuid4())}
    first, second = people[None].report(fields), people[None].report(fields)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]


# MARK: Photos

@pytest.mark.parametrize("name, content, kind", [
    ("x.jpg", pictures.SCRIPT, "image/jpeg"), ("x.svg", pictures.SVG, "image/svg+xml"), ("x.png", pictures.SVG, "image/png"),
    ("x.zip", pictures.zipped(), "image/png"), ("x.png", pictures.bomb(), "image/png"), ("x.png", pictures.png()[:40], "image/png"),
    ("x.gif", b"GIF89a" + b"\1\0\1\0\x80\0\0" + b"\0" * 20, "image/gif"), ("../../x.png", b"%PDF-1.4", "image/png"), ("x.png", b"\0", "image/png")],
    ids=["script", "svg", "svg-as-png", "zip", "bomb", "cut", "gif", "pdf", "nul"])
def test_what_is_no_photo_is_refused_beside_its_field(town, people, estate, name, content, kind):
    before = resident(town)
    page = people[None].submit(
        "/report", {"category": "0101", "words": "带着怪照片", "grid": estate}, files={"photos": (name, content, kind)})
    assert page.status_code == 422, page.status_code
    assert "带着怪照片" in page.text and 'href="#photos"' in page.text
    assert resident(town) - before < 300


def test_four_photos_are_one_too_many(people, estate):
    photos = [("photos", (f"{index}.png", pictures.png(), "image/png")) for index in range(4)]
    assert people[None].submit("/report", {"category": "0101", "words": "四张", "grid": estate}, files=photos).status_code == 422


def test_a_photo_is_for_those_who_may_see_the_matter(town, people, estate):
    photo = pictures.png()
    made = people[None].report({"category": "0101", "words": "只给安平的人看的照片", "grid": estate}, files={"photos": ("C:\\<b>.png", photo, "image/png")})
    assert made.status_code == 303, made.text
    listed = people["town"].open("/api/v1/matters", params={"text": "只给安平的人看的照片"}).json()["matters"]
    page = people["town"].open(f"/office/matters/{listed[0]['id']}")
    paths = set(re.findall(r"/photos/[0-9a-f-]{36}", page.text))
    assert len(paths) == 1
    path = paths.pop()
    for size in ("?size=full", "?size=thumb", "", "?size=../x"):
        for login in ("worker", "town"):
            answer = people[login].open(path + size)
            assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg"
            assert answer.content[:2] == b"\xff\xd8" and "private" in answer.headers["cache-control"]
            assert answer.headers["x-content-type-options"] == "nosniff"
        assert people["worker-yaoqian"].open(path + size).status_code == 404
        anonymous = requests.get(town.url + path + size, timeout=30, allow_redirects=False)
        assert anonymous.status_code in (303, 404)
    assert town.signed_in("chief").open(path).status_code == 200
    assert people["worker-yaoqian"].open(f"/office/matters/{listed[0]['id']}").status_code == 404
    assert path not in people[None].open(made.headers["location"].replace("/reported/", "/m/")).text
    assert people["operator"].open(path).status_code in (403, 404), "an operator keeps the machine, not the matters"


# MARK: Floods

def test_a_flood_from_one_address_is_slowed_down(tmp_path, engine, town):
    """On a server of its own, over the same database: the shared one has its limits off."""
    second = Jinlin.beside(town, tmp_path)
    second.start()
    try:
        answers = []
        # A minute may turn in the middle, so there are enough for two.
        for _ in range(60):
            answers.append(requests.get(second.url + "/m/000000000000", timeout=30).status_code)
        for _ in range(70):
            answers.append(requests.get(second.url + "/m/000000000000", timeout=30).status_code)
            if answers[-1] == 429:
                break
        assert 429 in answers and answers[0] == 404
        limited = requests.get(second.url + "/m/000000000000", timeout=30)
        if limited.status_code == 429:
            assert 1 <= int(limited.headers["Retry-After"]) <= 60
        assert requests.get(second.url + "/", timeout=30).status_code == 200
    finally:
        second.stop()


def test_nothing_above_made_the_server_stumble(town):
    """No 5xx was counted and no error was logged by the shared server, whichever tests ran before."""
    metrics = requests.get(town.url + "/metrics", timeout=30).text
    failed = [line for line in metrics.splitlines() if re.search(r'status="5\d\d"', line) and not line.endswith(" 0")]
    assert failed == []
    assert " error " not in (town.folder / "server.log").read_text()
