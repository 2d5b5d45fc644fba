"""Many texts in few objects are the same texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.links.groups import Groups
from wikimend.links.names import Names, Texts

ANY = st.text(st.characters(categories=None), max_size=5)


def test_a_name_that_was_not_added_is_not_there() -> None:
    names = Names(["a", "b"])
    assert names.find("") is None
    assert names.find("ab") is None


@given(st.lists(ANY, max_size=60), ANY)
def test_names_are_a_dictionary_of_numbers(added: list[str], other: str) -> None:
    known: dict[str, int] = {}
    names = Names()
    for name in added:
        assert names.add(name) == known.setdefault(name, len(known))
    assert list(names) == list(known)
    assert len(names) == len(known)
    assert [names.find(name) for name in (*known, other)] == [*known.values(), known.get(other)]
    assert [names[number] for number in range(len(names))] == list(known)


@given(st.lists(ANY, min_size=1, max_size=9), st.lists(st.tuples(st.integers(0, 8), ANY)))
def test_texts_are_a_list(first: list[str], later: list[tuple[int, str]]) -> None:
    known = list(first)
    texts = Texts()
    for text in first:
        texts.append(text)
    for number, text in later:
        known[number % len(first)] = texts[number % len(first)] = text
    assert [texts[number] for number in range(len(texts))] == known


@given(st.dictionaries(ANY, st.lists(ANY, max_size=4)), st.lists(ANY))
def test_groups_are_a_dictionary_of_members(names: dict[str, list[str]], others: list[str]) -> None:
    members = Names(names)
    groups = Groups(members, names.__getitem__)
    for name in {*others, *(name for group in names.values() for name in group)}:
        found = tuple(sorted(member for member, its in names.items() if name in its))
        assert groups.get(name) == found
        assert (name in groups) == (found != ())


def test_a_name_with_the_hash_of_another_is_none_of_a_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("wikimend.links.groups._hash", len)
    groups = Groups(Names(["a.md", "b.md", "sea.md"]), lambda path: [path.removesuffix(".md")])
    assert groups.get("c") == ()
    assert groups.get("b") == ("b.md",)


def test_groups_of_some_members_are_those_of_no_others() -> None:
    groups = Groups(Names(["a", "b", "c"]), lambda member: ["letter"], [0, 2])
    assert groups.get("letter") == ("a", "c")
