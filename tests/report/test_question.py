"""A question shows the place, the reason, and what would change, cut to the window."""

from __future__ import annotations

import pytest

from wikimend.repair.finding import Finding, Mended, Reading
from wikimend.report.question import question, refusal
from wikimend.rules.model import Safety
from wikimend.text.edit import Edit, apply
from wikimend.text.page import Page

from .transcript import cases, marked

WIDTH = 40


def asked(given: str) -> tuple[Mended, Finding, list[Mended | None]]:
    """Return the page as it is now, the finding that its last edit is about, and the outcomes."""
    text, edits = marked(given)
    page, last = Page(text, "page.md"), edits.pop()
    offers = last.text.split("|")
    readings = [Reading(offer, f"reason {number}") for number, offer in enumerate(offers, 1)]
    finding = Finding(
        "XY1",
        "name",
        "error",
        "A message.",
        last.start,
        last.end,
        "safe" if len(offers) == 1 else None,
        last.text if len(offers) == 1 else None,
        readings=tuple(readings if len(offers) > 1 else ()),
    )

    def with_edits(*edits: Edit) -> Mended:
        return Mended(page, apply(text, edits), tuple(sorted(edits)))

    outcomes = [
        None if offer == "!" else with_edits(*edits, Edit(last.start, last.end, offer))
        for offer in offers
    ]
    return with_edits(*edits), finding, outcomes


def shown(given: str) -> str:
    pieces = question(*asked(given), WIDTH)
    return "".join(text for text, _ in pieces)


@pytest.mark.parametrize(("given", "wanted"), cases("questions.txt"))
def test_question(given: str, wanted: str) -> None:
    place, message, *lines = shown(given).splitlines()
    assert (place[:8], message) == ("page.md:", "A message.")
    assert lines == wanted.splitlines()


def test_the_place_is_that_of_the_page_as_it_was() -> None:
    given = "⟪[a\nb@@]➔[a b]⟫\n\nc ⟪[d@@]➔[d]⟫\n"
    assert shown(given).startswith("page.md:4:3: XY1 name [fix]\n")


@pytest.mark.parametrize(
    ("safety", "lines"),
    [
        ("safe", "page.md:1:1: XY1 name [fix]\nA message.\n- a"),
        ("unsafe", "page.md:1:1: XY1 name [unsafe fix]\nA message.\nbecause: Why.\n- a"),
        ("suggest", "page.md:1:1: XY1 name [suggestion]\nA message.\nbecause: Why.\n- a"),
    ],
)
def test_a_repair_that_may_be_wrong_says_why(safety: Safety, lines: str) -> None:
    now, _, outcomes = asked("⟪a➔b⟫")
    because = None if safety == "safe" else "Why."
    doubtful = Finding("XY1", "name", "error", "A message.", 0, 1, safety, "b", because)
    text = "".join(text for text, _ in question(now, doubtful, outcomes, WIDTH))
    assert text.startswith(lines)


def test_what_changes_is_marked() -> None:
    pieces = list(question(*asked("a ⟪[b@@]➔[b]⟫ c"), WIDTH))
    assert [piece for piece in pieces if "added" in piece[1] or "removed" in piece[1]] == [
        ("- a [b", "removed"),
        ("@@", "removed word"),
        ("] c", "removed"),
        ("+ a [b] c", "added"),
    ]


def test_a_very_long_change_is_cut() -> None:
    lines = shown(f"⟪{'[b@@] ' * 1000}➔[b]⟫").splitlines()
    assert len(lines) < 50
    assert any(line.endswith("...") for line in lines)


def test_a_refusal_shows_the_line_and_says_why() -> None:
    now, finding, _ = asked("above\na ⟪[b@@]➔[b]⟫ c\nbelow")
    text = "".join(text for text, _ in refusal(now, finding, WIDTH))
    assert text.splitlines() == [
        "page.md:2:3: XY1 name [fix]",
        "A message.",
        "  a [b@@] c",
        "! It cannot be made: more would change than this place, or what was accepted.",
        "",
    ]
