"""Edits: applied at once, composed over passes, and traced back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.text.edit import Edit, Origin, apply, compose

TEXTS = st.text("abc\n", max_size=12)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    texts = st.text("xyz", max_size=3)
    return [Edit(a, b, draw(texts)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(0, 2, "x"), Edit(1, 3, "y")], id="overlap"),
        pytest.param([Edit(2, 5, "x")], id="past-the-end"),
        pytest.param([Edit(2, 1, "x")], id="end-before-start"),
    ],
)
def test_refuses(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply("abc", edits)


@pytest.mark.parametrize(
    ("edits", "mended"),
    [
        pytest.param([], "abc", id="none"),
        pytest.param([Edit(1, 1, "x")], "axbc", id="insertion"),
        pytest.param([Edit(0, 3, "")], "", id="deletion"),
        pytest.param([Edit(2, 3, "y"), Edit(0, 2, "x")], "xy", id="touching-unordered"),
    ],
)
def test_apply(edits: list[Edit], mended: str) -> None:
    assert apply("abc", edits) == mended


@pytest.mark.parametrize(
    ("span", "original"),
    [
        pytest.param((0, 1), (0, 1), id="before"),
        pytest.param((2, 3), (2, 5), id="inside-covers-all"),
        pytest.param((1, 2), (1, 2), id="touching-left"),
        pytest.param((4, 5), (5, 6), id="touching-right"),
        pytest.param((0, 5), (0, 6), id="around"),
    ],
)
def test_origin(span: tuple[int, int], original: tuple[int, int]) -> None:
    assert Origin([Edit(2, 5, "xy")]).span(*span) == original  # abCDEf -> abxyf


def test_origin_of_a_place_where_something_was_deleted() -> None:
    assert Origin([Edit(2, 4, "")]).span(2, 3) == (4, 5)


@given(st.data(), TEXTS)
def test_composed_edits_do_what_both_passes_do(data: st.DataObject, text: str) -> None:
    first = data.draw(edits_of(text))
    middle = apply(text, first)
    second = data.draw(edits_of(middle))
    composed = compose(first, second, middle)
    assert apply(text, composed) == apply(middle, second)
    assert composed == sorted(composed)


def test_composed_edits_name_all_rules() -> None:
    first = [Edit(0, 2, "xy", ("A",)), Edit(4, 5, "z", ("B",))]
    second = [Edit(1, 3, "", ("C",))]
    assert compose(first, second, "xycdzf") == [
        Edit(0, 3, "x", ("A", "C")),
        Edit(4, 5, "z", ("B",)),
    ]
