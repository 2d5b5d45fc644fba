"""A leaf is mended until nothing changes, or not at all."""

from __future__ import annotations

import pytest

from wikimend.repair.candidate import Candidate
from wikimend.repair.settle import MAX_PASSES, Settled, Settling, Unsettled
from wikimend.text.edit import Edit, apply
from wikimend.text.reader import Reader

from .rulefile import REPAIR, mender, settled_by

FIRST = "match: \"START word:TEXT AT\"\nrewrite: '{word}'\nsafety: safe"
OPENED = "match: \"open:'<' AT\"\nrewrite: '<'\nsafety: safe"
LEFT = "match: \"'[' word:TEXT ']'\"\nrewrite: '({word})'\nsafety: safe\nneeds: ['\\[', '\\(']"
RIGHT = LEFT.replace("'['", "'('").replace("']'", "')'").replace("({word})", "[{word}]")


def settled(text: str, *rules: str, allowed: bool = True) -> Settled:
    """Return the leaf `text` after these rules."""
    rig = mender(*rules)
    everyone = tuple(enumerate(rig.ruleset.rules))

    def choose(candidate: Candidate, start: int, end: int) -> str | None:
        return candidate.replacement if allowed else None

    return settled_by(everyone, Settling(text, Reader(rig.markers, "markdown"), choose))


@pytest.mark.parametrize(
    ("rules", "text", "edits"),
    [
        pytest.param([REPAIR], "[a] b", [], id="nothing"),
        pytest.param([REPAIR], "[a@@", [], id="no match"),
        pytest.param([REPAIR], "[a@@]", [Edit(0, 5, "[a]", ("XY1",))], id="one"),
        pytest.param(
            [REPAIR],
            "[a@@] [b@@]",
            [Edit(0, 5, "[a]", ("XY1",)), Edit(6, 11, "[b]", ("XY1",))],
            id="two",
        ),
        pytest.param(
            [REPAIR, OPENED],
            "[a<@@] [b<@@@@]",
            [Edit(2, 5, "<", ("XY2",)), Edit(9, 14, "<", ("XY2",))],
            id="one rule in two passes",
        ),
        pytest.param([FIRST], "a@@@@ b", [Edit(0, 5, "a", ("XY1",))], id="two passes, one edit"),
        pytest.param(
            [OPENED, FIRST],
            "a@@ <@@",
            [Edit(0, 3, "a", ("XY2",)), Edit(4, 7, "<", ("XY1",))],
            id="apart",
        ),
    ],
)
def test_edits(rules: list[str], text: str, edits: list[Edit]) -> None:
    found = settled(text, *rules)
    assert (list(found.edits), found.text) == (edits, apply(text, edits))


def test_findings_of_later_passes_stand_where_the_text_was() -> None:
    found = settled("x <@@ a@@@@ b", OPENED, 'match: "AT AT"')
    assert [(v.start, v.end, v.fixed) for v in found.verdicts] == [(2, 5, True), (7, 11, False)]


def test_what_may_not_be_repaired_is_left() -> None:
    found = settled("[a@@]", REPAIR, allowed=False)
    assert (found.text, [verdict.fixed for verdict in found.verdicts]) == ("[a@@]", [False])


def test_repairs_that_undo_each_other_never_settle() -> None:
    with pytest.raises(Unsettled):
        settled("[a]", LEFT, RIGHT)


def test_as_many_passes_as_it_takes_and_no_more() -> None:
    most = "a" + "@@" * (MAX_PASSES - 1)
    assert settled(most, FIRST).text == "a"
    with pytest.raises(Unsettled):
        settled(most + "@@", FIRST)


def test_a_repair_without_proof_does_not_stop_the_others() -> None:
    glues = "match: \"'<' AT '>'\"\nrewrite: ''\nsafety: safe"
    found = settled("[b@@] a<@@>c <@@> d", REPAIR, glues)
    assert found.text == "[b] a<@@>c  d"
    assert [(v.fixed, v.unproven) for v in found.verdicts] == [
        (True, False),
        (True, False),
        (False, True),
    ]
