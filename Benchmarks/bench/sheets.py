"""A town's register as a spreadsheet: made by openpyxl, brought in by `jinlin import people`, with the time and the memory it takes."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import openpyxl

HEADER = [
    "序号", "姓名", "身份证号码", "性别", "民族", "出生日期", "手机", "所属网格", "户号", "与户主关系", "现住址", "户籍地", "文化程度", "婚姻状况", "是否党员", "职业",
    "工作单位", "人员类别", "是否独居", "备注",
]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def identity(number: int) -> str:
    """The number of nobody: born between 1900 and 1955, with a sound check digit, every number another one, births spread as in a town."""
    order, born = divmod(number, 56 * 336)
    year, day = divmod(born * 4_999 % (56 * 336), 336)
    digits = f"350582{1900 + year:04d}{1 + day // 28:02d}{1 + day % 28:02d}{1 + order:03d}"
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS)) % 11]


def write(path: Path, people: int, grids: list[str], sheets: int = 1) -> None:
    """Four to a household, in as many sheets as Excel needs for so many rows."""
    book = openpyxl.Workbook(write_only=True)
    for sheet in range(sheets):
        page = book.create_sheet(f"花名册{sheet + 1}")
        page.append(["安海镇居民花名册"])
        page.append(HEADER)
        for number in range(sheet * people // sheets, (sheet + 1) * people // sheets):
            document, home = identity(number), number // 4
            page.append([
                number + 1, "林陈王黄李张吴许蔡郑"[number % 10] + "阿秀美丽国建志明"[number // 10 % 8] + "珠英华强芳玲伟玉"[number // 80 % 8], document,
                "男" if int(document[16]) % 2 else "女", "汉族", f"{document[6:10]}-{document[10:12]}-{document[12:14]}", f"138{number % 100_000_000:08d}",
                grids[home % len(grids)], f"H{home:06d}", ["户主", "配偶", "子", "女"][number % 4], f"{home // 40}巷{home}号", f"福建省晋江市安海镇{home}号", "初中",
                "已婚", "否", "务工", f"鞋厂{number % 300}", "户籍", "否", None])
    book.save(path)


@dataclass
class Imported:
    seconds: float
    memory: int
    """The most the process had in memory, in bytes."""
    said: str


def bring(jinlin: Path, options: list[str], path: Path) -> Imported:
    begun = time.monotonic()
    process = subprocess.Popen([jinlin, "import", "people", path, *options], stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"bench: the import failed: {said[-2000:]}")
    return Imported(time.monotonic() - begun, usage.ru_maxrss * 1024, said)
