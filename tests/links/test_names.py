"""Many texts in few objects are the same texts."""

from __future__ import annotations

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


@given(st.lists(st.tuples(ANY, ANY)), ANY)
def test_groups_are_a_dictionary_of_members(pairs: list[tuple[str, str]], other: str) -> None:
    known: dict[str, set[str]] = {}
    for name, member in pairs:
        known.setdefault(name, set()).add(member)
    groups = Groups(pairs, Names([other]))
    assert dict(groups) == {name: tuple(sorted(members)) for name, members in known.items()}
    assert (other in groups, len(groups)) == (other in known, len(known))
