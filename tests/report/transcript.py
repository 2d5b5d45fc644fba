"""Reads the data files of these tests: cases of a text and what is expected of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from wikimend.repair.finding import Mended
from wikimend.text.edit import Edit, apply
from wikimend.text.page import Page

_CASE = re.compile(
    r"^== (?P<name>.+)\n(?P<given>(?:.*\n)*?)==>\n(?P<wanted>(?:(?!== ).*\n)*)", re.M
)
_EDIT = re.compile("⟪([^➔⟫]*)(?:➔([^⟫]*))?⟫")
_CONTROLS = str.maketrans({"␍": "\r", "⇥": "\t", "⎋": "\x1b"})


def cases(name: str) -> list[ParameterSet]:
    """Return each case of the file `name` as a parameter: the text given and the text wanted."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    found = list(_CASE.finditer(text))
    assert len(found) == len(re.findall("^== ", text, re.M)) > 1, f"{name}: a case without `==>`"
    return [
        pytest.param(
            re.sub("␄\n$", "", case["given"]).translate(_CONTROLS),
            case["wanted"].translate(_CONTROLS),
            id=case["name"],
        )
        for case in found
    ]


def marked(text: str) -> tuple[str, list[Edit]]:
    """Return `text` without its edits' signs, and the edits."""
    plain = ""
    edits = []
    done = 0
    for found in _EDIT.finditer(text):
        plain += text[done : found.start()]
        edits.append(Edit(len(plain), len(plain) + len(found[1]), found[2] or ""))
        plain += found[1]
        done = found.end()
    return plain + text[done:], edits


def mended(text: str, name: str = "page.md") -> Mended:
    """Return the page of `text` with its edits made."""
    plain, edits = marked(text)
    return Mended(Page(plain, name), apply(plain, edits), tuple(edits))
