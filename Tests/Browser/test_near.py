"""What is reported already is shown before it is reported again; whoever joins in follows it like the first one; the office merges and splits."""

import re

import requests

from ground import chunhui, inside
from pictures import png

COVER = "井盖缺失、破损"


def start(page, town, words, group="01", category=COVER):
    page.goto(f"/report?grid={chunhui(town)['code']}")
    page.locator(f"label:has(#group-{group})").click()
    page.locator("label.choice", has_text=category).click()
    page.fill("#words", words)


def report(town, words, category="0103", **more):
    """Takes something in, as a program would; gives its id and number."""
    place = {} if "longitude" in more else {"grid": chunhui(town)["code"]}
    made = requests.post(f"{town.url}/api/v1/matters", json={"category": category, "words": words, **place, **more}, timeout=30)
    assert made.status_code == 201, made.text
    return made.json()


def number(page):
    return re.sub(r"\D", "", page.locator(".ticket .number").inner_text())


def test_a_neighbour_joins_in_while_writing(phone, desk, town):
    point = inside(town, chunhui(town)["id"])
    first = report(town, "老井盖裂了，别踩", longitude=point[0], latitude=point[1])
    start(phone, town, "井盖坏了好危险")
    phone.context.set_geolocation({"longitude": point[0], "latitude": point[1] + 0.0001, "accuracy": 8})
    phone.locator("[data-gps]").click()
    near = phone.locator("[data-near]")
    near.locator(f"button[value='{first['id']}']").wait_for()
    told = near.inner_text()
    assert "约 10 米" in told and COVER in told and "收到了" in told
    assert "别踩" not in told and first["number"] not in near.inner_html(), "nobody's words, nobody's number"
    phone.fill("#phone", "13905951235")
    near.locator(f"button[value='{first['id']}']").click()
    phone.wait_for_url(re.compile(r"/reported/9\d{11}$"))
    assert "已经有人反映" in phone.locator(".lead").inner_text()
    mine = number(phone)
    phone.goto(f"/track?number={mine}")
    assert phone.url.endswith(f"/m/{mine}") and "反映人" in phone.locator("main").inner_text()

    chief = desk("chief")
    chief.goto(f"/office/matters/{first['id']}")
    assert "一共 2 人反映" in chief.locator("main").inner_text() or "又有人反映同一件事" in chief.locator("main").inner_text()
    assert "井盖坏了好危险" in chief.locator(".timeline").inner_text(), "no word is lost"


def test_without_a_script_one_more_tap_and_the_photo_is_kept(chromium, desk, town):
    report(town, "门口井盖少了半块")
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False, base_url=town.url)
    page = context.new_page()
    start(page, town, "另一个井盖也坏了")
    page.set_input_files("#photos", {"name": "cover.png", "mimeType": "image/png", "buffer": png()})
    # Something is wrong: the photo need not be chosen again.
    page.fill("#phone", "12")
    page.locator("form button.hero").click()
    assert page.locator("#phone-fault").count() == 1
    assert page.locator("input[name='kept-photo']:checked").count() == 1
    page.fill("#phone", "")
    page.locator("form button.hero").click()
    assert "附近已有人反映" in page.locator("h1").inner_text()
    assert page.locator("button[name=join]").count() >= 1
    page.locator("button[name=looked]").click()
    page.wait_for_url(re.compile(r"/reported/[0-8]\d{11}$"))
    context.close()
    chief = desk("chief")
    chief.goto("/office/matters?tab=open&text=" + "另一个井盖")
    chief.locator("main a[href^='/office/matters/0']").first.click()
    assert chief.locator("ul.photos img").count() == 1, "the photo came through the step"


def test_the_office_merges_two_and_splits_one_off_again(desk, town):
    whole, part = report(town, "东头井盖松了", name="王阿姨"), report(town, "东头的井盖会翘", name="老陈")
    chief = desk("chief")
    chief.goto(f"/office/matters/{part['id']}")
    chief.locator("#merge summary").click()
    chief.locator("#merge label.choice", has_text="东头井盖松了").click()
    chief.locator("#merge button.button").click()
    assert "请写明原因" in chief.locator("#merge").inner_text()
    assert chief.locator("#merge input[name=into]:checked").count() == 1, "the choice stays"
    chief.fill("#merge-reason", "同一个井盖")
    chief.locator("#merge button.button").click()
    chief.wait_for_url(re.compile(whole["id"]))
    shown = chief.locator("main").inner_text()
    assert "一共 2 人反映" in shown and "另一件事并了进来" in shown
    assert "王**" in chief.locator(".facts").inner_text() and "老**" in chief.locator(".facts").inner_text()

    # Its reporter's number leads to the whole.
    visitor = desk()
    visitor.goto(f"/m/{part['number']}")
    assert "反映人" in visitor.locator("main").inner_text()

    chief.goto(f"/office/matters/{part['id']}")
    assert "已并入这件事" in chief.locator("main").inner_text()
    chief.locator("#split summary").click()
    chief.fill("#split-reason", "看过了，是两个井盖")
    chief.locator("#split button.button").click()
    chief.wait_for_url(re.compile(part["id"]))
    assert chief.locator("#check, #merge").count() >= 1, "it goes on"
    visitor.goto(f"/m/{part['number']}")
    assert "反映人" not in visitor.locator(".note").all_inner_texts()
