"""Points from the claim to the counter, on telephones: claimed, claimed on behalf, approved, redeemed by card, once."""

import re

import pytest
import requests

from installation import PASSWORD

SOAP, PRICE = "肥皂", 5


@pytest.fixture(scope="module")
def cards(town):
    """A card number of the resident's household, and one of a household whose worker has a login."""
    resident, chief, worker = (town.signed_in(login) for login in ("resident", "chief-yaoqian", "worker-yaoqian"))
    own = re.search(r"\b(\d{4} \d{4} \d{4})\b", resident.open("/points").text)[1]
    sheet = chief.open("/office/exchange/cards").text
    village = re.search(r'name="village" value="([0-9a-f-]{36})"', sheet)[1]
    for grid in re.findall(r'<option value="([0-9a-f-]{36})"', sheet):
        for card in re.findall(r"\b(\d{4} \d{4} \d{4})\b", chief.open(f"/office/exchange/cards?village={village}&grid={grid}").text):
            if card != own and 'name="rule"' in worker.open(f"/office/claims/new?card={card}").text:
                return own, card
    raise AssertionError("no household of 瑶前 is in the worker's grid")


def balance(page):
    page.goto("/points")
    return int(page.locator(".ticket .number").inner_text().replace(",", ""))


def send(page, button="main form button.hero"):
    with page.expect_navigation():
        page.locator(button).click()
    assert page.locator(".flash").is_visible(), page.locator("main").inner_text()


def claim(page, rule, words):
    page.locator("label.choice", has_text=rule).click()
    page.fill("#words", words)
    send(page)


def test_claimed_approved_and_spent_at_390_pixels(desk, cards):
    own, other = cards
    resident, worker, chief = desk("resident", 390), desk("worker-yaoqian", 390), desk("chief-yaoqian", 390)
    before = balance(resident)

    # From the household's own telephone. Without words the fault is beside the field, and nothing is lost.
    resident.goto("/points/claims")
    resident.locator("a.button", has_text="申领积分").first.click()
    resident.locator("label.choice", has_text="帮助邻里").click()
    resident.locator("main form button.hero").click()
    resident.wait_for_selector("#faults")
    assert resident.locator(".field:has(#words) .fault").is_visible()
    assert resident.locator("label.choice", has_text="帮助邻里").locator("input").is_checked()
    said = "帮三楼的阿婆把煤气瓶搬上去"
    claim(resident, "帮助邻里", said)
    assert "待审核" in resident.locator("main li", has_text="帮助邻里").first.inner_text()
    assert balance(resident) == before, "nothing is booked before somebody has looked"

    # By the worker for a household without a telephone, from its card.
    worker.goto("/office/claims/new")
    worker.fill("#card", other)
    worker.locator("main form button").first.click()
    worker.wait_for_selector("input[name=rule]")
    assert worker.locator("input[name=channel][value=card]").is_checked()
    claim(worker, "协助政策宣传", "挨家挨户发了防台风通知")
    assert "要由别人审核" in worker.locator("main").inner_text(), "who entered it does not approve it"
    assert worker.locator("form[action$='/approval']").count() == 0
    entered = worker.url

    # The chief approves one and refuses the other with a reason.
    chief.goto("/office/claims")
    chief.goto(entered)
    chief.locator("details#refuse summary").click()
    with chief.expect_navigation():
        chief.locator("details#refuse form button").click()
    assert chief.locator(".field:has(#reason) .fault").is_visible(), "a refusal needs its reason"
    chief.fill("#reason", "这几天没有发过通知")
    send(chief, "details#refuse form button")
    chief.goto("/office/claims")
    for line in chief.locator("main .lines a.whole").all():
        address = line.get_attribute("href")
        page = chief.request.get(address).text()
        if said in page:
            chief.goto(address)
            break
    assert said in chief.locator("main").inner_text()
    send(chief, "form[action$='/approval'] button")
    assert balance(resident) == before + 5

    # At the counter, by the card.
    worker.goto("/office/exchange")
    worker.fill("#card", own[:-1] + str((int(own[-1]) + 1) % 10))
    worker.locator("main form button", has_text="查找").click()
    assert worker.locator(".field:has(#card) .fault").is_visible(), "a wrong digit is noticed"
    worker.fill("#card", own)
    worker.locator("main form button", has_text="查找").click()
    worker.wait_for_selector("#goods")
    form = worker.locator("#goods li", has_text=SOAP).locator("form")
    fields = {name: form.locator(f"[name={name}]").input_value() for name in ("csrf", "request", "good", "card", "count")}
    with worker.expect_navigation():
        form.locator("button").click()
    assert worker.locator(".flash").is_visible()
    receipt = worker.url
    assert worker.locator("#balance").inner_text() == str(before + 5 - PRICE)

    # The second tap, and the one after the telephone had no network: the same receipt, nothing more.
    for _ in range(2):
        again = worker.request.post("/office/exchange/redemptions", form=fields, max_redirects=0)
        assert again.status == 303 and receipt.endswith(again.headers["location"])
    assert balance(resident) == before + 5 - PRICE
    resident.goto("/points/exchange")
    assert SOAP in resident.locator("main").inner_text()

    # The wrong piece was tapped: it goes back, and the points with it.
    worker.goto(receipt)
    worker.locator("details#undo summary").click()
    worker.fill("#reason", "点错了")
    send(worker, "details#undo form button")
    assert balance(resident) == before + 5


def test_the_counter_needs_no_script_and_taps_once(chromium, town, cards):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False, base_url=town.url)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#login", "worker-yaoqian")
    page.fill("#password", PASSWORD)
    page.click("main button.hero")
    page.goto("/office/exchange?card=" + cards[0].replace(" ", ""))
    before = int(page.locator(".till-balance").inner_text().replace(",", ""))
    page.locator("#goods li", has_text=SOAP).locator("form button").dblclick()
    page.wait_for_url(re.compile(r"/office/exchange/redemptions/[0-9a-f-]{36}$"))
    page.goto("/office/exchange?card=" + cards[0].replace(" ", ""))
    assert int(page.locator(".till-balance").inner_text().replace(",", "")) == before - PRICE
    context.close()


def test_a_notice_names_nobody_and_is_for_villagers_only(desk, town, cards):
    chief, resident = desk("chief-yaoqian", 390), desk("resident", 390)
    words = "门前堆放木料"
    chief.goto("/office/exposures")
    chief.locator("details#warn summary").click()
    chief.fill("#card", cards[0])
    chief.fill("#words", words)
    with chief.expect_navigation():
        chief.locator("details#warn form button").click()
    assert "整改期内" in chief.locator("main").inner_text()
    assert "整改期还没有过" in chief.locator("main").inner_text(), "there is time left, so it cannot be shown"
    assert chief.locator("form[action$='/publication']").count() == 0

    resident.goto("/points/board")
    assert words in resident.locator("main").inner_text()
    resident.locator("main a.button", has_text="申诉").click()
    resident.fill("#words", "木料是修路队放的")
    with resident.expect_navigation():
        resident.locator("main form button").click()
    assert "申诉处理中" in resident.locator("main").inner_text()
    for login in ("tenant", "owner"):
        assert words not in town.signed_in(login).open("/points/board").text
    assert requests.get(town.url + "/points/board", allow_redirects=False, timeout=30).status_code == 303
