"""One table: what was measured, by what it is divided, what is aimed for."""

import subprocess
import sys
import unicodedata


class Table:
    HEAD = ("what", "measured", "÷", "ratio", "aim", "")

    def __init__(self):
        self.rows: list[tuple[str, ...]] = []
        self.failed = False

    def section(self, words: str) -> None:
        self.rows.append((words,))

    def add(self, what: str, measured: str, limit: str = "", ratio: float | None = None, aim: float | None = None, met: bool | None = None) -> None:
        """`met` overrules the comparison of `ratio` with `aim`."""
        if met is None and aim is not None and ratio is not None:
            met = ratio >= aim
        verdict = "" if met is None else "met" if met else "MISSED"
        self.rows.append((what, measured, limit, "" if ratio is None else f"{ratio:.2f}", "" if aim is None else f"≥ {aim:g}", verdict))

    def attempt(self, measure) -> None:
        """Measures; what cannot be measured is a line of the table, and the rest goes on."""
        try:
            measure()
        except (SystemExit, OSError, subprocess.CalledProcessError) as failure:
            self.failed = True
            print(f"== FAILED: {failure}", file=sys.stderr, flush=True)
            self.add(str(failure).removeprefix("bench: ").splitlines()[0][:100], "FAILED", met=False)

    def __str__(self) -> str:
        """As Markdown that also reads well in a terminal."""
        lines = [self.HEAD] + [row if len(row) > 1 else (f"**{row[0]}**", "", "", "", "", "") for row in self.rows]
        widths = [max(_width(line[column]) for line in lines) for column in range(len(self.HEAD))]
        printed = ["| " + " | ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths)) + " |" for line in lines]
        printed.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join(printed)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
