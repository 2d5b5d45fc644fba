"""Names that are like a word are the same, however they are kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wikimend.links.alike import Alike
from wikimend.links.names import Names
from wikimend.links.suggestion import similar

NAME = st.text("ab\u00e4\u6d77", max_size=9)


def test_what_is_not_like_a_word_is_not_found() -> None:
    names = Alike([("tide", "a.md"), ("", "b.md")], Names(["a.md", "b.md"]))
    assert names.like("harbor") == []
    assert names.like("tides and waves") == []


def test_a_name_of_what_is_not_there_is_none() -> None:
    names = Alike([("tide", "gone.md"), ("tides", "a.md")], Names(["a.md"]))
    assert [path for path, _ in names.like("tide")] == ["a.md"]


def test_of_equal_names_the_last_one_counts() -> None:
    named = [("tides", "a.md"), ("tide", "b.md"), ("tides", "c.md")]
    names = Alike(named, Names(["a.md", "b.md", "c.md"]))
    assert len(names) == 2
    assert [path for path, _ in names.like("tides")] == ["c.md", "b.md"]


def test_of_many_that_are_as_like_the_first_ones_are_taken() -> None:
    paths = [f"{number}.md" for number in range(90)]
    named = [(f"page {chr(0x4E00 + number)}", path) for number, path in enumerate(paths)]
    assert [path for path, _ in Alike(named, Names(paths)).like("page x")] == paths[:3]


@given(st.lists(NAME, max_size=40), NAME)
def test_the_names_most_like_a_word_are_found(names: list[str], word: str) -> None:
    paths = [str(number) for number in range(len(names))]
    meant = dict(zip(names, paths, strict=True))
    found = Alike(zip(names, paths, strict=True), Names(paths)).like(word)
    assert found == [(meant[name], sure) for name, sure in similar(word, meant)]
