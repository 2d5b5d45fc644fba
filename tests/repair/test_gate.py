"""The gate: cheap to pass by, and open wherever a rule may find something."""

from __future__ import annotations

from unittest import mock

import pytest

from wikimend.repair import need
from wikimend.repair.gate import Gate
from wikimend.repair.need import Need
from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text.blocks import scan
from wikimend.text.page import Page

from .rulefile import REPAIR, mender


@pytest.mark.parametrize(
    ("source", "literal"),
    [
        (r"a|b", None),
        (r"a.", None),
        (r"\[[0-9]", None),
        (r"\d", None),
        (r"(?i)a", None),
        (r"a\n", None),
        ("--TEMP--", "--TEMP--"),
        (r"\)\[", ")["),
        (r"\-\-x", "--x"),
        (r"\\", "\\"),
    ],
)
def test_a_need_is_a_literal_where_it_can_be(source: str, literal: str | None) -> None:
    assert Need.of(source).literal == literal


@pytest.mark.parametrize(
    ("source", "text", "places"),
    [
        ("@@", "a@b", []),
        ("@@", "@@a@@@@", [(0, 2), (3, 5), (5, 7)]),
        (r"\[[0-9]", "[a", []),
        (r"\[[0-9]", "a[1] [2]", [(1, 3), (5, 7)]),
        (UNBALANCED, "[a](b) (c)\n[d]", []),
        (UNBALANCED, "[a\nb\n(c)\n\nd)\n", [(0, 2), (10, 12)]),
    ],
)
def test_places(source: str, text: str, places: list[tuple[int, int]]) -> None:
    need = Need.of(source)
    found = []
    place = need.next(text)
    while place is not None:
        found.append(place)
        place = need.next(text, place[1])
    assert found == places
    assert (text in need) is bool(places)


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("", []),
        ("a\n\nb", []),
        ("    @@\n\nb", []),
        ("a @@\n\nb\n\n> c\n> @@ d", ["a @@", "c\n@@ d"]),
        ("| @@ | b |\n|---|---|\n| c | @@ |", ["@@", "@@"]),
        ("@@ a @@", ["@@ a @@"]),
    ],
)
def test_leaves(text: str, leaves: list[str]) -> None:
    gate = Gate(enumerate(mender(REPAIR).ruleset.rules))
    assert [block.text(text) for block, _ in gate.leaves(text, scan(text))] == leaves


def test_rules_by_what_they_need() -> None:
    other = "match: \"'[' '['\""
    gate = Gate(enumerate(mender(REPAIR, other).ruleset.rules))
    opened = {t: [rule.id for _, rule in gate.open_for(t)] for t in ("a", "a@@", "[[", "[[@@")}
    assert opened == {"a": [], "a@@": ["XY1"], "[[": ["XY2"], "[[@@": ["XY1", "XY2"]}


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("[a](b)\n\n(c)\n", []),
        ("    (a\n\n[b]\n", []),
        ("> [a\n> b](c)\n\n(d)", []),
        ("(a)\n\n# (b\n\n(c)\n\n- (d\n- e)\n", ["(b", "(d", "e)"]),
        ("a\n\n| (b | c) |\n|---|---|\n| d | (e) |\n", ["(b", "c)"]),
    ],
)
def test_leaves_that_may_be_unbalanced(text: str, leaves: list[str]) -> None:
    rule = "match: open:'[' word:TEXT\nwhere: [{unclosed: open}]\ngate: UNBALANCED"
    gate = Gate(enumerate(mender(rule).ruleset.rules))
    opened = [block.text(text) for block, _ in gate.leaves(text, scan(text))]
    assert [leaf for leaf in opened if gate.open_for(leaf)] == leaves
    assert gate.met(text) or not leaves


@pytest.mark.parametrize(
    ("blocks", "mended"),
    [
        ("paragraph, heading, cell", "# [a]\n\n[a]\n\n| [a] |\n|---|\n"),
        ("paragraph", "# [a@@]\n\n[a]\n\n| [a@@] |\n|---|\n"),
        ("heading", "# [a]\n\n[a@@]\n\n| [a@@] |\n|---|\n"),
        ("cell", "# [a@@]\n\n[a@@]\n\n| [a] |\n|---|\n"),
    ],
)
def test_kinds_of_leaf(blocks: str, mended: str) -> None:
    page = Page("# [a@@]\n\n[a@@]\n\n| [a@@] |\n|---|\n")
    found = mender(f"{REPAIR}\nblocks: [{blocks}]").mend(page)
    assert found.text == mended
    assert len(found.findings) == mended.count("[a]")


@pytest.mark.parametrize("is_right", sorted({False, need._IS_RIGHT}))
def test_a_group_that_is_repeated_possessively(is_right: bool) -> None:
    """Where `re` does not do it as it should, `regex` seeks the need, alone and in a family."""
    sources = (r"\](?:ab?c)*+ab", r"\](?:x|yz)++!")
    with mock.patch.object(need, "_IS_RIGHT", is_right):
        rig = mender(*(f"{REPAIR}\nneeds: '{source}'" for source in sources))
        gate = Gate(list(enumerate(rig.ruleset.rules)))
        assert gate.met("]abcab") == {sources[0]}
        assert gate.met("]yzx!") == {sources[1]}
        assert gate.met("]ac b ]yx!") == set()
