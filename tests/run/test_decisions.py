"""A review asks about everything that can be done, in order, and makes just what was accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wikimend.repair.mender import Mender
from wikimend.rules.reader import load
from wikimend.rules.selection import Selection
from wikimend.run.decisions import Decisions, Question, Review
from wikimend.text.edit import apply
from wikimend.text.page import Page

RULES = load(Path(__file__).with_name("asking.yaml")).ruleset
MENDER = Mender(RULES)
SECOND = "<!-- wikimend-disable-next-line XY1 -->\n[a@@]\n"


def review(text: str, answers: str, mender: Mender = MENDER) -> tuple[Review, list[str]]:
    """Return the review of a page after these answers, and the questions that were seen.

    The answers are `y`, a number of a reading, `n`, `a`, `u`; a question for which nothing can be
    accepted takes none and is written with `!`.
    """
    reviewed = Review(mender, Page(text))
    seen: list[str] = []
    keys = iter(answers)
    while (question := reviewed.question()) is not None:
        finding = question.finding
        what = f"{finding.rule} {text[finding.start : finding.end]}"
        if not question.possible:
            seen.append(f"{what} !")
            reviewed.pass_over(question)
        elif (key := next(keys, None)) is None:
            return reviewed, [*seen, f"{what} ?"]
        else:
            seen.append(what)
            answer(reviewed, question, key)
    assert next(keys, None) is None, "more answers than questions"
    return reviewed, seen


def answer(reviewed: Review, question: Question, key: str) -> None:
    if key == "n":
        reviewed.skip(question)
    elif key == "u":
        reviewed.undo()
    elif key == "a":
        number = reviewed.number_for_all(question)
        assert number is not None
        assert reviewed.accept_all(question, number)
    else:
        reviewed.accept(question, 0 if key == "y" else int(key) - 1)


@pytest.mark.parametrize(
    ("text", "answers", "seen", "mended"),
    [
        pytest.param("[a] b", "", [], "[a] b", id="a clean page"),
        pytest.param("a %%%% b", "", [], "a %%%% b", id="nothing can be done"),
        pytest.param("`[a@@]`", "", [], "`[a@@]`", id="code"),
        pytest.param(SECOND, "", [], SECOND, id="silenced"),
        pytest.param("a<@@>b", "", ["XY4 <@@> !"], "a<@@>b", id="no proof"),
        pytest.param("[a@@]", "n", ["XY1 [a@@]"], "[a@@]", id="skipped"),
        pytest.param("[a%%b]", "n", ["XY2 [a%%b]"], "[a%%b]", id="readings, skipped"),
        pytest.param("[a@@]@@", "n", ["XY1 [a@@]"], "[a@@]@@", id="what lies behind a skipped one"),
        pytest.param("[a@@]", "", ["XY1 [a@@] ?"], "[a@@]", id="not answered"),
        pytest.param(
            "[a@@] (b@@)",
            "yunn",
            ["XY1 [a@@]", "XY5 (b@@)", "XY1 [a@@]", "XY5 (b@@)"],
            "[a@@] (b@@)",
            id="undone",
        ),
        pytest.param("[a@@]", "y", ["XY1 [a@@]"], "[a]", id="accepted"),
        pytest.param("<a@@>", "y", ["XY3 <a@@>"], "a", id="unsafe"),
        pytest.param("(a@@)", "y", ["XY5 (a@@)"], "(a)", id="a suggestion"),
        pytest.param("[a%%b]", "1", ["XY2 [a%%b]"], "[a, b]", id="the first reading"),
        pytest.param("[a%%b]", "2", ["XY2 [a%%b]"], "a (b)", id="the second reading"),
        pytest.param("<a%%b>", "2", ["XY8 <a%%b>"], "a b", id="the reading that is proven"),
        pytest.param(
            "[a@@] [a@@]", "ny", ["XY1 [a@@]", "XY1 [a@@]"], "[a@@] [a]", id="one of two equal ones"
        ),
        pytest.param(
            "(b@@)\n\n[a@@] %%%%\n",
            "yn",
            ["XY5 (b@@)", "XY1 [a@@]"],
            "(b)\n\n[a@@] %%%%\n",
            id="in order",
        ),
        pytest.param(
            "[a@@]@@ [b@@]",
            "yyn",
            ["XY1 [a@@]", "XY6 [a@@]@@", "XY1 [b@@]"],
            "[a] [b@@]",
            id="what a repair brings to light is asked next",
        ),
        pytest.param(
            "[a@@] (b@@) [c@@]@@",
            "any",
            ["XY1 [a@@]", "XY5 (b@@)", "XY6 [c@@]@@"],
            "[a] (b@@) [c]",
            id="all of a rule",
        ),
        pytest.param(
            "[a@@] [b@@] [c@@]",
            "na",
            ["XY1 [a@@]", "XY1 [b@@]"],
            "[a@@] [b] [c]",
            id="all but the skipped",
        ),
        pytest.param(
            "[a%%b] [c%%d] [e%%f]",
            "2a",
            ["XY2 [a%%b]", "XY2 [c%%d]"],
            "a (b) c (d) e (f)",
            id="all by the reading that was chosen last",
        ),
        pytest.param(
            "[a@@] [b@@] (c@@)",
            "auny",
            ["XY1 [a@@]", "XY5 (c@@)", "XY1 [a@@]", "XY1 [b@@]", "XY5 (c@@) ?"],
            "[a@@] [b] (c@@)",
            id="all, undone",
        ),
        pytest.param(
            "> [a@@]\r\n> (b@@)\r\n",
            "yy",
            ["XY1 [a@@]", "XY5 (b@@)"],
            "> [a]\r\n> (b)\r\n",
            id="in a quote",
        ),
    ],
)
def test_answers(text: str, answers: str, seen: list[str], mended: str) -> None:
    reviewed, asked = review(text, answers)
    assert asked == seen
    assert reviewed.mended.text == mended


def test_only_selected_rules_are_asked_about() -> None:
    mender = Mender(RULES, Selection(("XY5",)))
    assert review("[a@@] (b@@)", "y", mender)[1] == ["XY5 (b@@)"]


def test_all_of_a_rule_goes_for_the_next_page_and_nothing_else_does() -> None:
    first, _ = review("[a@@] (b@@)", "ay")
    second = Review(MENDER, Page("[a@@] (b@@)"), first.decisions)
    assert second.mended.text == "[a] (b@@)"
    question = second.question()
    assert question is not None
    assert question.finding.rule == "XY5"
    assert not second.can_undo


def test_no_number_goes_for_all_before_one_was_chosen() -> None:
    reviewed, _ = review("[a%%b]", "")
    question = reviewed.question()
    assert question is not None
    assert reviewed.number_for_all(question) is None


def test_a_reading_that_is_not_proven_never_goes_for_all() -> None:
    decisions = Decisions(numbers={"XY8": 0})
    reviewed = Review(MENDER, Page("<a%%b>"), decisions)
    question = reviewed.question()
    assert question is not None
    assert question.outcomes[0] is None
    assert reviewed.number_for_all(question) is None


def test_what_is_not_proven_among_all_of_a_rule_is_told() -> None:
    reviewed, _ = review("a <@@> b<@@>c", "a")
    assert reviewed.mended.text == "a  b<@@>c"
    assert [(finding.rule, finding.start) for finding in reviewed.unproven()] == [("XY4", 8)]


def test_what_never_settles_goes_once_and_not_for_all() -> None:
    reviewed = Review(MENDER, Page("(a%%b)"))
    question = reviewed.question()
    assert question is not None
    assert not reviewed.accept_all(question)
    assert (reviewed.mended.text, reviewed.can_undo) == ("(a%%b)", False)
    reviewed.accept(question)
    back = reviewed.question()
    assert back is not None
    assert not back.possible
    assert reviewed.mended.text == "(b%%a)"


def test_the_skipped_are_counted_where_they_are_still_open() -> None:
    reviewed, _ = review("[a@@] (b@@) <c@@>", "nny")
    assert reviewed.skipped == 2
    reviewed.undo()
    reviewed.undo()
    assert reviewed.skipped == 1


PIECES = (
    "a",
    " b ",
    "[a@@]",
    "[b@@]@@",
    "<@@>",
    "<a@@>",
    "[a%%b]",
    "<a%%b>",
    "(b@@)",
    "@@",
    "]",
    "\n\n",
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.data())
def test_just_what_is_accepted_is_made(pieces: list[str], data: st.DataObject) -> None:
    reviewed = Review(MENDER, Page("".join(pieces)))
    accepted: list[str] = []
    skipped = 0
    while (question := reviewed.question()) is not None:
        possible = [n for n, outcome in enumerate(question.outcomes) if outcome is not None]
        number = data.draw(st.sampled_from([None, *possible]))
        if not possible:
            reviewed.pass_over(question)
        elif number is None:
            reviewed.skip(question)
            skipped += 1
        else:
            reviewed.accept(question, number)
            accepted.append(question.finding.rule)
    mended = reviewed.mended
    assert sorted(f.rule for f in mended.findings if f.fixed) == sorted(accepted)
    assert mended.text == apply(mended.page.text, mended.edits)
    assert mended.changed == bool(accepted)
    assert reviewed.skipped <= skipped
