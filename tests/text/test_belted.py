"""How long a text may be that a pattern searches without a time limit."""

from __future__ import annotations

import pytest

from wikimend.text.belted import carefree

ALWAYS_LIMITED = [
    "(?:a*)*", "(a+)+b", "(?:a|aa)+", "(?:aa?)+", "(?:a{1,9})*", "((?:a|b))+", "(?:(?:a|b)c)*", "(",
    ")", "(?i:a*)+", "(?<n>a|ab){2,9}", "(?>a*)*",
]  # fmt: skip
LIMITED_BEYOND = [
    ("abc", 10_000), ("a?b?", 10_000), ("a|b", 10_000), ("[a*+]", 10_000), (r"\(a\)\*", 10_000),
    ("a*", 464), ("(?:ab)+", 464), (r"(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N} ._-]*", 100),
    ("a*b*c*", 40), ("[(]+", 464), ("a{3}", 464), ("(?:a|b)c+", 464),
]  # fmt: skip


@pytest.mark.parametrize("source", ALWAYS_LIMITED)
def test_a_choice_in_a_repeat(source: str) -> None:
    assert carefree(source) == 12


@pytest.mark.parametrize(("source", "most"), LIMITED_BEYOND)
def test_repeats_in_a_row(source: str, most: int) -> None:
    assert carefree(source) == most
