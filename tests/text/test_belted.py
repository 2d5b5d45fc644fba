"""How long a text may be that a pattern searches without a time limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.text.belted import belted, carefree

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


ALIKE = [
    r"[\w'’-]+(?: [\w'’-]+){0,3} ", r"(?:\/[\w.~%+-]+)*\/", r"[^\]]*|.*\[.*", "[0-9]{1,3}[a-z]?",
    r"\*+(a|b.)?", "",
]  # fmt: skip
NOT_ALIKE = [
    r"\s+", "a++", "(?<n>a)", "a{e<=1}", "[a[b]", "[+--]", "[a&&b]", "(?i)a", "(?=a)a", r"\p{L}",
    "a*?", "[[:alpha:]]", r"\R", r"(?>a*)a", "^a$",
]  # fmt: skip
"""What `re` does not have or takes otherwise, or what may do so."""


@pytest.mark.parametrize("source", NOT_ALIKE)
def test_what_re_may_take_otherwise_is_left_to_regex(source: str) -> None:
    assert belted(source)._simple is None


@pytest.mark.parametrize("source", ALIKE)
@given(st.text("ab1 _'-/.~%[]*\t\n\x1cÀिǅ’", max_size=12))
def test_re_tells_what_regex_does(source: str, text: str) -> None:
    assert belted(source)._simple is not None
    assert belted(source).fits(text) is (belted(source).fullmatch(text) is not None)
