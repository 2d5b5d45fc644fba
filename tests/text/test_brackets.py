"""The balance of brackets adds up over stretches, however they are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.text.brackets import Balance

KINDS = st.text("[]()TU", max_size=20)


@pytest.mark.parametrize(
    ("kinds", "unpaired"),
    [
        ("", 0),
        ("T[T](U)", 0),
        ("[(])", 0),  # the two kinds are counted apart
        ("][", 2),
        ("[[T]", 1),
        ("[T]]U)", 2),
    ],
)
def test_unpaired(kinds: str, unpaired: int) -> None:
    assert Balance.of(kinds).unpaired == unpaired


def test_asks_for_one_kind_of_bracket() -> None:
    balance = Balance.of("]]((")
    assert [balance.closers(c) for c in "[]()"] == [2, 2, 0, 0]
    assert [balance.openers(c) for c in "[]()"] == [0, 0, 2, 2]


@given(KINDS, KINDS)
def test_adds_up(left: str, right: str) -> None:
    assert Balance.of(left) + Balance.of(right) == Balance.of(left + right)
