"""Time limits: shown with how they were worked out, asked for by the handler, given from above; categories that ask and that end."""

import re

import requests

from ground import chunhui


def report(town, category="0303", words="楼道里的电动车又拉线充电了", **more):
    return requests.post(
        f"{town.url}/api/v1/matters", json={"category": category, "words": words, "grid": chunhui(town)["id"], **more}, timeout=30)


def test_time_is_asked_for_by_the_handler_and_given_from_above(desk, phone, town):
    made = report(town).json()
    path, number = f"/office/matters/{made['id']}", made["number"].replace(" ", "")
    worker, chief = desk("worker"), desk("chief", width=390)
    worker.goto(path)
    clocks = worker.locator("section[aria-labelledby=clocks]").inner_text()
    assert "首次响应 2 个工作时" in clocks and "办理 1 个工作日" in clocks and "国办发明电" in clocks
    worker.locator("#time > summary").click()
    worker.locator("#time button.button").click()
    assert "这一项要填" in worker.locator("#time .faults").inner_text()
    worker.locator("#time label.choice", has_text="延期").click()
    worker.fill("#time-amount", "2")
    worker.select_option("#time-reason", "material")
    worker.fill("#time-words", "充电桩下周才装好")
    worker.locator("#time button.button").click()
    waiting = worker.locator("section[aria-labelledby=clocks] .note").inner_text()
    assert "延期 2 个工作日" in waiting and "充电桩下周才装好" in waiting
    assert worker.locator("#decide").count() == 0, "time is not the handler's to give"
    before = worker.locator("section[aria-labelledby=clocks] li", has_text="办理").inner_text()
    chief.goto(path)
    chief.locator("#decide label.choice", has_text=re.compile("^同意$")).click()
    chief.locator("#decide button.button").click()
    after = chief.locator("section[aria-labelledby=clocks] li", has_text="办理").inner_text()
    assert re.search("期限：(.*)", after)[1] != re.search("期限：(.*)", before)[1]
    assert "同意延期 2 个工作日" in chief.locator(".timeline").inner_text()
    phone.goto(f"/m/{number}")
    assert "前会有人联系您" in phone.locator("main").inner_text()
    assert "充电桩" not in phone.content(), "what the staff say among themselves stays inside"


def test_a_category_asks_more_and_ends_without_losing_a_word(desk, phone, town):
    office = desk("town")
    office.goto("/office/categories/edit?code=0106")
    office.fill("#question-0", "在哪个广场")
    office.fill("#question-0-en", "In which square")
    office.check("[name=question-0-required]")
    office.locator("main form.card button.button").click()
    office.wait_for_url(re.compile("/office/categories$"))
    phone.goto(f"/report?grid={chunhui(town)['code']}")
    phone.locator("label:has(#group-01)").click()
    phone.locator("label.choice", has_text="健身、活动设施损坏").click()
    phone.fill("#words", "单杠松了")
    phone.locator("form button.hero").click()
    assert "还要问您 1 个问题" in phone.locator(".faults").inner_text()
    phone.fill("#answer-q1", "老人会前面")
    # Meanwhile the office retires it.
    office.goto("/office/categories/edit?code=0106")
    office.check("[name=retired]")
    office.locator("main form.card button.button").click()
    office.wait_for_url(re.compile("/office/categories$"))
    phone.locator("form button.hero").click()
    assert "这一类刚刚停用了" in phone.locator(".faults").inner_text()
    assert phone.input_value("#words") == "单杠松了"
    office.goto("/office/categories/edit?code=0106")
    assert "第 3 版" in office.locator("main").inner_text()
    office.uncheck("[name=retired]")
    office.locator("main form.card button.button").click()
    office.wait_for_url(re.compile("/office/categories$"))
    made = report(town, "0106", "单杠松了", answers={"q1": "老人会前面"})
    assert made.status_code == 201, made.text
    office.goto(f"/office/matters/{made.json()['id']}")
    assert "在哪个广场" in office.locator("main").inner_text() and "老人会前面" in office.locator("main").inner_text()
