"""The registers as a worker, a chief and the town office use them: with and without JavaScript, on a phone and on a PC."""

import re
import time

import pytest

from ground import anping, chunhui


@pytest.fixture(scope="module")
def worker(town):
    return town.signed_in("worker")


def first(pattern, text):
    found = re.search(pattern, text)
    assert found, f"no {pattern}"
    return found[1]


@pytest.fixture
def home(town, worker):
    """A household of the worker's estate with one person, entered by forms that any browser can send."""
    number = str(time.time_ns())[-7:]
    answer = worker.submit("/office/households/new", {"grid": chunhui(town)["id"], "address": f"春晖小区{number}号楼2单元501室"},
                           token=worker.token("/office/households/new"))
    assert answer.status_code == 303, answer.text
    path = answer.headers["Location"].removesuffix("/residents")
    fields = {"name": "曾秀丽", "kind": "registered", "from": "2020-01-01", "documentKind": "citizen", "document": "",
              "phone": "154" + ("0" + number)[-8:].rjust(8, "1"), "birth": "1950-02-03", "relation": "户主"}
    answer = worker.submit(path + "/residents", fields, token=worker.token(path + "/residents"))
    assert answer.status_code == 303, answer.text
    page = worker.open(path).text
    return {"path": path, "number": number, "phone": fields["phone"], "person": first(r'href="(/office/people/[0-9a-f-]{36})"', page)}


def test_a_person_is_found_by_name_sound_and_tail(worker, home):
    for words in ("曾秀丽", "zxl", "zengxiuli", f"{home['phone'][-4:]}", f"zxl {home['number']}"):
        page = worker.open("/office/people", params={"q": words}).text
        assert home["person"] in page, words
    assert home["person"] not in worker.open("/office/people", params={"q": "曾秀英"}).text


def test_a_number_that_is_looked_up_is_not_in_the_address(desk, worker, home):
    page = desk("worker", width=390)
    page.goto("/office/people")
    for words, shown in ((home["phone"], "/office/people"), ("zengxiuli", "/office/people?q=zengxiuli")):
        page.fill("#q", words)
        page.click("form.search button")
        page.wait_for_selector(f'a[href="{home["person"]}"]')
        assert page.url.endswith(shown) and page.input_value("#q") == words
    page.context.close()


def test_numbers_are_masked_until_a_reason_is_given(worker, home):
    page = worker.open(home["person"])
    assert home["phone"] not in page.text and f"154****{home['phone'][-4:]}" in page.text
    refused = worker.submit(home["person"] + "/reveal", {"reason": ""}, token=worker.token(home["person"]))
    assert refused.status_code == 422 and "reveal-reason" in refused.text
    shown = worker.submit(home["person"] + "/reveal", {"reason": "联系发放补贴"}, token=worker.token(home["person"]))
    assert shown.status_code == 200 and home["phone"] in shown.text


def test_a_wrong_number_is_told_beside_its_field(worker, home):
    fields = {"name": "陈志强", "kind": "tenant", "from": "2024-01-01", "documentKind": "citizen", "document": "3.50582E+17", "phone": "12"}
    answer = worker.submit(home["path"] + "/residents", fields, token=worker.token(home["path"] + "/residents"))
    assert answer.status_code == 422
    assert 'id="document-fault"' in answer.text and "not a phone number" in answer.text
    assert 'value="陈志强"' in answer.text, "what was typed stays"


def test_two_who_edit_at_once_lose_no_words(worker, home):
    form = worker.open(home["person"] + "/edit").text
    seen, token = first(r'name="seen" value="(\d+)"', form), first(r'name="csrf" value="([^"]+)"', form)
    assert worker.submit(home["person"] + "/edit", {"name": "曾秀莉", "seen": seen, "birth": "1950-02-03"}, token=token).status_code == 303
    late = worker.submit(home["person"] + "/edit", {"name": "曾秀俐", "seen": seen, "birth": "1950-02-03"}, token=token)
    assert late.status_code == 409 and "曾秀俐" in late.text and 'id="conflict"' in late.text
    again = {"name": "曾秀俐", "seen": first(r'name="seen" value="(\d+)"', late.text), "birth": "1950-02-03"}
    assert worker.submit(home["person"] + "/edit", again, token=token).status_code == 303


def test_a_visit_takes_somebody_off_the_due_list(town, desk, home):
    page = desk("worker", width=390)
    page.goto(home["person"])
    page.click("#care summary")
    page.select_option("#care-kind", "livingAlone")
    page.fill("#care-to", time.strftime("%Y-%m-%d", time.localtime(time.time() + 86400 * 200)))
    page.click("#care button")
    page.wait_for_selector("#care-marks .badge.brick")
    page.goto("/office/care?due=1")
    assert page.locator(f"a[href='{home['person']}']").count() == 1
    page.goto(home["path"])
    page.click("#visit summary")
    page.fill("#visit-note", "身体还好，提醒按时吃药")
    page.click("#visit button")
    page.wait_for_selector(".timeline .said")
    assert "身体还好" in page.inner_text(".timeline")
    page.goto("/office/care?due=1")
    assert page.locator(f"a[href='{home['person']}']").count() == 0


def test_a_chief_joins_two_records_and_separates_them(town, desk, home):
    chief = desk("chief")
    number = str(time.time_ns())[-6:]
    people = []
    for door in ("1", "2"):
        chief.goto("/office/households/new")
        chief.fill("#address", f"测试巷{number}{door}号")
        chief.select_option("#grid", chunhui(town)["id"])
        chief.click("form.card button")
        chief.fill("#name", "施" + "婷怡" + number[-1])
        chief.fill("#birth", "1961-07-08")
        chief.click("form.card button")
        chief.wait_for_selector("h1")
        people.append(chief.locator("main .lines a").first.get_attribute("href"))
    chief.goto(people[0])
    chief.click("#alike button")
    chief.wait_for_selector("text=合并过来的档案")
    assert chief.locator("text=现住").count() == 2
    chief.goto(people[1])
    assert chief.locator("text=已经合并").count() >= 1
    chief.goto(people[0])
    chief.click("form[action$='/undoing'] button")
    chief.wait_for_selector("#alike")
    assert chief.locator("text=现住").count() == 1


def test_an_estate_worker_cannot_open_another_village(town, home):
    other = town.signed_in("worker-yaoqian")
    for path in (home["path"], home["person"], home["person"] + "/edit", home["path"] + "/residents"):
        assert other.open(path).status_code == 404, path
    assert home["person"] not in other.open("/office/people", params={"q": "曾秀丽"}).text


def test_the_api_masks_too(town, worker, home):
    person = worker.get(town.url + "/api/v1/people/" + home["person"].rsplit("/", 1)[1], timeout=30).json()
    assert person["phones"] == [f"154****{home['phone'][-4:]}"]
    found = worker.get(town.url + "/api/v1/people", params={"q": home["phone"]}, timeout=30).json()
    assert [entry["id"] for entry in found["people"]] == [person["id"]] and found["people"][0]["phones"] == []
    key = {"Idempotency-Key": "visit-" + home["number"], "X-CSRF-Token": worker.token("/account/password")}
    path = town.url + "/api/v1/households/" + home["path"].rsplit("/", 1)[1] + "/visits"
    answers = [worker.post(path, json={"channel": "phone", "note": "平安"}, headers=key, timeout=30) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201] and answers[0].json() == answers[1].json()
    assert worker.open(home["path"]).text.count("平安</p>") == 1


def test_programs_enter_and_change_a_property_once(town):
    worker = town.signed_in("worker")
    grid = re.search(r'<select id="grid" name="grid">.*?value="([0-9a-f-]{36})"', worker.open("/office/properties/new").text, re.S)[1]
    body = {"grid": grid, "address": "接口巷8号", "kind": "house", "use": "partlyLet", "rooms": 2, "ownerKind": "person", "owner": "曾秀丽", "phone": "15412345678"}

    def send(path, body, key):
        headers = {"Idempotency-Key": key, "X-CSRF-Token": worker.token("/account/password")}
        return worker.post(town.url + path, json=body, headers=headers, timeout=30)

    entered = [send("/api/v1/properties", body, "property-8") for _ in range(2)]
    assert [answer.status_code for answer in entered] == [201, 201] and entered[0].json() == entered[1].json(), entered[0].text
    path = "/api/v1/properties/" + entered[0].json()["id"]
    stored = worker.open(path).json()
    assert stored["phone"] == "154****5678" and stored["rooms"] == 2 and stored["version"] == 1
    listed = worker.open("/api/v1/properties", params={"text": "接口巷"}).json()["properties"]
    assert [one["id"] for one in listed] == [stored["id"]] and "phone" not in listed[0]
    assert send("/api/v1/properties", body, "property-9").status_code == 422, "the address is taken"
    assert send("/api/v1/properties", {**body, "address": "接口巷9号", "use": "vacant"}, "property-10").status_code == 422, "rooms of a vacant house"
    change = {key: value for key, value in body.items() if key not in ("phone", "rooms")} | {"use": "vacant", "version": 1}
    assert send(path + "/changes", change, "property-11").status_code == 201
    assert send(path + "/changes", change, "property-12").status_code == 409, "made on a version that is gone"
    changed = worker.open(path).json()
    assert changed["use"] == "vacant" and changed["phone"] == "154****5678" and "rooms" not in changed
    assert town.signed_in("worker-yaoqian").open(path).status_code == 404


def test_the_town_has_the_firms_and_shops_of_the_article(town):
    office = town.signed_in("town")
    page = office.open("/office/enterprises", params={"grid": anping(town)["id"]}).text
    assert re.search(r"Firm 1[7-9]\d", page), "安平 has 170 firms and more (F24)"


def test_a_neighbour_stands_in_for_a_day(town, desk):
    chief = desk("chief")
    chief.goto("/office/stand-ins")
    options = chief.locator("#post option").all()
    chief.select_option("#post", options[0].get_attribute("value"))
    absent = options[0].inner_text().split(" · ")[-1]
    person = next(option for option in chief.locator("#person option").all() if not option.inner_text().startswith(absent))
    chief.select_option("#person", person.get_attribute("value"))
    chief.fill("#reason", "外出培训")
    chief.click("form.form button")
    chief.wait_for_selector("text=正在代管")
    chief.click("form[action$='/ending'] button")
    chief.wait_for_selector("text=权限已收回")


def test_a_property_is_entered_and_its_owner_is_masked(worker, town):
    number = str(time.time_ns())[-7:]
    fields = {"grid": chunhui(town)["id"], "address": f"春晖小区{number}号楼", "kind": "house", "use": "partlyLet", "rooms": "4",
              "ownerKind": "person", "owner": "黄建国", "phone": "15412345678"}
    wrong = worker.submit("/office/properties/new", fields | {"use": "vacant"}, token=worker.token("/office/properties/new"))
    assert wrong.status_code == 422 and 'id="rooms-fault"' in wrong.text and 'value="黄建国"' in wrong.text
    answer = worker.submit("/office/properties/new", fields, token=worker.token("/office/properties/new"))
    assert answer.status_code == 303, answer.text
    path = answer.headers["Location"]
    page = worker.open(path).text
    assert "154****5678" in page and "15412345678" not in page and "4 rooms let" in page
    shown = worker.submit(path + "/reveal", {"reason": "消防检查"}, token=worker.token(path))
    assert shown.status_code == 200 and "15412345678" in shown.text
    assert f"春晖小区{number}号楼" in worker.open("/office/properties", params={"text": number}).text
