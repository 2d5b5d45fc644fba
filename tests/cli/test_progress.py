"""The progress bar comes late, goes away, and never stands amid a finding."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from unittest import mock

import pytest

from wikimend.cli import progress
from wikimend.store import compression, jsonl

from .program import WRECK, run

PAGES = 30
BAR = re.compile(r"pages .+ \d+/3[01]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class _Terminal(io.TextIOWrapper):
    """One of the streams that lead to the same terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(PAGES):
        text = WRECK.format("tides") if number % 3 == 0 else "See the tides."
        Path(f"{number:02}.md").write_text(f"{text}\n", "utf-8")


def _run(
    *arguments: str,
    patience: float = 0.0,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return what the terminal receives."""
    received = io.BytesIO()
    out, err = (_Terminal(received, "utf-8", write_through=True) for _ in range(2))
    with mock.patch.multiple(progress, PATIENCE=patience, PAUSE=0.0):
        run(arguments, io.BytesIO(), out, err, variables)
    return received.getvalue().decode()


def _shown(received: str) -> list[str]:
    """Return the lines that a terminal shows in the end; colours are left out."""
    lines, row, column = [""], 0, 0
    for code, text in re.findall(r"(\x1b\[[?0-9;]*[A-Za-z]|[\r\n])|([^\x1b\r\n]+)", received):
        if code == "\n":
            row, column = row + 1, 0
            lines += [""] * (row == len(lines))
        elif code == "\r":
            column = 0
        elif code.endswith("A"):
            row -= int(code[2:-1] or 1)
        elif code.endswith("K"):
            assert code == "\x1b[2K"
            lines[row] = ""
        elif code:
            assert code.endswith("m") or code in ("\x1b[?25l", "\x1b[?25h"), code
        else:
            line = lines[row].ljust(column)
            lines[row] = line[:column] + text + line[column + len(text) :]
            column += len(text)
    return lines


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (("lint", "-q"), {}),
        (("lint",), {"CI": "true"}),
        (("lint",), {"TERM": "dumb"}),
        (("lint", "00.md"), {}),
        (("lint", "--output-format=json"), {}),
    ],
    ids=["quiet", "on a server", "dumb terminal", "one page", "amid a line"],
)
def test_no_bar(arguments: tuple[str, ...], variables: dict[str, str]) -> None:
    assert not BAR.search(_run(*arguments, variables=variables))


def test_no_bar_before_its_time() -> None:
    assert not BAR.search(_run("lint", patience=3600.0))


@pytest.mark.parametrize(
    "arguments",
    [("lint",), ("lint", "--output-format=jsonl"), ("fix", "--diff"), ("lint", "no.md", ".")],
)
def test_it_leaves_no_trace(arguments: tuple[str, ...]) -> None:
    received = _run(*arguments)
    assert BAR.search(_COLOUR.sub("", received))
    assert _shown(received) == _shown(_run(*arguments, patience=3600.0))
    assert received.count("\x1b[?25l") == received.count("\x1b[?25h"), "the cursor is back"


DUMP_BAR = re.compile(r"(\d+\.\d|\d+)/\d.* [kM]?B/s .* (\d+) pages changed")


def test_the_bar_of_a_dump() -> None:
    """It tells how far the file is read, how fast, how long it will take, and what changed."""
    text = WRECK.format("tides")
    lines = [json.dumps({"text": text if n % 2 else "See the tides."}) + "\n" for n in range(200)]
    Path("dump.jsonl").write_text("".join(lines), "utf-8")
    small = mock.patch.object(compression, "_PLAIN_BLOCK", 999)
    with small, mock.patch.object(jsonl, "CHUNK", 2000):
        received = _COLOUR.sub("", _run("fix", "dump.jsonl", "-o", "new.jsonl"))
        quiet = _run("fix", "dump.jsonl", "-o", "other.jsonl", "-q")
    told = [found for frame in received.split("\r") if (found := DUMP_BAR.search(frame))]
    assert len(told) >= 3
    assert re.search(r"\d:\d\d:\d\d", received)
    assert 0 < max(int(found[2]) for found in told) <= 100
    assert "pages changed" not in quiet
    assert received.count("\x1b[?25l") == received.count("\x1b[?25h"), "the cursor is back"
