"""A town from nothing: set up on the console, its first officer on a phone from the first password to the office, by a second factor."""

import base64
import hashlib
import hmac
import re
import struct
import time
import uuid

from playwright.sync_api import Page

from installation import Jinlin
from test_pages import too_wide, violations

PASSWORD = "Camphor-Tree-1969"


def one_time_code(secret: str) -> str:
    """RFC 6238 with SHA-1, thirty seconds and six digits, as every authenticator shows it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def usable(page: Page) -> None:
    bad, wide = violations(page), too_wide(page)
    assert not bad and not wide, (page.url, bad, wide)


def test_the_first_officer_of_a_new_town_comes_in_by_a_second_factor(chromium, tmp_path, engine):
    jinlin = Jinlin(tmp_path, engine, name=f"jinlin_new_{uuid.uuid4().hex[:8]}")
    said = jinlin.run(
        "town", "add", "--name", "新桥镇", "--name-en", "Xinqiao", "--code", "350599101", "--host-unit", "新桥镇人民政府", "--officer", "chen",
        "--officer-name", "陈小满").stdout
    first = re.search(r"signs in with (\S+)", said).group(1)
    jinlin.start("--no-limits")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=jinlin.url)
    try:
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("#login", "chen")
        page.fill("#password", first)
        page.click("main button.hero")
        page.wait_for_url("**/account/password**")
        page.fill("#current", first)
        page.fill("#password", PASSWORD)
        page.fill("#again", PASSWORD)
        with page.expect_navigation():
            page.locator("main form button.button").first.click()
        # Nothing of the office opens before there is a second factor, whatever is asked for.
        for path in ("/office/town", "/office/matters", "/office/grids"):
            page.goto(path)
            assert page.url.endswith("/account/second-factor"), (path, page.url)
        usable(page)
        secret = re.sub(r"\s", "", page.locator(".secret").inner_text())
        page.fill("#code", "000000" if one_time_code(secret) != "000000" else "000001")
        with page.expect_navigation():
            page.locator("#second-factor form button.button").click()
        assert page.locator("#second-factor .fault").count() > 0 and re.sub(r"\s", "", page.locator(".secret").inner_text()) == secret
        page.fill("#code", one_time_code(secret))
        with page.expect_navigation():
            page.locator("#second-factor form button.button").click()
        page.goto("/office/town")
        assert page.url.endswith("/office/town") and page.locator("h1").inner_text() == "本镇"
        usable(page)
        page.goto("/")
        assert "新桥镇" in page.locator("body").inner_text()
        usable(page)
    finally:
        context.close()
        jinlin.stop()


def test_rules_for_passwords_are_set_on_the_console(tmp_path, engine):
    jinlin = Jinlin(tmp_path, engine, name=f"jinlin_rules_{uuid.uuid4().hex[:8]}")
    jinlin.run(
        "town", "add", "--name", "新桥镇", "--name-en", "Xinqiao", "--code", "350599101", "--host-unit", "新桥镇人民政府", "--officer", "chen",
        "--officer-name", "陈小满")
    assert "passwordDays=90 " in jinlin.run("policy").stdout
    assert "passwordDays=180 " in jinlin.run("policy", "--set", "passwordDays=180").stdout
    # All of them or none.
    refused = jinlin.run("policy", "--set", "lockMinutes=60", "--set", "passwordLength=3", check=False)
    assert refused.returncode != 0 and "passwordLength" in refused.stderr
    shown = jinlin.run("policy").stdout
    assert "lockMinutes=30 " in shown and "passwordDays=180 " in shown and "secondFactorForOffice=yes" in shown
    assert "secondFactorForOffice=no" in jinlin.run("policy", "--set", "secondFactorForOffice=no").stdout
