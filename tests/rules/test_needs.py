"""The needs of the shipped rules: a search for one takes linear time on any page.

A search begins anew wherever its first character stands. What may repeat without a limit must stop
at something that has to stand before it, else a page of nothing but that is searched once for each.
"""

from __future__ import annotations

import re

import pytest

from wikimend.repair.need import Need
from wikimend.rules.reader import load
from wikimend.rules.vocabulary import UNBALANCED

_TOKEN = re.compile(
    r"(?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.)(?P<times>[*+?]|\{\d*,?\d*\})?", re.DOTALL
)
_ENDLESS = re.compile(r"[*+]|\{\d*,\}")
SAMPLE = [*map(chr, range(9, 127)), *"“”‘’】】（［†", "\u200b", "\u2060", "\ufeff", "\ue202"]
NEEDS = sorted({need for rule in load().ruleset.rules for need in rule.needs} - {UNBALANCED})


def unstopped(source: str) -> list[str]:
    """Return what repeats without a limit and runs across all that must stand before it."""
    before: list[set[str]] = []
    depth = 0
    wrong = []
    for found in _TOKEN.finditer(source):
        atom, times = found["atom"], found["times"] or ""
        depth += (atom == "(") - (atom == ")")
        characters = matched(atom) if atom not in "()|" else set()
        if _ENDLESS.fullmatch(times) and characters:
            others = before or [characters]
            wrong += [atom] if all(first & characters for first in others) else []
        if atom == "|" and not depth:
            before = []
        elif characters and not depth and not re.match(r"[*?]|\{0", times):
            before.append(characters)
    return wrong


def matched(atom: str) -> set[str]:
    """Return the characters that a part of a regular expression matches, among a sample."""
    try:
        return {character for character in SAMPLE if re.fullmatch(atom, character)}
    except re.error:  # half of a group
        return set()


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        (r"\]\([^\s]*x", [r"[^\s]"]),
        (r"\[[^\n]+\]", [r"[^\n]"]),
        (r"\|.*x", ["."]),
        (r"a\S*x", [r"\S"]),
        (r"[ab]+x", ["[ab]"]),
        (r"\]\([^\s()]*x", []),
        (r"\[[^\[\]\n]+\]", []),
        (r"\|.{0,9}x", []),
        (r"a\s*x", []),
    ],
)
def test_what_runs_on_is_told(source: str, wrong: list[str]) -> None:
    assert unstopped(source) == wrong


@pytest.mark.parametrize("source", NEEDS)
def test_a_need_stops(source: str) -> None:
    assert Need.of(source).literal is not None or unstopped(source) == []
