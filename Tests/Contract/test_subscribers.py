"""Messages that leave: signed webhooks, a WeCom group's robot, text messages; each against a stand-in here that checks what the real one documents."""

import hashlib
import hmac
import http.server
import json
import queue
import re
import threading
import uuid

import pytest
import requests
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from ground import anping, chunhui, named

WORDS = "门口的灯坏了，找王某某"


class StandIn:
    """A receiver on 127.0.0.1. `judge` looks at a request and gives a status and a body; everything that came is in `came`."""

    def __init__(self, judge):
        came = self.came = queue.Queue()
        seen = self.seen = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                request = {"path": self.path, "headers": dict(self.headers), "body": body}
                status, answer = judge(request)
                request["status"] = status
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
                seen.append(request)
                came.put(request)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next(self, wanted=lambda request: True):
        while True:
            request = self.came.get(timeout=90)
            if wanted(request):
                return request

    def close(self):
        self.server.shutdown()


@pytest.fixture
def stand_in():
    made = []

    def start(judge):
        made.append(StandIn(judge))
        return made[-1]

    yield start
    for each in made:
        each.close()


def settle(town):
    """Waits until the running server knows as many subscribers to be on as there are."""
    for _ in range(600):
        on = sum(line.split("\t")[2] == "on" for line in town.run("subscriber", "list").stdout.splitlines())
        known = re.search(r"^jinlin_subscribers_on (\d+)$", requests.get(town.url + "/metrics", timeout=30).text, re.MULTILINE)
        if known and int(known[1]) == on:
            return
    raise AssertionError("the server does not know its subscribers")


@pytest.fixture
def subscriber(town):
    """Adds subscribers by the command line; they are off again when the test is over."""
    made = []

    def add(*command):
        line = town.run("subscriber", *command).stdout.strip().split("\t")
        made.append(line[0])
        settle(town)
        return line

    yield add
    for each in made:
        town.run("subscriber", "off", each)
    settle(town)


def report(town, grid, **more):
    body = {"category": "0101", "words": WORDS, "grid": grid["id"], "phone": "13905956666", "name": "王某某", **more}
    answer = requests.post(town.url + "/api/v1/matters", json=body, timeout=30)
    assert answer.status_code == 201, answer.text
    return answer.json()


def restricted(town):
    categories = requests.get(town.url + "/api/v1/categories", timeout=30).json()["categories"]
    return next(part["code"] for part in categories if part["restricted"] and not part["retired"])


def told(matter):
    return lambda request: matter["id"] in request["body"].decode()


def test_a_webhook_is_signed_so_that_others_can_check_it(town, stand_in, subscriber):
    ear = stand_in(lambda request: (204, b""))
    _, secret = subscriber("add-webhook", "county", "--url", ear.url + "/hook?x=1", "--topic", "matter.reported")
    hidden = report(town, chunhui(town), category=restricted(town))
    matter = report(town, chunhui(town))
    request = ear.next(told(matter))
    assert request["path"] == "/hook?x=1"
    assert hidden["id"] not in [json.loads(each["body"])["data"]["id"] for each in ear.seen]
    body = Webhook(secret).verify(request["body"], request["headers"])
    assert body["type"] == "matter.reported" and body["data"]["id"] == matter["id"] and body["data"]["number"] == matter["number"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", body["timestamp"])
    assert WORDS not in request["body"].decode() and "13905956666" not in request["body"].decode()
    for altered in ({**request["headers"], "webhook-timestamp": str(int(request["headers"]["webhook-timestamp"]) + 1)}, {**request["headers"], "webhook-id": "x"}):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(request["body"], altered)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(request["body"] + b" ", request["headers"])


def test_a_receiver_that_was_down_gets_it_later_and_others_at_once(town, stand_in, subscriber):
    refusals = [500]
    broken = stand_in(lambda request: (refusals.pop(), b"") if refusals else (200, b""))
    well = stand_in(lambda request: (200, b""))
    subscriber("add-webhook", "broken", "--url", broken.url)
    subscriber("add-webhook", "well", "--url", well.url)
    matter = report(town, chunhui(town))
    first = broken.next(told(matter))
    assert first["status"] == 500
    assert well.next(told(matter))["status"] == 200
    second = broken.next(told(matter))
    assert second["status"] == 200 and second["headers"]["webhook-id"] == first["headers"]["webhook-id"] and second["body"] == first["body"]


def test_the_operator_adds_switches_and_sends_again(town, stand_in):
    ear = stand_in(lambda request: (200, b""))
    operator = town.signed_in("operator")
    fields = {"name": "县里的平台", "kind": "webhook", "url": ear.url + "/very-secret-path", "topic": "matter.reported", "request": str(uuid.uuid4())}

    def submit(path, fields):
        return operator.submit(path, fields, token=operator.token("/account/password"))

    made = submit("/integrations/new", fields)
    assert made.status_code == 200, made.text
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", made.text)[0]
    page = re.search(r'action="(/integrations/[0-9a-f-]{36})/changes"', made.text)[1]
    settle(town)
    shown = operator.open(page).text
    assert "whsec_" not in shown and "very-secret-path" not in shown and "127.0.0.1" in shown
    matter = report(town, chunhui(town))
    first = ear.next(told(matter))
    Webhook(secret).verify(first["body"], first["headers"])
    # Off: nothing. Then on, and the missed one is sent again with the day.
    assert submit(page + "/changes", {"change": "off"}).status_code == 303
    missed = report(town, chunhui(town))
    renewed = submit(page + "/changes", {"change": "secret"})
    new_secret = re.search(r"whsec_[A-Za-z0-9+/=]+", renewed.text)[0]
    assert new_secret != secret
    assert submit(page + "/changes", {"change": "on"}).status_code == 303
    day = re.search(r'name="to" value="([0-9-]+)"', operator.open(page).text)[1]
    assert submit(page + "/replays", {"from": day, "to": day}).status_code == 303
    again = ear.next(told(missed))
    Webhook(new_secret).verify(again["body"], again["headers"])
    assert submit(page + "/replays", {"from": day, "to": "2026-01-01"}).status_code == 422
    # One message by its id.
    dispatch = re.search(r'name="dispatch" value="([0-9a-f-]{36})"', operator.open(page).text)[1]
    while not ear.came.empty():
        ear.came.get()
    assert submit(page + "/replays", {"dispatch": dispatch}).status_code == 303
    assert ear.next()["headers"]["webhook-id"] == dispatch
    for wrong in ({"url": "javascript:alert(1)"}, {"name": ""}, {"kind": "owl"}, {"topic": "matter.sung"}, {"grid": "1"}):
        answer = submit("/integrations/new", {**fields, "request": str(uuid.uuid4()), **wrong})
        assert answer.status_code == 422, wrong
    assert submit(page + "/changes", {"change": "off"}).status_code == 303
    # Nobody else.
    for login in ("town", "chief", "auditor"):
        assert town.signed_in(login).open("/integrations").status_code == 403


def test_a_wecom_group_hears_of_new_matters_in_its_grid(town, stand_in, subscriber):
    """The robot's rules: POST JSON with msgtype, Markdown of at most 4,096 bytes; 200 whatever happens, errcode says what."""

    def judge(request):
        message = json.loads(request["body"])
        good = (
            request["path"] == "/cgi-bin/webhook/send?key=k-1" and request["headers"]["Content-Type"].startswith("application/json")
            and set(message) == {"msgtype", "markdown"} and message["msgtype"] == "markdown" and 0 < len(message["markdown"]["content"].encode()) <= 4096)
        return 200, json.dumps({"errcode": 0 if good else 40058, "errmsg": "ok" if good else "invalid"}).encode()

    robot = stand_in(judge)
    identifier = subscriber("add-wecom", "安平网格群", "--url", robot.url + "/cgi-bin/webhook/send?key=k-1", "--grid", anping(town)["code"])[0]
    elsewhere = report(town, named(town, "瑶前", 1))
    hidden = report(town, chunhui(town), category=restricted(town))
    here = report(town, chunhui(town))
    number = lambda matter: " ".join(re.findall("....", matter["number"]))  # noqa: E731
    request = robot.next()
    content = json.loads(request["body"])["markdown"]["content"]
    assert number(here) in content and "春晖小区" in content and "路灯" in content
    assert WORDS not in content and "王某某" not in content and "13905956666" not in content
    assert robot.came.empty() and number(elsewhere) not in content and number(hidden) not in content
    listed = [line.split("\t") for line in town.run("subscriber", "list").stdout.splitlines()]
    assert [line[1:5] for line in listed if line[0] == identifier] == [["wecom", "on", "0 waiting", "0 given up"]]


def test_a_reporter_who_agreed_gets_a_text_message(town, stand_in, subscriber, tmp_path):
    key = "sms-key"

    def judge(request):
        message = json.loads(request["body"])
        signed = hmac.new(key.encode(), f"{message['mobile']}|{request['headers']['X-Time']}".encode(), hashlib.sha256).hexdigest()
        good = request["headers"]["X-Sign"] == signed and re.fullmatch(r"1[3-9]\d{9}", message["mobile"]) and len(message["content"]) <= 500
        return 200, b'{"code":0}' if good else b'{"code":7}'

    gateway = stand_in(judge)
    settings = tmp_path / "gateway.json"
    settings.write_text(json.dumps({
        "method": "POST", "url": gateway.url + "/send", "headers": [["Content-Type", "application/json"], ["X-Time", "{time}"], ["X-Sign", "{sign}"]],
        "body": '{"mobile":"{phone}","content":"{text}"}', "secret": key, "signed": "{phone}|{time}", "success": '"code":0'}))
    visitor = town.browser()
    assert 'name="tell"' not in visitor.open("/report").text
    subscriber("add-sms", "短信网关", str(settings))
    assert 'name="tell"' in visitor.open("/report").text

    def sent(phone, **more):
        answer = visitor.report({
            "category": "0101", "words": WORDS, "grid": chunhui(town)["code"], "phone": phone, "request": str(uuid.uuid4()), **more})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"].rsplit("/", 1)[1]

    silent, agreed = sent("13905951111"), sent("13905952222", tell="1")
    chief = town.signed_in("chief")
    for number in (silent, agreed):
        listed = chief.open("/api/v1/matters?limit=100").json()["matters"]
        matter = next(part for part in listed if part["number"] == number)
        path = f"{town.url}/api/v1/matters/{matter['id']}/site-checks"
        token = {"X-CSRF-Token": chief.token("/account/password")}
        answer = chief.post(path, json={"version": matter["version"], "finding": "solved-on-spot", "reply": "换好了"}, headers=token, timeout=30)
        assert answer.status_code in (200, 201), answer.text
    message = json.loads(gateway.next()["body"])
    assert message["mobile"] == "13905952222" and " ".join(re.findall("....", agreed)) in message["content"] and "安海镇" in message["content"]
    assert WORDS not in message["content"] and gateway.came.empty()
    # The code that only the reporter was told makes their yes the follow-up; a wrong one is told.
    code = re.search(r"评价码 (\d{6})", message["content"])[1]
    rating = f"{town.url}/api/v1/public/matters/{agreed}/ratings"
    wrong = visitor.post(rating, json={"satisfied": True, "stars": 5, "code": str((int(code) + 1) % 10**6).zfill(6)}, timeout=30)
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["pointer"] == "/code", wrong.text
    rated = visitor.post(rating, json={"satisfied": True, "stars": 5, "code": code}, timeout=30)
    assert rated.status_code == 201, rated.text
    assert visitor.open(f"/api/v1/public/matters/{agreed}").json()["stage"] == "closed"
