"""Entries on a shelf are what was put there, wherever they are copied to."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.links.facts import names_from
from wikimend.links.surface import holds, listed, together
from wikimend.run import linkcache
from wikimend.run.notes import WRONG, Note, Notes
from wikimend.run.scratch import BUFFER, Scratch
from wikimend.run.shelf import Entry, Shelf

NAME = st.text(st.characters(categories=None), max_size=6)


def entry(path: str, anchors: str = "<", size: int = 7, called: str = "") -> Entry:
    """Return an entry."""
    rooted = '["/a"]' if size % 2 else ""
    return Entry(path, size, -3, f"{size:032x}", anchors, "[]", called, rooted, "[1]", "[2]")


TITLE_ALONE = '["t",[],[],[],[]]'
CALLED = st.sampled_from(["", TITLE_ALONE, '["t",["a"],[],[],[]]', '["",[],[],[],["7"]]'])
ENTRIES = st.lists(st.builds(entry, NAME, st.lists(NAME).map(together), st.integers(0, 99), CALLED))


def _named(entry: Entry) -> bool:
    return entry.called not in ("", TITLE_ALONE)


def entries(shelf: Shelf) -> list[Entry]:
    """Return all that is on a shelf, and see that what is in memory agrees with it."""
    found = [shelf.entry(number) for number in range(len(shelf))]
    assert list(shelf.paths) == [each.path for each in found]
    assert [shelf.anchors[number] for number in range(len(shelf))] == [e.anchors for e in found]
    assert [shelf.digest(number) for number in range(len(shelf))] == [e.digest for e in found]
    assert [*shelf.rooted()] == [number for number, e in enumerate(found) if e.rooted]
    assert shelf.names() == {e.path: names_from(json.loads(e.called)) for e in found if _named(e)}
    return found


@given(ENTRIES)
def test_the_last_entry_of_a_path_counts(put: list[Entry]) -> None:
    shelf, copy = linkcache.empty(None, "github"), linkcache.empty(None, "github")
    for each in put:
        shelf.put(each)
    kept = list({each.path: each for each in put}.values())
    assert entries(shelf) == kept
    for number in range(len(shelf)):
        copy.copy(shelf, number)
    assert entries(copy) == kept
    shelf.move(Scratch(None))
    assert entries(shelf) == kept


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b'"a"\t1\n', b'"a"\t1\tx\t00\t"<"\t\t\t\t\t\n', entry("a").line() + b"\t\n"],
)
def test_what_is_no_entry_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        Shelf(Scratch(None)).take(line, 0)


@given(st.lists(NAME), NAME)
def test_anchors_are_a_set(anchors: list[str], name: str) -> None:
    told = together(anchors)
    assert holds(told, name) == (name in anchors or name.replace("<", "\0") in anchors)
    assert all(holds(told, anchor) for anchor in anchors)
    assert listed(told) == [*dict.fromkeys(anchor.replace("<", "\0") for anchor in anchors)]


def test_notes_are_kept_with_the_pages(tmp_path: Path) -> None:
    shelf = linkcache.empty(tmp_path, "github")
    for path in ("a.md", "b.md", "c.md"):
        shelf.put(entry(path))
    notes = linkcache.begun(shelf, "basis", "shape")
    notes.add(2, Note("3 1 2", '{"outside": 2}', '["a.md"]'))
    notes.add(0, Note("", WRONG))
    linkcache.save(tmp_path / "cache", shelf)
    known = linkcache.load(tmp_path / "cache", "github")
    assert known is not None
    again, noted = known
    assert entries(again) == entries(shelf)
    assert (noted.basis, noted.shape) == ("basis", "shape")
    assert [noted.note(number) for number in range(3)] == [
        Note("", WRONG),
        Note(),
        Note("3 1 2", '{"outside": 2}', '["a.md"]'),
    ]
    assert [noted.is_judged(number) for number in range(3)] == [True, False, True]
    assert [*map(noted.clean(), range(3))] == [None, None, {"outside": 2}]


@pytest.mark.parametrize("number", [-1, 1])
def test_a_note_on_a_page_that_is_not_there_is_refused(number: int) -> None:
    notes = Notes(Scratch(None), 1)
    with pytest.raises(LookupError):
        notes.take(f"{number}\t\t-\t\n".encode("ascii"), 0)


def test_a_page_takes_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wikimend.links.room._room", lambda size: bytearray(max(size, 8)))
    shelf = linkcache.empty(None, "github")
    anchors = together(f"section-{number}" for number in range(10))
    tracemalloc.start()
    try:
        for number in range(4000):
            entry_of_much = entry(f"folder/page-{number}.md", anchors, 2)._replace(facts="x" * 3000)
            shelf.put(entry_of_much)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < 4000 * 300 + 2 * BUFFER
