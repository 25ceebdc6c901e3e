"""Writes the files that SpreadsheetsTests reads, by the programs that villages' files come from: openpyxl and LibreOffice."""

import datetime
import pathlib
import subprocess
import sys
import zipfile

import openpyxl
from openpyxl.styles import numbers

folder = pathlib.Path(sys.argv[1])


def register(path):
    """A village's register: title rows, merged headers, dates as serials and as text, numbers as text, a second sheet, a hidden one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet["A1"] = "安平社区居民花名册"
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "填表单位：安平社区居委会"
    sheet.append(["序号", "姓名", "身份证号码", "联系方式", None, "出生日期"])
    sheet.append([None, None, None, "手机", "固话", None])
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4"):
        sheet.merge_cells(area)
    sheet.append([1, "林阿珠", "11010519491231002X", 13805951234, "0595-85780001", datetime.date(1949, 12, 31)])
    sheet.append([2, "陈　明", 350582199001011234, "１３９０５９５１２３４", None, "1990年1月1日"])
    sheet.append([])
    sheet.append([3, "=1+1", "x", None, None, None])
    sheet["F8"] = 45292
    sheet["F8"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["D8"] = 0.5
    sheet["D8"].number_format = numbers.FORMAT_PERCENTAGE
    sheet["E8"] = True
    second = book.create_sheet("企业")
    second.append(["名称", "地址"])
    second.append(["鞋厂", "工业路1号"])
    hidden = book.create_sheet("选项")
    hidden.append(["男"])
    hidden.sheet_state = "hidden"
    book.save(path)


def from_1904(path):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["日期"])
    book.active.append([datetime.date(2022, 8, 31)])
    book.save(path)


def rows_of_nothing(path):
    """A million rows that have a style and nothing else, as after a click on the whole column."""
    parts = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        shell(archive)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            sheet.write('<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'.encode())
            for start in range(2, 1_048_577, 10_000):
                for row in range(start, min(start + 10_000, 1_048_577)):
                    parts.append(f'<row r="{row}"><c r="A{row}" s="0"/></row>')
                sheet.write("".join(parts).encode())
                parts.clear()
            sheet.write(b"</sheetData></worksheet>")


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>')
BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>')
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')


def shell(archive):
    archive.writestr("[Content_Types].xml", TYPES)
    archive.writestr("xl/workbook.xml", BOOK)
    archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)


def sheet(path, body, **others):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        shell(archive)
        archive.writestr("xl/worksheets/sheet1.xml", body)
        for name, content in others.items():
            archive.writestr(name.replace("__", "/"), content)


HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = "</sheetData></worksheet>"

register(folder / "register.xlsx")
from_1904(folder / "1904.xlsx")
rows_of_nothing(folder / "nothing.xlsx")
sheet(folder / "bomb.xlsx", HEAD + " " * 60_000_000 + FOOT)
sheet(folder / "deep.xlsx", HEAD + "<a>" * 1000 + "</a>" * 1000 + FOOT)
sheet(
    folder / "entity.xlsx",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + HEAD + '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>' + FOOT)
sheet(
    folder / "laughs.xlsx", '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD
    + '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>' + FOOT)
sheet(folder / "macro.xlsm", HEAD + FOOT, xl__vbaProject_bin="x")
with zipfile.ZipFile(folder / "macro.xlsm", "a") as archive:
    archive.writestr("xl/vbaProject.bin", "x")
sheet(folder / "wide.xlsx", HEAD + '<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>' + FOOT)
sheet(folder / "long.xlsx", HEAD + '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 200_000 + "</t></is></c></row>" + FOOT)
sheet(folder / "unordered.xlsx", HEAD + '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>' + FOOT)
sheet(folder / "bare.xlsx", HEAD + "<row><c><v>1</v></c><c><v>2.5</v></c></row><row><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c></row>" + FOOT)
with zipfile.ZipFile(folder / "path.xlsx", "w") as archive:
    shell(archive)
    archive.writestr("../../etc/cron.d/x", "x")
with zipfile.ZipFile(folder / "parts.xlsx", "w") as archive:
    shell(archive)
    for number in range(2100):
        archive.writestr(f"xl/media/{number}", "")
with zipfile.ZipFile(folder / "other.zip", "w") as archive:
    archive.writestr("readme.txt", "x")

# LibreOffice writes the same register its own way, and makes the formats that we refuse.
for target in ("xlsx", "xls", "ods"):
    out = folder / f"office-{target}"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target, "--outdir", out, folder / "register.xlsx"],
        check=True, capture_output=True, timeout=180)
