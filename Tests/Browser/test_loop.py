"""The loop that the product is for: reported on a phone, checked, escalated, sent back, handled, not satisfied, handled again, closed."""

import re

import pytest

from ground import anping, chunhui, grids, inside
from pictures import png

LAMP = "路灯不亮、破损（单盏）"
PHONE = "13905951234"
REASON_UP, REASON_DOWN = "灯杆要找供电所，网格里办不了", "供电所回复可以直接报修，请再办一次"
NOTE = "维修队林师傅电话 0595-85700000"


def start_report(page, words):
    page.goto("/report")
    page.locator("label:has(#group-01)").click()
    page.locator("label.choice", has_text=LAMP).click()
    page.fill("#words", words)


def send_report(page):
    """Sends it and gives the public number, twelve digits."""
    page.locator("form button.hero").click()
    # Where other lamps were reported nearby, the page asks once whether it is one of them.
    page.wait_for_selector(".ticket, button[name=looked]")
    if page.locator("button[name=looked]").count():
        page.locator("button[name=looked]").click()
    page.wait_for_url(re.compile(r"/reported/\d{12}$"))
    number = re.sub(r"\D", "", page.locator(".ticket .number").inner_text())
    assert page.url.endswith(number)
    return number


def by_gps(page, town):
    point = inside(town, chunhui(town)["id"])
    page.context.set_geolocation({"longitude": point[0], "latitude": point[1], "accuracy": 12})
    page.locator("[data-gps]").click()
    page.wait_for_function("document.querySelector('[name=latitude]').value !== ''")
    assert "位置" in page.locator("[data-place-state]").inner_text()


def by_pointing(page, town):
    longitude, latitude = inside(town, chunhui(town)["id"])
    page.locator("summary", has_text="在地图上点一下").click()
    page.locator("[data-point] svg").scroll_into_view_if_needed()
    spot = page.evaluate(
        """([longitude, latitude]) => {
            const svg = document.querySelector('[data-point] svg'), edge = svg.dataset
            const [left, top, width, height] = svg.getAttribute('viewBox').split(/[ ,]+/).map(Number)
            const point = new DOMPoint(left + (longitude - edge.west) / (edge.east - edge.west) * width,
                top + (edge.north - latitude) / (edge.north - edge.south) * height).matrixTransform(svg.getScreenCTM())
            return [point.x, point.y]
        }""", [longitude, latitude])
    page.touchscreen.tap(*spot)
    page.wait_for_function("document.querySelector('[name=latitude]').value !== ''")
    assert anping(town)["name"] in page.locator("[data-place-state]").inner_text()


def by_name(page, town):
    page.select_option("#village", label=anping(town)["name"])
    parent = next(g for g in grids(town) if g["id"] == chunhui(town)["parent"])
    page.select_option("#grid", value=parent["code"])


def row(page, tab, words):
    page.goto(f"/office/matters?tab={tab}")
    return page.locator("tbody tr", has_text=words)


def open_matter(page, tab, words):
    row(page, tab, words).locator("a.cover").click()
    page.wait_for_url(re.compile(r"/office/matters/[0-9a-f-]{36}$"))


def act(page, section, choices=(), **fields):
    part = page.locator(f"details#{section}")
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()
    for choice in choices:
        part.locator("label.choice", has_text=choice).click()
    for name, value in fields.items():
        part.locator(f"[name={name}]").fill(value)
    with page.expect_navigation():
        part.locator("form > button.button").click()
    assert page.locator(".flash").is_visible()


def follow(page, number, *expected):
    """The reporter looks by number; returns the page's whole text."""
    page.goto("/track")
    page.fill("#number", f"{number[:4]} {number[4:8]} {number[8:]}")
    page.locator("main button.hero").click()
    page.wait_for_url(re.compile(rf"/m/{number}$"))
    text = page.locator("body").inner_text()
    for words in expected:
        assert words in text, f"{words!r} is not on the reporter's page"
    for secret in (PHONE, "0595-85700000", NOTE, REASON_UP, REASON_DOWN):
        assert secret not in page.content()
    return text


@pytest.mark.parametrize("place", [by_gps, by_pointing, by_name], ids=["by-gps", "by-pointing", "by-name"])
def test_a_lamp_is_reported_in_each_of_three_ways(phone, desk, town, place):
    words = f"三里巷口的路灯不亮（{place.__name__}）"
    start_report(phone, words)
    place(phone, town)
    phone.set_input_files("#photos", {"name": "lamp.png", "mimeType": "image/png", "buffer": png()})
    phone.wait_for_selector("[data-preview] img")
    number = send_report(phone)
    follow(phone, number, "收到了")

    office = desk("chief")
    open_matter(office, "check", words)
    assert anping(town)["name"] in office.locator(".facts").inner_text() or chunhui(town)["name"] in office.locator(".facts").inner_text()
    picture = office.locator(".photos img").first
    picture.scroll_into_view_if_needed()
    office.wait_for_function("document.querySelector('.photos img').naturalWidth > 0")


def test_the_whole_loop_at_390_pixels(phone, desk, town):
    words = "春晖小区 5 号楼下的路灯三天不亮了"
    start_report(phone, words)
    by_gps(phone, town)
    phone.fill("#phone", PHONE)
    number = send_report(phone)
    follow(phone, number, "收到了，等网格员到现场看")

    worker, chief, instructor = desk("worker", 390), desk("chief", 390), desk("instructor", 390)
    assert row(worker, "check", words).count() == 1
    open_matter(worker, "check", words)
    address = worker.url
    assert PHONE not in worker.content(), "a phone is masked until somebody asks for it with a reason"
    act(worker, "check", ["情况属实"], note="灯杆锈了")
    follow(phone, number, "到现场看过，情况属实", "看过了，正在办")

    # Up to the village, however many grids lie between.
    def held_by():
        return worker.locator(".facts dt:has-text('在谁手上') + dd").inner_text()

    village = anping(town)["name"]
    for _ in range(3):
        if held_by().startswith(village + "（"):
            break
        act(worker, "escalate", reason=REASON_UP)
    assert held_by().startswith(village + "（")
    follow(phone, number, "报给上一级")
    assert worker.locator("details#handle").count() == 0, "what the village holds, a worker does not handle"

    chief.goto(address)
    act(chief, "send-back", reason=REASON_DOWN)
    follow(phone, number, "交回下一级")

    worker.goto(address)
    act(worker, "handle", words="灯泡换了，今晚会亮。", note=NOTE)
    text = follow(phone, number, "灯泡换了，今晚会亮。", "已经处置，等人回访")
    assert "办结了" not in text

    # Nobody judges their own work: not on the page, and not by sending the form anyway.
    worker.goto(address)
    assert worker.locator("details#follow-up").count() == 0
    assert "回访要请别人来" in worker.locator("main").inner_text()
    refused = worker.request.post(address + "/follow-ups", form={
        "csrf": worker.locator("[name=csrf]").first.input_value(), "how": "phone", "satisfied": "yes", "seen": seen(chief, address),
        "request": "0197b5a0-0000-7000-8000-00000000f0f0"})
    assert refused.status == 403
    assert "已经处置" in follow(phone, number)

    instructor.goto(address)
    act(instructor, "follow-up", ["打电话", "不满意，重新办"], words="还是一闪一闪的")
    text = follow(phone, number, "回访不满意，重新办理", "已重新办理 1 次")
    assert "办结了" not in text

    worker.goto(address)
    assert "重办 1 次" in worker.locator(".head").inner_text()
    act(worker, "handle", words="整盏灯换新的了。")
    follow(phone, number, "整盏灯换新的了。")

    chief.goto(address)
    act(chief, "follow-up", ["打电话", "满意，办结"], words="亮了，谢谢")
    text = follow(phone, number, "办结了", "回访满意，办结", "报给上一级", "交回下一级", "整盏灯换新的了。")
    assert "还是一闪一闪的" not in text and "亮了，谢谢" not in text, "what was said at a follow-up is the staff's"

    # The office sees who did what, when, in which post.
    chief.goto(address)
    entries = chief.locator("main .timeline > li")
    steps = entries.evaluate_all(
        "list => list.map(e => [e.querySelector('time').dateTime, e.querySelector('strong').innerText, e.querySelector('.by').innerText])")
    steps.reverse()
    titles = [title for _, title, _ in steps]
    ups = titles.count("报给上一级")
    assert titles == ["反映上来了", "到现场看过，情况属实"] + ["报给上一级"] * ups + [
        "交回下一级", "处置好了，等回访", "回访不满意，重新办理", "处置好了，等回访", "回访满意，办结"]
    assert [time for time, _, _ in steps] == sorted(time for time, _, _ in steps)
    names = set()
    for _, title, by in steps[1:]:
        who, post = by.split(" · ", 1)
        assert who and post, title
        names.add(who)
    assert len(names) == 3, "the worker, the chief and the instructor"
    public = follow(phone, number)
    assert not [name for name in names if name in public]
    history = chief.locator("main .timeline").inner_text()
    for words_inside in (REASON_UP, REASON_DOWN, NOTE, "还是一闪一闪的"):
        assert words_inside in history
    assert chief.locator("main details.do:not(#reveal):not(#note)").count() == 0
    assert row(worker, "open", words).count() == 0
    assert row(worker, "closed", words).count() == 1


def seen(page, address):
    """The version that an act has to name."""
    page.goto(address)
    return page.locator("[name=seen]").first.input_value()


def test_the_report_needs_no_script(chromium, town):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False, base_url=town.url)
    page = context.new_page()
    start_report(page, "没有脚本也能反映：巷口的灯坏了")
    assert not page.locator("[data-gps]").is_visible(), "what needs a script is not offered without one"
    by_name(page, town)
    page.set_input_files("#photos", {"name": "lamp.png", "mimeType": "image/png", "buffer": png()})
    number = send_report(page)
    page.locator(".ticket a.button").click()
    page.wait_for_url(re.compile(rf"/m/{number}$"))
    assert LAMP in page.locator("h1").inner_text()

    # A fault is beside its field, and nothing typed is lost.
    start_report(page, "灯又坏了")
    page.fill("#phone", "12")
    page.locator("form button.hero").click()
    page.wait_for_selector("#faults")
    assert page.input_value("#words") == "灯又坏了"
    assert page.input_value("#phone") == "12"
    assert page.locator(".field:has(#phone) .fault").is_visible()
    assert page.locator("#place > .fault").is_visible()
    assert page.locator("label.choice", has_text=LAMP).locator("input").is_checked()
    context.close()
