"""Every page, as everybody who may open it: it works, it fits a phone, it is in one language, and everybody can use it."""

import datetime
import json
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from ground import anping, chunhui, grids
from installation import ROOT, Visitor
from pictures import png

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}, "resultTypes": ["violations"]}
CATALOGUES = list((ROOT / "Sources").glob("*/Strings/*.zh.json"))
KEY = re.compile(r"\b(web|matters|directory|identity|points|registers|imports|exports|integrations|open311|joint|routing|hotline|redact|ratings)\.[a-z0-9-]+\.[a-z]|\{[a-z]+\}|\[\[|\{\{")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# What a page says by itself, besides names and what people wrote.
CHROME = "button, summary:not(.tree *), legend, label, dt, thead th, .hint, .subtabs a, nav a, footer li a, .skip, .badge, .steps li"
# The text without what people wrote.
OURS = """main => {
    const found = [], walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.excerpt, .words, .said, .data, textarea')) found.push(walker.currentNode.data)
    return found.join('\\n')
}"""
# The same of parts of a page.
SAID = """list => list.map(e => {
    const copy = e.cloneNode(true)
    copy.querySelectorAll('.data, .words').forEach(part => part.remove())
    return copy.textContent
})"""
# Who opens what. {village}, {grid}, {estate}: grids of level 1 to 3; {matter}, {number}: a matter; {post}, {account}, {document}
# and what the registers and the points of 瑶前 hold: one of each.
PAGES = {
    None: [
        "/", "/villages", "/map", "/map?grid={village}", "/places/{village}", "/places/{village}/thanks", "/places/{grid}", "/places/{estate}", "/report",
        "/report?grid={grid}", "/report?grid=gone", "/complaints", "/track", "/reported/{number}", "/m/{number}", "/about", "/sign-in", "/documents/{document}",
        "/places/{yaoqian}/points",
    ],
    "town": [
        "/office", "/office/grids", "/office/map", "/office/map?grid={village}", "/office/checks", "/office/grids/{village}",
        "/office/grids/{grid}", "/office/grids/{estate}", "/office/grids/{grid}/edit", "/office/grids/{village}/children",
        "/office/grids/{village}/station", "/office/grids/{village}/profile", "/office/grids/{village}/figures", "/office/town", "/office/town/posts",
        "/office/villages/new", "/office/documents", "/office/documents/new", "/office/documents/{document}/editions", "/office/calendar",
        "/office/calendar?year=2027", "/office/grids/{grid}/posts", "/office/posts/{post}/ending", "/office/clocks", "/office/categories",
        "/office/posts/{post}/handover", "/office/handovers", "/office/handovers/{handover}", "/office/grids/{grid}/split",
        "/office/grids/{village}/split", "/office/grids/{grid}/merger", "/office/exports/properties", "/office/exports/units", "/office/exports/joint-tasks",
        "/office/exports/routing-rules", "/office/exports/purposes", "/office/exports/phrases", "/office/exports/imports", "/office/exports/area-imports",
        "/office/exports/samples", "/office/exports/stand-ins",
        "/office/categories?village={village}", "/office/categories/edit?code=0101", "/office/categories/edit",
        "/office/samples", "/office/thanks", "/office/thanks?tab=shown", "/office/thanks?tab=hidden",
        "/office/matters?tab=open&due=late&order=due", "/office/matters?tab=open&tier=small&hands=mine&channel=phone", "/office/matters/filters",
        "/office/phrases", "/office/phrases/edit", "/office/phrases/edit?code=check-seen", "/office/matters/print?tab=open", "/office/matters/{matter}/print",
        "/office/matters", "/office/matters?tab=handle", "/office/matters?tab=closed", "/office/matters/new", "/office/matters/chat", "/office/matters/{matter}",
        "/office/imports", "/office/imports/{brought}", "/office/imports/{judged}", "/office/exports/matters", "/office/exports/people",
        "/office/enterprises", "/office/purposes", "/office/duplicates", "/office/stand-ins", "/office/people/{person}",
        "/office/map?show=households", "/office/map?grid={village}&show=households", "/office/area-imports", "/office/area-imports/{areas}",
        "/office/grids/{grid}/area", "/office/grids/{village}/notice-boards",
        "/office/joint-tasks", "/office/joint-tasks/{refused}", "/office/joint-tasks/{done}", "/office/units", "/office/units/{unit}",
        "/office/matters/{matter}/joint-tasks", "/office/routing-rules", "/office/routing-rules?category=0101&grid={estate}&day=2026-03-02&time=23:00",
        "/office/routing-rules/edit", "/office/hotline", "/office/hotline?tab=answered", "/office/hotline/new", "/office/grids/{village}/codes", "/office/grids/{estate}/codes",
    ],
    "chief": [
        "/office/joint-tasks",
        "/office/clocks", "/office/categories", "/office/categories/edit?village={village}", "/office/phrases", "/office/matters/filters",
        "/office", "/office/grids", "/office/matters?tab=open", "/office/matters/{matter}", "/account", "/office/duplicates", "/office/stand-ins",
        "/office/organisations?skill=mediation", "/office/organisations/{organisation}", "/office/enterprises/{enterprise}",
        "/office/people/{person}",
    ],
    "worker": [
        "/office/calendar", "/office/matters/{matter}/joint-tasks", "/office/matters/{pictured}/photos/{photo}", "/office/matters/{pictured}", "/office/grids", "/office/matters", "/office/matters/new", "/office/matters/chat", "/office/matters/{matter}", "/account/password", "/office/households",
        "/office/households/new", "/office/households/{household}", "/office/households/{household}/edit",
        "/office/households/{household}/residents", "/office/people", "/office/people?q=chen", "/office/people/{person}",
        "/office/people/{person}/edit", "/office/care", "/office/enterprises", "/office/enterprises/new", "/office/organisations",
        "/office/properties", "/office/properties/new", "/office/properties/{property}", "/office/properties/{property}/edit",
    ],
    "chief-yaoqian": [
        "/office/points", "/office/points/{yaoqian}", "/office/points/{yaoqian}/households", "/office/points/rule-sets/{set}",
        "/office/points/rule-sets/{draft}", "/office/points/rounds/{round}", "/office/points/rounds/{open}",
        "/office/points/rounds/{open}/sheets/{target}", "/office/points/{yaoqian}/environment-days",
        "/office/points/environment-days/{environment}", "/office/points/households/{wallet}", "/office/exports/balances",
    ],
    "resident": ["/points"],
    "police": ["/unit/requests", "/unit/requests?tab=ended", "/unit/requests/{asked}", "/account"],
    "operator": ["/accounts", "/accounts/new", "/accounts/{account}", "/account", "/account/second-factor",
                 "/integrations", "/integrations/new", "/integrations/{subscriber}", "/office/exports/accounts", "/office/exports/subscribers"],
    "auditor": ["/audit", "/account", "/office/exports/audit"],
}
# The exchange, claims and the notice board of 瑶前.
MARKET = {
    "resident": ["/points/claims", "/points/claims/new", "/points/exchange", "/points/board"],
    "chief-yaoqian": [
        "/office/exchange", "/office/exchange?card={card}", "/office/exchange/redemptions/{redemption}", "/office/exchange/goods",
        "/office/exchange/goods/{good}", "/office/exchange/stock-takes", "/office/exchange/report", "/office/exchange/cards", "/office/claims",
        "/office/claims?stage=approved", "/office/claims/new", "/office/claims/new?card={card}", "/office/claims/{claim}", "/office/appeals",
        "/office/exposures",
    ],
}
PAGES = {login: PAGES.get(login, []) + MARKET.get(login, []) for login in [*PAGES, *MARKET]}
MISSING = [(None, "/no-such-page", 404), (None, "/track?number=1234", 422), ("worker", "/accounts", 403), ("town", "/office/grids/x", 404)]
ELDER = [
    ("resident", "/points"), ("resident", "/points/claims/new"), ("chief-yaoqian", "/office/exchange?card={card}"), (None, "/"), (None, "/report"),
    (None, "/m/{number}"), ("worker", "/office/matters/{matter}"), ("worker", "/office/households/{household}"), ("worker", "/office/people/{person}"),
]


@pytest.fixture(scope="session")
def names(town):
    """What the braces in PAGES stand for."""
    worker = town.signed_in("worker")
    key = "0197b5a0-0000-7000-8000-000000000bad"
    reported = worker.post(
        town.url + "/api/v1/matters", json={"category": "0101", "words": "巷口的灯坏了，晚上看不见路", "grid": chunhui(town)["id"], "phone": "13905951234"},
        headers={"Idempotency-Key": key, "X-CSRF-Token": worker.token("/account/password")}, timeout=30)
    assert reported.status_code == 201, reported.text
    office, operator = town.signed_in("town"), town.signed_in("operator")
    village, estate = anping(town), chunhui(town)
    # The posts of a grid are on its page; accounts are in the operator's list.
    post = next(
        match[1] for grid in grids(town)
        if (match := re.search(r"/office/posts/([0-9a-f-]{36})/ending", office.open(f"/office/grids/{grid['id']}").text)))
    document = re.search(r"/documents/([0-9a-f-]{36})", office.open("/office/documents").text)[1]
    account = re.search(r"/accounts/([0-9a-f-]{36})", operator.open("/accounts").text)[1]

    def one(visitor, page, kind):
        return re.search(rf"/office/{kind}/([0-9a-f-]{{36}})", visitor.open(page).text)[1]

    household = one(worker, "/office/households", "households")
    # Nobody listens at this address, so its messages wait.
    subscriber = town.run("subscriber", "add-webhook", "Elsewhere", "--url", "http://127.0.0.1:9/hook", "--topic", "matter.closed").stdout.split()[0]
    return brought(office, village) | {
        "subscriber": subscriber, "household": household, "person": one(worker, f"/office/households/{household}", "people"),
        "enterprise": one(office, f"/office/enterprises?grid={village['id']}", "enterprises"),
        "organisation": one(town.signed_in("chief"), "/office/organisations", "organisations"),
        "village": village["id"], "grid": estate["parent"], "estate": estate["id"], "matter": reported.json()["id"],
        "areas": boundaries(office, village), **joint(office), **photographed(town, worker),
        "handover": handed_over(office, estate), "property": entered(worker, estate),
        "number": reported.json()["number"], "post": post, "account": account, "document": document, **points(town), **market(town),
    }


def handed_over(office, grid):
    """A post of somebody new, handed to somebody else who is."""
    posts = f"/office/grids/{grid['id']}/posts"
    token = office.token(posts)
    for name, phone in [("林离任", "15400000001"), ("陈接手", "15400000002")]:
        office.submit(posts, {"post": "gridWorker", "person": name, "phone": phone, "from": "2024-01-01"}, token=token)
    card = office.open(f"/office/grids/{grid['id']}").text
    post = re.search(r"/office/posts/([0-9a-f-]{36})/handover", card[card.index("林离任"):])[1]
    answer = office.submit(
        f"/office/posts/{post}/handover", {"successor": "陈接手", "day": str(datetime.date.today()), "keys": "大门钥匙 2 把"}, token=token)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rsplit("/", 1)[1]


def photographed(town, worker):
    """A matter with a photo, one part of which has been painted over."""
    words = "带照片的页面测试"
    sent = Visitor(town.url).report(
        {"category": "0101", "words": words, "grid": chunhui(town)["id"]}, files={"photos": ("a.png", png(640, 480), "image/png")})
    assert sent.status_code == 303, sent.text
    matter = worker.open("/api/v1/matters", params={"text": words}).json()["matters"][0]["id"]
    photo = worker.open(f"/api/v1/matters/{matter}/photos").json()["photos"][0]["id"]
    page = f"/office/matters/{matter}/photos/{photo}"
    done = worker.submit(
        f"{page}/redactions", {"seen": "0", "box-left": "10", "box-top": "10", "box-width": "20", "box-height": "20", "fit": "yes", "step": "send"},
        token=worker.token(page))
    assert done.status_code == 303, done.text
    return {"pictured": matter, "photo": photo}


def joint(office):
    """The demo's joint tasks by their state, and one of its units."""
    tasks = {task["state"]: task["id"] for task in office.open("/api/v1/joint-tasks").json()["tasks"]}
    unit = re.search(r"/office/units/([0-9a-f-]{36})", office.open("/office/units").text)[1]
    return {"asked": tasks["asked"], "refused": tasks["refused"], "done": tasks["done"], "unit": unit}


def entered(worker, grid):
    answer = worker.submit(
        "/office/properties/new",
        {"grid": grid["id"], "address": "春晖小区88号楼", "kind": "house", "use": "whollyLet", "ownerKind": "person", "owner": "黄建国", "phone": "15412345678"},
        token=worker.token("/office/properties/new"))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rsplit("/", 1)[1]


def points(town):
    """What 瑶前 has of points: this week's round, an older one, a draft of rules beside what is in force."""
    chief = town.signed_in("chief-yaoqian")
    yaoqian = next(grid["id"] for grid in grids(town) if grid["code"].startswith("350582101221"))
    path = f"/office/points/{yaoqian}"
    token = chief.token("/account/password")
    chief.submit(f"{path}/rounds", {"week": str(datetime.date.today())}, token=token)
    draft = chief.submit(f"{path}/rule-sets", {"audience": "villagers"}, token=token)
    page = chief.open(path).text
    rounds = re.findall(r"/office/points/rounds/([0-9a-f-]{36})", page)
    sets = re.findall(r"/office/points/rule-sets/([0-9a-f-]{36})", page)
    drafted = draft.headers["Location"].rsplit("/", 1)[1]
    return {
        "yaoqian": yaoqian, "open": rounds[0], "round": rounds[1], "draft": drafted, "set": next(s for s in sets if s != drafted),
        "target": re.search(r"/sheets/([0-9a-f-]{36})", chief.open(f"/office/points/rounds/{rounds[0]}").text)[1],
        "environment": re.search(r"environment-days/([0-9a-f-]{36})", chief.open(f"{path}/environment-days").text)[1],
        "wallet": re.search(r"households/([0-9a-f-]{36})", chief.open(f"{path}/households").text)[1],
    }


def market(town):
    """Things of the exchange of 瑶前, as the pages of its chief link to them."""
    chief = town.signed_in("chief-yaoqian")

    def found(path, pattern):
        return re.search(pattern, chief.open(path).text)[1]

    card = re.search(r"\b(\d{4} \d{4} \d{4})\b", town.signed_in("resident").open("/points").text)[1].replace(" ", "")
    return {
        "card": card, "good": found("/office/exchange/goods", r"/office/exchange/goods/([0-9a-f-]{36})"),
        "redemption": found(f"/office/exchange?card={card}", r"/office/exchange/redemptions/([0-9a-f-]{36})"),
        "claim": found("/office/claims", r"/office/claims/([0-9a-f-]{36})"),
    }


def brought(office, village):
    """An import whose columns are still to be matched, and one that was judged."""
    token, ids = office.token("/office/imports"), []
    for number, text in enumerate(["村,网格名称\n安平,测试片区\n", "村,网格名称\n没有这个村,测试片区\n安平,\n"]):
        request = f"0197b5a0-0000-7000-8000-0000000000a{number}"
        sent = office.submit(
            "/office/imports", {"kind": "grids", "place": village["id"], "request": request}, files={"file": ("grids.csv", text.encode())}, token=token)
        assert sent.status_code == 303, sent.text
        ids.append(request)
    office.submit(
        f"/office/imports/{ids[1]}/mapping", {"sheet": "0", "name-0": "村", "column-0": "village", "name-1": "网格名称", "column-1": "name"}, token=token)
    deadline = time.monotonic() + 30
    while office.open(f"/api/v1/imports/{ids[1]}").json()["state"] != "checked" and time.monotonic() < deadline:
        time.sleep(0.1)
    return {"brought": ids[0], "judged": ids[1]}


def boundaries(office, village):
    """A file of boundaries on trial, one of which is for no grid and one of which crosses itself."""
    ring = [[118.47, 24.71], [118.48, 24.72], [118.48, 24.71], [118.47, 24.72], [118.47, 24.71]]
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code in (village["code"], "350582199999")]
    request = "0197b5a0-0000-7000-8000-0000000000af"
    sent = office.submit(
        "/office/area-imports", {"request": request},
        files={"file": ("b.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())}, token=office.token("/office/area-imports"))
    assert sent.status_code == 303, sent.text
    return request


@pytest.fixture(scope="session")
def place_names(town):
    """Longest first, so that no part of one is left over."""
    return sorted({grid[part] for grid in grids(town) for part in ("name", "responsibleUnit") if grid.get(part)}, key=len, reverse=True)


@pytest.fixture(scope="session")
def our_words():
    """The Chinese of the catalogues, as it stands between what is filled in."""
    assert len(CATALOGUES) >= 4
    words = set()
    for file in CATALOGUES:
        for text in json.loads(file.read_text()).values():
            words |= {part for part in CHINESE.findall(re.sub(r"\{[a-z-]+\}", " ", text)) if len(part) > 1}
    return words


@pytest.fixture(scope="session")
def browsers(chromium, town):
    """One page a person and language, whose session lasts for all tests."""
    opened = {}

    def page(login, locale):
        if (login, locale) not in opened:
            # Without motion, so that no colour is measured half-way.
            context = chromium.new_context(
                locale=locale, base_url=town.url, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
            if login:
                visitor = Visitor(town.url).sign_in(login)
                context.add_cookies([{"name": c.name, "value": c.value, "url": town.url} for c in visitor.cookies])
            opened[login, locale] = context.new_page()
            opened[login, locale].complaints = []
            watch(opened[login, locale])
        opened[login, locale].complaints.clear()
        return opened[login, locale]

    yield page
    for page in opened.values():
        page.context.close()


def watch(page):
    """Collects what the browser complains of: errors of scripts, of the content security policy, of anything it could not fetch."""
    page.on("console", lambda message: message.type in ("error", "warning") and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("requestfailed", lambda request: page.complaints.append(f"{request.url}: {request.failure}"))


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(v["id"], [node["html"][:160] for node in v["nodes"][:3]]) for v in found]


def too_wide(page):
    """What reaches beyond the screen's right edge."""
    return page.evaluate("""() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 120))]""")


def look(page, path, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    bad = violations(page)
    assert not bad, f"{path} at {width}, {scheme}: {bad}"
    if width == 390:
        wide = too_wide(page)
        assert not wide, f"{path} is wider than the screen: {wide}"


CASES = [(login, path) for login, paths in PAGES.items() for path in paths]
IDS = [f"{login or 'anybody'}-{path}" for login, path in CASES]


@pytest.mark.parametrize("login, path", CASES, ids=IDS)
def test_a_page_in_chinese(browsers, names, login, path):
    page, path = browsers(login, "zh-CN"), path.format(**names)
    page.set_viewport_size({"width": 390, "height": 844})
    answer = page.goto(path)
    assert answer.status == 200
    assert page.get_attribute("html", "lang").startswith("zh")
    assert page.locator("h1").count() == 1
    text = page.title() + page.locator("body").inner_text()
    assert not KEY.search(text), KEY.search(text)
    look(page, path, 390, "light")
    assert page.complaints == []


@pytest.mark.parametrize("login, path", CASES, ids=IDS)
def test_a_page_in_english(browsers, names, place_names, our_words, login, path):
    page, path = browsers(login, "en-US"), path.format(**names)
    page.set_viewport_size({"width": 390, "height": 844})
    answer = page.goto(path)
    assert answer.status == 200
    assert page.get_attribute("html", "lang").startswith("en")
    text = page.title() + page.locator("body").inner_text()
    assert not KEY.search(text), KEY.search(text)
    said = page.locator("main").evaluate(OURS)
    for name in place_names:
        said = said.replace(name, " ")
    left = [part for part in CHINESE.findall(said) if part in our_words]
    for words in page.locator(CHROME).evaluate_all(SAID):
        for name in place_names:
            words = words.replace(name, " ")
        # The button that leads back to Chinese is in Chinese.
        if CHINESE.search(words.replace("中文", "")):
            left.append(words.strip()[:80])
    assert not left, left
    wide = too_wide(page)
    assert not wide, f"{path} is wider than the screen: {wide}"
    look(page, path, 1440, "dark")
    assert page.complaints == []


@pytest.mark.parametrize("login, path, status", MISSING)
def test_a_page_that_cannot_be_shown_says_so_in_words(browsers, names, login, path, status):
    page = browsers(login, "zh-CN")
    assert page.goto(path).status == status
    assert len(page.locator("main").inner_text()) > 20
    assert page.locator("main a, main button").count() > 0, "a way on"
    look(page, path, 390, "light")
    look(page, path, 1440, "dark")


@pytest.mark.parametrize("login, path", ELDER)
def test_large_type_keeps_a_page_usable(browsers, names, town, login, path):
    page, path = browsers(login, "zh-CN"), path.format(**names)
    page.context.add_cookies([{"name": "jl_elder", "value": "1", "url": town.url}])
    try:
        page.goto(path)
        assert page.locator("html[data-elder]").count() == 1
        size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main label')).fontSize)")
        assert size >= 18, "适老化 asks for large type"
        look(page, path, 390, "light")
        look(page, path, 390, "dark")
    finally:
        page.context.clear_cookies(name="jl_elder")


@pytest.mark.parametrize("login, path", [(None, "/"), (None, "/report"), ("town", "/office"), ("town", "/office/matters/{matter}")])
def test_all_four_looks(browsers, names, login, path):
    page, path = browsers(login, "zh-CN"), path.format(**names)
    page.goto(path)
    for width in (390, 1440):
        for scheme in ("light", "dark"):
            look(page, path, width, scheme)


def test_nobody_sees_more_than_they_may(browsers, names):
    page = browsers(None, "zh-CN")
    for login, paths in PAGES.items():
        for path in paths if login else []:
            page.goto(path.format(**names))
            assert "/sign-in" in page.url, path


def test_the_first_tab_skips_to_the_text(browsers):
    page = browsers(None, "zh-CN")
    page.goto("/villages")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")


def test_a_report_by_keyboard_only(browsers, town):
    page = browsers(None, "zh-CN")
    page.goto("/report")

    def tab_to(selector):
        for _ in range(80):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    tab_to("[name=group]")
    page.keyboard.press("Space")
    if not page.is_checked("#group-01"):
        page.keyboard.press("ArrowDown")
    group = page.evaluate("document.querySelector('[name=group]:checked').value")
    tab_to("[name=category]")
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('[name=category]:checked').value").startswith(group)
    tab_to("#words")
    page.keyboard.type("路口的灯不亮")
    tab_to("details summary:has(+ .stack [data-point])")
    page.keyboard.press("Enter")
    tab_to("[data-point]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[name=latitude]').value !== ''")
    tab_to("form button.hero")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/reported/\d{12}$"))


def test_what_has_the_focus_can_be_seen(browsers):
    page = browsers(None, "zh-CN")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/report")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        tag, ring, in_view, shown = page.evaluate("""() => {
            const e = document.activeElement, box = e.closest('label') ?? e
            const ring = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none'
            const rect = box.getBoundingClientRect()
            return [e.tagName, ring(getComputedStyle(e)) || ring(getComputedStyle(box)),
                rect.bottom > 0 && rect.top < innerHeight, e.outerHTML.slice(0, 100)]
        }""")
        if tag == "BODY":
            break
        reached.append(shown)
        assert ring, f"no ring around {shown}"
        assert in_view, f"out of sight: {shown}"
    assert len(reached) >= 12, reached
