"""Reads the data files of these tests: rule files with mistakes, and the messages they get."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

DATA = Path(__file__).parent / "data"

_CASE = re.compile(
    r"^== (?P<name>.+)\n(?P<file>(?:.*\n)*?)==>\n(?P<messages>(?:(?!== ).*\n?)*)", re.M
)


def mistakes(*names: str) -> list[ParameterSet]:
    """Return each case of the files `names` as a parameter: a rule file and its messages."""
    found: list[ParameterSet] = []
    for name in names:
        text = (DATA / name).read_text(encoding="utf-8")
        cases = [
            pytest.param(case["file"].replace("␀", "\0"), case["messages"], id=case["name"])
            for case in _CASE.finditer(text)
        ]
        assert len(cases) == len(re.findall("^== ", text, re.M)) > 1, f"{name}: a broken case"
        found += cases
    return found
