"""Texts spelled in the ways that the files around them allow, and random edits of them."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from wikimend.text.edit import Edit

CHARACTERS = "ab [](){}/\\\"'&<>;#é海\U0001f600\n\t"


@st.composite
def edits(draw: st.DrawFn, text: str) -> list[Edit]:
    """Draw disjoint edits of `text`, insertions and deletions among them."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    found = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        stop = draw(st.sampled_from([start, end]))
        new = draw(st.text(CHARACTERS, max_size=4))
        if new != text[start:stop]:
            found.append(Edit(start, stop, new))
    return found


def inverse(text: str, made: list[Edit]) -> Iterator[Edit]:
    """Yield the edits that lead back, at their places in the edited text."""
    shift = 0
    for edit in made:
        start = edit.start + shift
        yield Edit(start, start + len(edit.text), text[edit.start : edit.end])
        shift += len(edit.text) - (edit.end - edit.start)
