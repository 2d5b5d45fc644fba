"""The work on one chunk of a dump, in whatever process it happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from wikimend.errors import PageError, Place, WikimendError
from wikimend.repair.finding import Mended
from wikimend.report.changes import change_lines
from wikimend.report.summary import Summary
from wikimend.run.batch import guarded
from wikimend.run.task import DEADLY, Announce, Work
from wikimend.store.compression import CODECS
from wikimend.store.dump import Chunk, Key, Patch, Rewrite, Text
from wikimend.text.page import Page

if TYPE_CHECKING:
    from wikimend.links.anchors import AnchorStyle
    from wikimend.run.dumpindex import Indexed


@dataclass(frozen=True, slots=True)
class Proposal:
    """What should become of a text."""

    mended: Mended
    """The text before and after."""
    stored: tuple[str | None, ...] = ()
    """How the file is to spell what each edit brings; empty to spell all as it does."""
    envelope: dict[str, str] = field(default_factory=dict)
    """What is to stand beside the text; see `Rewritten.envelope`."""


Editor = Callable[[Page, Key], Proposal]
"""Decides what becomes of a text; raises PageError when it must stay as it is."""


class Recipe(Protocol):
    """What an editor is made of; it can be pickled."""

    def editor(self) -> Editor:
        """Return the editor."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What is wanted of every chunk."""

    recipe: Recipe
    """Who edits the texts."""
    codec: str | None = None
    """The codec in which the chunk comes back whole; None for patches alone."""
    changes: bool = False
    """Whether the record of the changes is wanted."""
    pages: bool = False
    """Whether the pages with findings are wanted."""
    links: bool = False
    """Whether links are counted."""
    index: AnchorStyle | None = None
    """How anchors are made, where what an index needs is wanted; None where it is not."""

    def begin(self) -> Work[Chunk, Outcome]:
        """Return what carries them out."""
        editor = self.recipe.editor()
        return lambda chunk, left_out, announce: _work(chunk, self, editor, left_out, announce)

    def left_alone(self, chunk: Chunk) -> Outcome:
        """Return what comes of a chunk that cannot even be read without a process dying of it."""
        outcome = Outcome()
        outcome.errors.append(PageError(DEADLY, Place(_name(chunk))))
        _pack(chunk, self, outcome)
        return outcome


@dataclass(slots=True)
class Outcome:
    """What came of a chunk."""

    summary: Summary = field(default_factory=Summary)
    """The counts of its pages."""
    patches: list[Patch] = field(default_factory=list)
    """Its changes."""
    packed: bytes | None = None
    """The changed chunk, compressed, where that was ordered."""
    changes: list[str] = field(default_factory=list)
    """The record of its changes, a line each."""
    pages: list[Mended] = field(default_factory=list)
    """Its pages with findings or changes."""
    errors: list[WikimendError] = field(default_factory=list)
    """What could not be done."""
    links: Counter[str] = field(default_factory=Counter)
    """Its links by kind."""
    indexed: list[Indexed] = field(default_factory=list)
    """What an index needs of its pages."""


def _work(
    chunk: Chunk,
    orders: Orders,
    editor: Editor,
    left_out: frozenset[int],
    announce: Announce | None,
) -> Outcome:
    """Return what comes of `chunk`; the texts with the numbers `left_out` stay as they are."""
    outcome = Outcome()

    def work_on_all() -> None:
        for number, text in enumerate(chunk.texts()):
            if isinstance(text, PageError):
                outcome.errors.append(text)
            elif number in left_out:
                outcome.errors.append(PageError(DEADLY, Place(text.page.name)))
            else:
                if announce:
                    announce(number)
                _work_on(text, chunk, orders, editor, outcome)

    try:
        guarded(work_on_all, _name(chunk))
    except PageError as error:  # what was read before stays mended
        outcome.errors.append(error)
    _pack(chunk, orders, outcome)
    return outcome


def _name(chunk: Chunk) -> str:
    return f"pages from position {chunk.offset} on"


def _pack(chunk: Chunk, orders: Orders, outcome: Outcome) -> None:
    """Make the changed chunk, where it is ordered whole."""
    if orders.codec is not None:
        outcome.packed = CODECS[orders.codec].compress(chunk.result(outcome.patches))
        outcome.patches = []


def _work_on(text: Text, chunk: Chunk, orders: Orders, editor: Editor, outcome: Outcome) -> None:
    name = text.page.name
    try:
        proposal = guarded(lambda: editor(text.page, text.key), name)
    except WikimendError as error:
        outcome.errors.append(error)
        return
    mended = proposal.mended
    if mended.changed:
        try:
            guarded(lambda: _change(text, chunk, orders, proposal, outcome), name)
        except WikimendError as error:
            outcome.errors.append(error)
            mended = mended.unapplied()
    outcome.summary.page(mended)
    if orders.pages and (mended.findings or mended.suppressed or mended.changed):
        outcome.pages.append(mended)
    if orders.links:
        from wikimend.report.linkcount import count_links

        outcome.links += count_links(text.page)
    if orders.index:
        from wikimend.run.dumpindex import indexed

        outcome.indexed += filter(None, [indexed(text, orders.index)])


def _change(text: Text, chunk: Chunk, orders: Orders, proposal: Proposal, outcome: Outcome) -> None:
    mended = proposal.mended
    spelled = proposal.stored or (None,) * len(mended.edits)
    rewrites = [Rewrite(edit, how) for edit, how in zip(mended.edits, spelled, strict=True)]
    rewritten = chunk.rewrite(text, rewrites, proposal.envelope)
    lines = list(change_lines(text.key, mended, rewritten)) if orders.changes else []
    outcome.patches += rewritten.patches
    outcome.changes += lines
