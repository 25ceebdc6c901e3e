"""Points in a browser: the article's month of 瑶前, once with four rounds (870 points) and once with five (1,050)."""

import re
import time
import uuid

import pytest

from ground import grids

# Two months before the demo's own rounds begin, whose Mondays are four and five.
MONTHS = {"2025-02": (["2025-02-03", "2025-02-10", "2025-02-17", "2025-02-24"], 870),
          "2025-03": (["2025-03-03", "2025-03-10", "2025-03-17", "2025-03-24", "2025-03-31"], 1050)}


@pytest.fixture(scope="module")
def yaoqian(town):
    """瑶前 with five households more in each of its three grids, as only an import could enter them at once."""
    village = next(grid for grid in grids(town) if grid["code"].startswith("350582101221") and grid["level"] == 1)
    below = sorted((grid for grid in grids(town) if grid.get("parent") == village["id"]), key=lambda grid: grid["code"])
    assert len(below) == 3
    for number, grid in enumerate(below):
        for door in range(5):
            household, person, residency = (str(uuid.uuid4()) for _ in range(3))
            condition = f"FROM town WHERE code = '350582101'"
            town.sql(f"INSERT INTO household (town_id, id, grid_id, address_words, valid_from) SELECT town_id, '{household}', '{grid['id']}', "
                     f"'评比巷{number}{door}号', '2020-01-01' {condition}")
            town.sql(f"INSERT INTO person (town_id, id, name, created_at) SELECT town_id, '{person}', '某人', 1 {condition}")
            town.sql(f"INSERT INTO residency (town_id, id, person_id, household_id, kind, valid_from) SELECT town_id, '{residency}', "
                     f"'{person}', '{household}', 'registered', '2020-01-01' {condition}")
    return {"id": village["id"], "grids": below}


@pytest.fixture(scope="module")
def chief(chromium, town, yaoqian):
    """The chief's desk, with a version of the rules that bound in 2025 already and no days of notice."""
    from conftest import sign_in

    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=town.url)
    page = context.new_page()
    sign_in(page, "chief-yaoqian")
    home = f"/office/points/{yaoqian['id']}"
    page.goto(home)
    page.locator("button[name=audience][value=villagers]").click()
    if "/rule-sets/" not in page.url:
        page.goto(home)
        page.locator("a[href*='/rule-sets/']", has_text="草案").first.click()
    # Without the number of the decision nothing binds.
    page.fill("#decidedOn", "2024-12-20")
    page.fill("#from", "2025-01-01")
    page.locator("#adopt ~ form button, form[action$='/decision'] button.button").last.click()
    assert page.locator(".field.wrong #decision").count() == 1
    page.fill("#decision", "瑶村决〔2024〕9号")
    page.locator("form[action$='/decision'] button.button").last.click()
    assert "瑶村决〔2024〕9号" in page.locator("main").inner_text()
    page.goto(home)
    page.locator("#scheme summary").click()
    page.fill("#notice", "0")
    page.locator("#scheme form button").click()
    page.wait_for_url(re.compile(home))
    yield page
    context.close()


def issued(page, yaoqian):
    """What the open books say was issued."""
    page.goto(f"/places/{yaoqian['id']}/points")
    figures = page.locator("dl.figures dd").all_inner_texts()
    assert page.locator(".note.calm").count() == 1, "the accounts must add up to zero"
    return int(figures[0].replace(",", ""))


def await_issued(page, yaoqian, expected):
    """The open books are added up anew every ten seconds at most."""
    deadline = time.monotonic() + 30
    while (found := issued(page, yaoqian)) != expected and time.monotonic() < deadline:
        page.wait_for_timeout(500)
    assert found == expected


def score(page, target):
    """Hands in a sheet: the doors of 评比巷 lose 0 to 4 points in order, all others could not be seen."""
    for part in page.locator("#doors > details").all():
        address = part.locator("summary").inner_text()
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        match = re.search(r"评比巷\d(\d)号", address)
        if not match:
            part.locator("input[name^='u.']").check()
            continue
        for box in part.locator("input[name^='i.']").all()[: int(match[1])]:
            box.check()
    page.locator("main form button.hero").click()
    page.wait_for_url(re.compile(r"/office/points/rounds/[0-9a-f-]{36}$"))


def play(page, yaoqian, monday):
    page.goto(f"/office/points/{yaoqian['id']}")
    page.fill("#week", monday)
    page.locator("form[action$='/rounds'] button").click()
    page.wait_for_url(re.compile(r"/office/points/rounds/[0-9a-f-]{36}$"))
    round_path = page.url
    for target in [link.get_attribute("href") for link in page.locator("a[href*='/sheets/']").all()]:
        page.goto(target)
        score(page, target)
    page.locator("form[action$='/notice'] button").click()
    page.wait_for_url(round_path)
    assert page.locator("ol.lines > li").count() == 9, "three model households in each of three grids"
    page.locator("form[action$='/postings'] button").click()
    page.wait_for_url(round_path)
    assert page.locator("form[action$='/postings']").count() == 0


@pytest.mark.parametrize("month", MONTHS)
def test_the_articles_month(chief, yaoqian, month):
    mondays, points = MONTHS[month]
    before = issued(chief, yaoqian)
    for number, monday in enumerate(mondays):
        play(chief, yaoqian, monday)
        await_issued(chief, yaoqian, before + 180 * (number + 1))
    chief.goto(f"/office/points/{yaoqian['id']}")
    chief.locator(f"button[name=month][value='{month}']").click()
    chief.wait_for_load_state()
    await_issued(chief, yaoqian, before + points)
    chief.goto(f"/office/points/{yaoqian['id']}")
    assert chief.locator(f"button[name=month][value='{month}'].button:not(.quiet)").count() == 0, "a month is closed once"


def test_a_round_is_not_posted_twice_nor_a_month_closed_twice(chief, yaoqian):
    before = issued(chief, yaoqian)
    home = f"/office/points/{yaoqian['id']}"
    chief.goto(home)
    csrf = chief.locator("input[name=csrf]").first.get_attribute("value")
    for month in MONTHS:
        answer = chief.request.post(f"{home}/months", form={"csrf": csrf, "month": month}, max_redirects=0)
        assert answer.status == 409
    answer = chief.request.post(f"{home}/rounds", form={"csrf": csrf, "week": "2025-02-05"}, max_redirects=0)
    assert answer.status == 409
    assert issued(chief, yaoqian) == before


def test_nobody_scores_their_own_grid(town, yaoqian):
    worker, chief = town.signed_in("worker-yaoqian"), town.signed_in("chief-yaoqian")
    home = chief.open(f"/office/points/{yaoqian['id']}").text
    round_id = re.findall(r"/office/points/rounds/([0-9a-f-]{36})", home)[0]
    answers = {worker.open(f"/office/points/rounds/{round_id}/sheets/{grid['id']}").status_code for grid in yaoqian["grids"]}
    assert 403 in answers, "the own grid is refused"
    assert answers <= {200, 403, 404, 409}


def test_points_exist_only_where_the_village_has_them(town):
    xingsheng = next(grid for grid in grids(town) if grid["code"].startswith("350582101001") and grid["level"] == 1)
    assert town.browser().open(f"/places/{xingsheng['id']}/points").status_code == 404
    chief = town.signed_in("chief-xingsheng")
    assert chief.open(f"/office/points/{xingsheng['id']}").status_code == 404
    assert chief.open("/office/points").status_code == 200


def test_bad_numbers_are_told_beside_the_field(town, yaoqian):
    chief = town.signed_in("chief-yaoqian")
    token = chief.token("/account/password")
    made = chief.submit(f"/office/points/{yaoqian['id']}/rule-sets", {"audience": "tenants"}, token=token)
    assert made.status_code == 303
    line = {"code": "bad", "nameZh": "坏", "nameEn": "bad", "domain": "environment", "use": "open", "evidence": "none", "approver": "worker"}
    for points in ["", "0", "1.5", "-99999999", "9" * 40, "一"]:
        answer = chief.submit(made.headers["Location"], {**line, "points": points}, token=token)
        assert answer.status_code == 422, points
    assert chief.submit(made.headers["Location"], {**line, "points": "5"}, token=token).status_code == 303


def test_a_resident_sees_the_own_household_and_nobody_elses(town, desk):
    page = desk("resident", width=390)
    page.goto("/points")
    assert page.locator(".ticket .number").count() == 1
    household = "0197b5a0-0000-7000-8000-000000000bad"
    assert page.goto(f"/points?household={household}").status == 404
    assert page.goto(f"/office/points/households/{household}").status == 403
