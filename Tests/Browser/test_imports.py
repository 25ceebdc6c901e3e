"""A village's spreadsheet from upload to undo, in the browser and from the terminal, with files that openpyxl writes."""

import io
import re
import zipfile

import openpyxl
import pytest
import requests

from ground import anping, grids
from test_pages import too_wide, violations


def workbook(path, rows, title="安平社区网格一览表"):
    """A sheet as villages have them: a title across, who filled it in, then the header."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=4)
    sheet.append(["填表人：陈秀珠"])
    sheet.append(["序号", "网格名称", "网格类型", "值班电话"])
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def names(town):
    """The grids as they stand at this moment."""
    return {grid["name"] for grid in requests.get(town.url + "/api/v1/grids", timeout=30).json()["grids"]}


@pytest.mark.parametrize("width", [390, 1440])
def test_a_sheet_is_brought_judged_written_and_taken_back(desk, town, tmp_path, width):
    fresh, other = f"测试片区{width}", f"测试小区{width}"
    file = workbook(
        tmp_path / "网格.xlsx", [[1, fresh, "住户区", 13805951234], [2, other, "小区", "１３９０５９５１２３４"], [3, f"坏电话{width}", "住户区", "1.38E+10"], ["合计", 3]])
    page = desk("chief", width=width)
    page.goto("/office/imports")
    page.select_option("#kind", "grids")
    page.set_input_files("#file", file)
    page.click("form.card button.button")
    page.wait_for_url(re.compile(r"/office/imports/[0-9a-f-]{36}$"))
    assert not violations(page)
    assert width > 390 or not too_wide(page)
    # Every column was recognised by its name; 序号 is left out.
    chosen = page.locator("select[name^=column-]").evaluate_all("list => list.map(s => s.value)")
    assert chosen == ["", "name", "kind", "dutyPhone"]
    page.click("form.form button.button")
    page.wait_for_selector("text=导不导", timeout=30_000)
    assert not violations(page)
    assert width > 390 or not too_wide(page)
    assert "共 3 行：2 行可以导入，1 行有问题" in page.inner_text("main")
    faults = page.locator("table[aria-label*='有问题'] tbody tr")
    assert faults.count() == 1
    assert faults.first.inner_text().split("\t")[0].strip() == "D6", "the very cell"
    assert fresh not in names(town), "judging changes nothing"

    with page.expect_download() as download:
        page.click("text=下载有问题的行")
    mended = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert [cell.value for cell in mended[1]] == ["原因", "序号", "网格名称", "网格类型", "值班电话"]
    assert mended.max_row == 2 and mended["C2"].value == f"坏电话{width}" and mended["A2"].value.startswith("D: ")

    page.click("button[value=valid]")
    page.wait_for_selector("text=导入了 2 行", timeout=30_000)
    assert {fresh, other} <= names(town)
    page.click("summary:has-text('整批撤销')")
    page.click("text=撤销这次导入")
    page.wait_for_selector("text=全部撤销了", timeout=30_000)
    assert not {fresh, other} & names(town)
    page.goto("/office/imports")
    assert not violations(page)
    assert width > 390 or not too_wide(page)
    page.context.close()


def test_the_same_works_without_scripts(town, tmp_path):
    chief = town.signed_in("chief")
    file = workbook(tmp_path / "网格.xlsx", [[1, "无脚本片区", "住户区", None]])
    token = chief.token("/office/imports")
    sent = chief.submit(
        "/office/imports", {"kind": "grids", "place": anping(town)["id"], "request": "0197b5a0-0000-7000-8000-00000000a001"},
        files={"file": ("网格.xlsx", file.read_bytes())}, token=token)
    assert sent.status_code == 303, sent.text
    path = sent.headers["Location"]
    page = chief.open(path).text
    fields = {f"name-{n}": name for n, name in re.findall(r'name="name-(\d+)" value="([^"]*)"', page)}
    fields |= {f"column-{n}": field for n, field in (("1", "name"), ("2", "kind"))}
    answer = chief.submit(path + "/mapping", fields | {"sheet": "0"}, token=token)
    assert answer.status_code == 303, answer.text
    state = wait(chief, path, "checked")
    assert state["sound"] == 1
    assert chief.submit(path + "/decision", {"policy": "all"}, token=token).status_code == 303
    assert wait(chief, path, "finished")["written"] == 1
    # Sent again, it is the same import.
    again = chief.submit(
        "/office/imports", {"kind": "grids", "place": anping(town)["id"], "request": "0197b5a0-0000-7000-8000-00000000a001"},
        files={"file": ("网格.xlsx", file.read_bytes())}, token=token)
    assert again.headers["Location"] == path
    assert chief.submit(path + "/undoing", {}, token=token).status_code == 303
    wait(chief, path, "undone")


def wait(visitor, path, state):
    import time

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = visitor.open("/api/v1/imports/" + path.rsplit("/", 1)[1]).json()
        if found["state"] == state:
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", " " * 60_000_000)
    return content.getvalue()


@pytest.mark.parametrize("content, words", [
    (b"<html><table><tr><td>x</td></tr></table></html>", "web page"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old xls"),
    (b"", "Choose a file"), (b"PK\x03\x04nonsense", "damaged"), (bomb(), "abnormal"), (b"a,b\n\"x", "quotation"), (b"\x00\x01\x02", "neither"),
], ids=["html", "xls", "nothing", "damaged", "bomb", "quote", "binary"])
def test_what_is_no_spreadsheet_is_refused_beside_the_field(town, content, words):
    chief = town.signed_in("chief")
    sent = chief.submit(
        "/office/imports", {"kind": "grids", "place": anping(town)["id"]}, files={"file": ("表.xlsx", content)}, token=chief.token("/office/imports"))
    assert sent.status_code == 422
    assert words in re.search(r'id="faults".*?</div>', sent.text, re.S)[0]


def test_nobody_imports_beyond_their_village(town, tmp_path):
    chief = town.signed_in("chief")
    elsewhere = next(grid for grid in grids(town) if grid["level"] == 1 and grid["id"] != anping(town)["id"])
    file = workbook(tmp_path / "a.xlsx", [[1, "越界", "住户区", None]]).read_bytes()
    sent = chief.submit(
        "/office/imports", {"kind": "grids", "place": elsewhere["id"]}, files={"file": ("a.xlsx", file)}, token=chief.token("/office/imports"))
    assert sent.status_code == 404
    for path in ("/office/imports", "/api/v1/imports"):
        assert town.signed_in("worker").open(path).status_code == 403


def test_the_terminal_judges_and_writes(town, tmp_path):
    file = workbook(tmp_path / "网格.xlsx", [[1, "终端片区", "住户区", None], [2, "坏", "不知道", None]])
    code = anping(town)["code"]
    dry = town.run("import", "grids", str(file), "--village", code, "--dry-run", "--language", "en", check=False)
    assert dry.returncode == 1 and "C5\tNot understood" in dry.stdout and "2 rows: 1 sound, 1 faulty." in dry.stdout, dry
    assert "checking: done" in dry.stderr and "1\tNewly registered" in dry.stdout, dry
    assert "终端片区" not in names(town)
    refused = town.run("import", "grids", str(file), "--village", code, check=False)
    assert refused.returncode == 1 and "Nothing was written" in refused.stdout
    done = town.run("import", "grids", str(file), "--village", code, "--valid-rows", check=False)
    assert "1 rows were written" in done.stdout, done
    assert "终端片区" in names(town)
    out = tmp_path / "out.xlsx"
    assert town.run("export", "grids", str(out)).returncode == 0
    exported = openpyxl.load_workbook(out).active
    assert "终端片区" in {row[2].value for row in exported.iter_rows()}
    # What the terminal wrote, the office takes back.
    office = town.signed_in("town")
    path = re.search(r"/office/imports/[0-9a-f-]{36}", office.open("/office/imports").text)[0]
    assert office.submit(path + "/undoing", {}, token=office.token("/office/imports")).status_code == 303
    wait(office, path, "undone")
    assert "终端片区" not in names(town)


@pytest.mark.parametrize("login, name", [("town", "matters"), ("town", "grids"), ("town", "posts"), ("town", "households"), ("town", "people"), ("town", "villages"), ("town", "enterprises"), ("chief", "organisations"), ("worker", "care"), ("auditor", "audit"), ("chief-yaoqian", "exchange"),
    ("chief-yaoqian", "balances"), ("operator", "accounts"), ("town", "purposes"), ("town", "phrases"), ("town", "units"), ("town", "joint-tasks")])
def test_lists_are_taken_along_with_the_columns_that_were_chosen(town, login, name):
    visitor = town.signed_in(login)
    page = visitor.open(f"/office/exports/{name}")
    assert page.status_code == 200
    known = re.findall(r'name="column" value="([^"]+)"', page.text)
    chosen = known[:3]
    sent = visitor.post(
        town.url + f"/office/exports/{name}", data=[("csrf", visitor.token(f"/office/exports/{name}")), ("format", "xlsx")] + [("column", c) for c in chosen],
        allow_redirects=False, timeout=60)
    assert sent.status_code == 303, sent.text
    file = requests.get(town.url + sent.headers["Location"], cookies=visitor.cookies, headers=visitor.headers, timeout=60)
    assert file.headers["Content-Type"].endswith("spreadsheetml.sheet") and "attachment" in file.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet.max_column == 3 and sheet.max_row > 1
    assert not any(isinstance(cell.value, str) and cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    remembered = re.findall(r'name="column" value="([^"]+)" checked', visitor.open(f"/office/exports/{name}").text)
    assert remembered == chosen
    text = requests.get(
        town.url + f"/office/exports/{name}/file?format=csv", cookies=visitor.cookies, headers=visitor.headers, timeout=60).content
    assert text.startswith(b"\xef\xbb\xbf") and text.count(b"\r\n") >= sheet.max_row
    assert town.signed_in("resident").open(f"/office/exports/{name}").status_code == 403


@pytest.mark.parametrize("login, page, name", [
    ("chief-yaoqian", "/office/points/{yaoqian}/households", "balances"), ("operator", "/accounts", "accounts"), ("operator", "/integrations", "subscribers"),
    ("town", "/office/purposes", "purposes"), ("town", "/office/phrases", "phrases"), ("town", "/office/units", "units"), ("town", "/office/joint-tasks", "joint-tasks"),
    ("town", "/office/routing-rules", "routing-rules"), ("town", "/office/imports", "imports"), ("town", "/office/stand-ins", "stand-ins"),
    ("town", "/office/samples", "samples"), ("town", "/office/area-imports", "area-imports"),
])
def test_lists_lead_to_their_spreadsheet_and_only_their_readers_have_it(town, login, page, name):
    visitor = town.signed_in(login)
    yaoqian = next(grid for grid in grids(town) if grid["level"] == 1 and "瑶前" in grid["name"])
    shown = visitor.open(page.replace("{yaoqian}", yaoqian["id"])).text
    # A list without a line has nothing to take along, and its page no link.
    assert f'href="/office/exports/{name}' in shown or 'class="empty"' in shown or name in ("stand-ins", "area-imports")
    header, rows = sheet_of(visitor, f"/office/exports/{name}/file")
    assert len(header) >= 3 and all(header)
    for stranger in ("resident", "auditor"):
        assert town.signed_in(stranger).open(f"/office/exports/{name}").status_code == 403


def test_the_accounts_go_along_without_a_secret(town):
    operator = town.signed_in("operator")
    header, rows = sheet_of(operator, "/office/exports/accounts/file?text=worker")
    assert rows and all("worker" in str(row[1]) for row in rows)
    _, everybody = sheet_of(operator, "/office/exports/accounts/file")
    assert len(everybody) > len(rows) and not any("argon2" in str(cell) for row in everybody for cell in row)
    worker = town.signed_in("worker")
    assert worker.open("/office/exports/accounts").status_code == 403


def sheet_of(visitor, path):
    file = visitor.get(visitor.site + path, timeout=60)
    assert file.status_code == 200, file.text
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True))
    return rows[0], rows[1:]


@pytest.mark.parametrize("name", ["people", "households", "enterprises", "care"])
def test_no_list_gives_what_is_masked(town, name):
    office = town.signed_in("town")
    columns = re.findall(r'name="column" value="([^"]+)"', office.open(f"/office/exports/{name}").text)
    sent = office.post(
        town.url + f"/office/exports/{name}", data=[("csrf", office.token(f"/office/exports/{name}")), ("format", "xlsx")] + [("column", c) for c in columns],
        allow_redirects=False, timeout=60)
    header, rows = sheet_of(office, sent.headers["Location"])
    assert rows and len(header) == len(columns)
    for row in rows:
        text = "\t".join(str(cell) for cell in row)
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<![\dA-Z])\d{17}[\dX](?![\dA-Z])", text), text
    if name == "people":
        # A masked document leaves out the day of birth: that day beside it would say the whole number.
        born = columns.index("birth")
        assert {type(row[born]) for row in rows} <= {int, float, type(None)} and any(row[born] for row in rows)


def test_a_list_is_filtered_as_its_page_is(town):
    office, village = town.signed_in("town"), anping(town)
    _, shops = sheet_of(office, "/office/exports/enterprises/file?kind=smallShop&grid=" + village["id"])
    _, firms = sheet_of(office, "/office/exports/enterprises/file?grid=" + village["id"])
    assert 0 <= len(shops) < len(firms)
    assert len({row[0] for row in firms}) == 1
    estate = next(grid for grid in grids(town) if grid["level"] == 2 and grid["code"].startswith(village["code"][:12]))
    _, people = sheet_of(office, f"/office/exports/people/file?grid={estate['id']}")
    _, everybody = sheet_of(office, "/office/exports/people/file")
    assert 0 < len(people) < len(everybody)
    worker = town.signed_in("worker")
    elsewhere = next(grid for grid in grids(town) if grid["level"] == 1 and grid["id"] != village["id"])
    assert worker.open(f"/office/exports/people/file?grid={elsewhere['id']}").status_code == 404


def empty_form(path, title, last="残疾类别"):
    """A form as another office sends it: a title, a header of two rows with joined cells, an example row, who signs."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "摸底表"
    sheet["A1"] = title
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "姓名", "证件号码", "联系方式", None, last])
    sheet.append([None, None, None, "手机", "住址", None])
    for area in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"):
        sheet.merge_cells(area)
    sheet.append([1, "（示例）张三", None, None, "某村1号", "视力"])
    sheet.append(["填表人：", None, None, "日期："])
    book.save(path)
    return path


@pytest.mark.parametrize("width", [390, 1440])
def test_another_offices_form_is_filled_from_what_we_hold(desk, town, tmp_path, width):
    page = desk("chief", width=width)
    page.goto("/office/exports/people")
    assert not violations(page)
    page.set_input_files("#file", empty_form(tmp_path / f"摸底表{width}.xlsx", f"摸底表{width}", f"残疾类别{width}"))
    page.click("#forms button.button")
    page.wait_for_selector("select[name=source-0]")
    assert not violations(page)
    assert width > 390 or not too_wide(page)
    chosen = page.locator("select[name^=source-]").evaluate_all("list => list.map(s => s.value)")
    assert chosen == ["#", "name", "document", "phone", "address", ""]
    page.select_option("select[name=source-5]", "relation")
    with page.expect_download() as download:
        page.click("text=填好并下载")
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert sheet.title == "摸底表" and sheet["A1"].value == f"摸底表{width}"
    assert {"A1:F1", "A2:A3", "D2:E2", "F2:F3"} <= {str(area) for area in sheet.merged_cells.ranges}
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[-1][0] == "填表人：" and [row[0] for row in rows[:-1]] == list(range(1, len(rows)))
    _, people = sheet_of(town.signed_in("chief"), "/office/exports/people/file")
    assert len(rows) - 1 == len(people) > 3
    assert not any("示例" in str(row[1]) for row in rows)
    assert not any(re.fullmatch(r"\d{17}[\dX]|1\d{10}", str(cell)) for row in rows for cell in row)
    # The same form next month: what was chosen is known.
    page.goto("/office/exports/people")
    page.set_input_files("#file", empty_form(tmp_path / f"下月{width}.xlsx", f"摸底表{width}", f"残疾类别{width}"))
    page.click("#forms button.button")
    page.wait_for_selector("select[name=source-0]")
    assert page.locator("select[name=source-5]").input_value() == "relation"
    form = page.url
    other = town.signed_in("chief-yaoqian")
    path = form.removeprefix(town.url)
    for found in (path, path + "/file"):
        assert other.open(found).status_code == 404, "another village's form"
    page.click("summary:has-text('不要这张表了')")
    page.click("main details[open] button.button")
    page.wait_for_url(re.compile("/office/exports/people$"))
    assert page.goto(form).status == 404
    page.context.close()


def test_what_is_no_form_is_refused_beside_the_field(town):
    chief = town.signed_in("chief")
    for content, words in [(b"<html><table></table></html>", "web page"), (b"", "Choose a file"), ("林阿珠,11010519491231002X\n".encode(), "names the columns"), (bomb(), "abnormal")]:
        sent = chief.submit("/office/exports/people/forms", {}, files={"file": ("表.xlsx", content)}, token=chief.token("/office/imports"))
        assert sent.status_code == 422 and words in re.search(r'id="faults".*?</div>', sent.text, re.S)[0]
    assert town.signed_in("worker").submit("/office/exports/audit/forms", {}, token=town.signed_in("worker").token("/office/households/new")).status_code == 403


def test_who_is_registered_already_is_told_before_anything_is_written(desk, town, tmp_path):
    def roster(*people):
        book = openpyxl.Workbook()
        book.active.append(["姓名", "身份证号码", "手机", "网格", "住址", "出生日期"])
        for person in people:
            book.active.append(person)
        path = tmp_path / f"花名册{len(people)}.xlsx"
        book.save(path)
        return path

    page = desk("chief", width=390)

    def judged(file):
        page.goto("/office/imports")
        page.select_option("#kind", "people")
        page.set_input_files("#file", file)
        page.click("form.card button.button")
        page.wait_for_selector("select[name=column-0]")
        assert "11010519491231002X" not in page.content() and "13805951234" not in page.content(), "numbers are hidden among the samples"
        assert "110************02X" in page.content()
        page.click("form.form button.button")
        page.wait_for_selector("text=导不导", timeout=30_000)

    first = ["林阿珠", "11010519491231002X", "13805951234", "春晖小区", "比对巷1号", None]
    judged(roster(first))
    page.click("button[value=all]")
    page.wait_for_selector("text=导入了 1 行", timeout=30_000)
    judged(roster(first, ["陈比对", None, None, "春晖小区", "比对巷1号", "1950-01-02"]))
    said = dict(zip(page.locator("dl.facts dt").all_inner_texts(), page.locator("dl.facts dd").all_inner_texts()))
    assert said == {"新登记": "1", "已经登记过，不用改": "1"}
    page.click("text=看看是哪些行")
    assert "第 2 行" in page.inner_text("main") and not violations(page) and not too_wide(page)
    with page.expect_download() as download:
        page.click("text=下载整张表")
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert [sheet["A2"].value, sheet["A3"].value] == ["已经登记过，不用改", None]
    page.click("button[value=all]")
    page.wait_for_selector("text=导入了 1 行", timeout=30_000)
    page.click("summary:has-text('整批撤销')")
    page.click("text=撤销这次导入")
    page.wait_for_selector("text=全部撤销了", timeout=30_000)
    page.context.close()
