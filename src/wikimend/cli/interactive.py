"""`wikimend fix --interactive`: the questions on standard error, the answers as keys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import click

from wikimend.cli.outlets import Outlets
from wikimend.errors import UsageError
from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.report.paper import Piece, paper
from wikimend.report.question import question, refusal
from wikimend.report.visible import visible
from wikimend.run.decisions import Decisions, Question, Review
from wikimend.text.page import Page

_Item = TypeVar("_Item")

_ALIASES = {"s": "n", "": "q"}
"""Keys that mean what another one means; the empty one is a terminal that went away."""

_NOT_TOGETHER = "They cannot all be made together; answer for this one."

_MOST = 9
"""How many readings have a key."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key means at a question."""

    name: str
    """What it is called in the line that asks."""
    help: str
    """What it does, in one sentence."""
    act: Callable[[], object]
    """What does it."""


def require_terminal() -> None:
    """Raise UsageError unless a person can see the questions and answer them."""
    for name, use, stream in (
        ("input", "answers are read", sys.stdin),
        ("error", "questions are shown", sys.stderr),
    ):
        if stream is None or stream.closed or not stream.isatty():
            raise UsageError(
                f"--interactive needs a terminal: standard {name}, where the {use}, is none"
            )


class Dialogue:
    """The conversation about all pages of a run."""

    def __init__(self, mender: Mender, outlets: Outlets) -> None:
        self._mender = mender
        self._outlets = outlets
        self._decisions = Decisions()
        self._over = False

    def until_quit(self, pages: Collection[_Item]) -> Iterator[_Item]:
        """Yield `pages` until the person has had enough; count those that are left."""
        for number, page in enumerate(pages):
            if self._over:
                self._outlets.summary.unread = len(pages) - number
                return
            yield page

    def mend(self, page: Page) -> Mended:
        """Return the page with what the person accepts."""
        review = Review(self._mender, page, self._decisions)
        while not self._over and (asked := review.question()) is not None:
            if asked.possible:
                self._ask(review, asked)
            else:
                self._write(refusal(asked.now, asked.finding, self._width))
                review.pass_over(asked)
        for finding in review.unproven():
            self._write(refusal(review.mended, finding, self._width))
        self._decisions = review.decisions
        self._outlets.summary.skipped += review.skipped
        return review.mended

    def page(self, mended: Mended) -> None:
        """Tell of a page that is done, and stored if it changed."""
        self._outlets.page(mended)
        if mended.changed:
            count = sum(finding.fixed for finding in mended.findings)
            told = f": saved with {count} repair{'' if count == 1 else 's'}.\n\n"
            self._write([(visible(mended.page.name), "path"), (told, "")])

    def _ask(self, review: Review, asked: Question) -> None:
        answers = self._answers(review, asked)
        self._write(question(asked.now, asked.finding, asked.outcomes, self._width))
        while True:
            self._write(_prompt(answers))
            try:
                key = _key()
            except KeyboardInterrupt:
                self._write([("\n", "")])
                raise
            answer = answers.get(key)
            self._write([(f"{(answer.name or key) if answer else ''}\n", "")])
            if answer is None:
                self._write(_help(answers))
            elif answer.act() is False:
                self._write([(f"{_NOT_TOGETHER}\n", "warning")])
            else:
                self._write([("\n", "")])
                return

    def _answers(self, review: Review, asked: Question) -> Mapping[str, Answer]:
        """Return what can be answered, by key."""
        rule, number_for_all = asked.finding.rule, review.number_for_all(asked)
        answers = dict(_acceptances(review, asked))
        answers["n"] = Answer("skip", "leave it as it is (also s)", partial(review.skip, asked))
        if number_for_all is not None:
            answers["a"] = Answer(
                f"all of {rule}" + (f" as {number_for_all + 1}" if asked.numbered else ""),
                f"accept whatever {rule} finds, here and on the pages that follow",
                partial(review.accept_all, asked, number_for_all),
            )
        if review.can_undo:
            answers["u"] = Answer("undo", "take back the last answer about this page", review.undo)
        answers["q"] = Answer("quit", "save what was accepted, leave the rest", self._quit)
        return answers

    def _quit(self) -> None:
        self._over = True

    @property
    def _width(self) -> int:
        """How many cells fit on a line of the window, which may have another size by now."""
        return paper(sys.stderr).width

    def _write(self, pieces: Iterable[Piece]) -> None:
        self._outlets.bar.erase()
        paper(sys.stderr).write(pieces)


def _acceptances(review: Review, asked: Question) -> Iterator[tuple[str, Answer]]:
    """Yield the keys that accept a repair: `y`, or the number of a reading."""
    for number, outcome in enumerate(asked.outcomes[:_MOST]):
        accept = partial(review.accept, asked, number)
        if not asked.numbered:
            yield "y", Answer("accept", "make this repair", accept)
        elif outcome is not None:
            yield f"{number + 1}", Answer("", "write what stands beside this number", accept)


def _prompt(answers: Mapping[str, Answer]) -> Iterator[Piece]:
    for key, answer in answers.items():
        yield key, "span"
        yield f" {answer.name}, " if answer.name else ", ", ""
    yield "?", "span"
    yield " help: ", ""


def _help(answers: Mapping[str, Answer]) -> Iterator[Piece]:
    for key, answer in answers.items():
        yield f"  {key}", "span"
        yield f"  {answer.help}\n", ""


def _key() -> str:
    """Return the key that is pressed next; the end of the input is `q`.

    A key pressed before the question was shown is no answer to it: the terminal drops it.
    """
    sys.stderr.flush()
    try:
        pressed = click.getchar()
    except EOFError:
        return "q"
    key = pressed[:1].lower()
    return _ALIASES.get(key, key)
