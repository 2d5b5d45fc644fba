"""The plan: who gets a stretch that several rules claim."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wikimend.repair.candidate import Candidate, find
from wikimend.repair.claims import Claims
from wikimend.repair.plan import plan
from wikimend.text.lexer import lex

from .rulefile import REPAIR, UNCLOSED, mender, shown

MARK = 'match: "AT"'
WORD = "match: \"word:TEXT AT\"\nrewrite: '{word}'\nsafety: safe"
PAIR = "match: \"left:TEXT AT right:TEXT\"\nrewrite: '{left} {right}'\nsafety: safe"
REPORTED = f"{UNCLOSED}\nrefused: report"
NUMBERED = f"{WORD}\nwhere: [{{matches: ['{{word}}', '[0-9]+']}}]"
BALANCING = """\
match: "'[' open:'[' word:TEXT AT close:']'"
where: [{unclosed: open}, {balances: true}]
rewrite: '[{word}]'
safety: safe"""
ENDED = """\
match: "word:TEXT AT close:']'"
where: [{unopened: close}]
rewrite: '{word}'
safety: safe"""

STRAY = """\
match: "open:'[' word:TEXT~/[a-z] */"
gate: UNBALANCED
where: [{unclosed: open}]
rewrite: '{word}'
safety: safe"""

DOUBLED = "match: \"'[' '[' word:TEXT AT ']'\"\nrewrite: '[{word}]'\nsafety: safe"

SPENT = "match: \"word:TEXT~/ x/ ']'\"\ngate: UNBALANCED\nrewrite: '{word}'\nsafety: safe"


RULES = (MARK, WORD, PAIR, REPAIR, UNCLOSED, REPORTED, NUMBERED, BALANCING, ENDED)
PIECES = ("[", "]", "a", "1", "@@", " ", "[a@@", "[[b@@]", "c@@]", "[d]", "a@@")

CASES = [
    ("nothing to find", [MARK], "a", [], []),
    ("a test of the match refuses it", [NUMBERED], "a@@", [], []),
    ("the replacement is what stands there", [f"{WORD}".replace("'{word}'", "'{word}@@'")],
     "a@@", [], []),
    ("a rule that only reports", [MARK], "a@@", [], ["XY1 @@ -> None"]),
    ("a refused match is reported", [f"{NUMBERED}\nrefused: report"], "a@@", [],
     ["XY1 a@@ -> None"]),
    ("the first rule wins, also from within", [MARK, REPAIR], "[a@@]", [], ["XY1 @@ -> None"]),
    ("the first rule wins, also from around", [REPAIR, MARK], "[a@@] @@", ["XY1 [a@@] -> [a]"],
     ["XY2 @@ -> None"]),
    ("of two matches of one rule the left one wins", [PAIR], "a@@b@@c", ["XY1 a@@b -> a b"], []),
    ("stretches may touch", [REPAIR], "[a@@][b@@]", ["XY1 [a@@] -> [a]", "XY1 [b@@] -> [b]"], []),
    ("the surroundings refuse, silently", [UNCLOSED], "[a@@ b]", [], []),
    ("the surroundings refuse, and it is reported", [REPORTED], "[a@@ b]", [],
     ["XY1 [a@@ -> None"]),
    ("a silent refusal leaves the stretch to the next", [UNCLOSED, MARK], "[a@@ b]", [],
     ["XY2 @@ -> None"]),
    ("a silent refusal leaves it to several", [UNCLOSED, MARK, WORD], "[a@@ @@ b]", [],
     ["XY2 @@ -> None", "XY2 @@ -> None"]),
    ("heirs go by priority", [UNCLOSED, WORD, MARK], "[a@@ b]", ["XY2 a@@ -> a"], []),
    ("a heir may be refused too", [UNCLOSED, UNCLOSED, MARK], "[a@@ b]", [], ["XY3 @@ -> None"]),
    ("a reported refusal holds the stretch", [REPORTED, MARK], "[a@@ b]", [],
     ["XY1 [a@@ -> None"]),
    ("a refusal on the right, then one on the left", [UNCLOSED, WORD, ENDED], "[a@@ b] c@@]",
     ["XY2 a@@ -> a", "XY2  c@@ ->  c"], []),
    ("a heir from one given up to another", [UNCLOSED, PAIR, ENDED], "[a@@b@@]",
     ["XY2 a@@b -> a b"], []),
    ("what a repair gives a partner is not alone", [DOUBLED, STRAY], "[x [[a@@] b]",
     ["XY1 [[a@@] -> [a]"], []),
    ("what would have paired all brackets is given up", [BALANCING, STRAY], "[x [[a@@] ]",
     ["XY2 [x  -> x "], []),
    ("a refusal that another plan takes back", [BALANCING, REPORTED, SPENT], "[z [[r@@] [c@@ x]",
     ["XY1 [[r@@] -> [r]", "XY2 [c@@ -> c", "XY3  x] ->  x"], []),
    ("the brackets of a neighbor count", [UNCLOSED], "[a@@ [b@@ ]", ["XY1 [a@@ -> a"], []),
    ("those of one to the right count as repaired", [UNCLOSED, BALANCING], "[a@@ [[b@@]",
     ["XY1 [a@@ -> a", "XY2 [[b@@] -> [b]"], []),
    ("also through several", [UNCLOSED, BALANCING], "[a@@ [[b@@] [[c@@]",
     ["XY1 [a@@ -> a", "XY2 [[b@@] -> [b]", "XY2 [[c@@] -> [c]"], []),
]  # fmt: skip


def planned(rules: list[str], text: str, held: str = "") -> tuple[list[str], list[str]]:
    """Return the repairs and the rest of a plan in which rule `held` may not repair."""
    rig = mender(*rules)
    tokens = lex(text, rig.markers)

    def choose(candidate: Candidate) -> str | None:
        return candidate.replacement if candidate.rule.id != held else None

    entries = [*enumerate(rig.ruleset.rules)]
    found = Claims.of(find(tokens, entries), tokens)
    made, same = (plan(claims, tokens, choose, 99) for claims in (Claims(tokens, entries), found))
    outcome = shown(made.repairs, text), shown(made.held, text)
    # What is overlooked makes no difference.
    assert outcome == (shown(same.repairs, text), shown(same.held, text))
    return outcome


@pytest.mark.parametrize(
    ("rules", "text", "repairs", "held"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_plan(rules: list[str], text: str, repairs: list[str], held: list[str]) -> None:
    assert planned(rules, text) == (repairs, held)


def test_what_may_not_be_repaired_holds_its_stretch() -> None:
    assert planned([REPAIR, WORD], "[a@@] b@@", held="XY1") == (
        ["XY2  b@@ ->  b"],
        ["XY1 [a@@] -> [a]"],
    )


def test_what_may_not_be_repaired_counts_as_if_it_were() -> None:
    text = "[a@@ [[b@@] [c]"
    assert planned([UNCLOSED, BALANCING], text, held="XY2") == (
        ["XY1 [a@@ -> a"],
        ["XY2 [[b@@] -> [b]"],
    )


def test_nobody_is_asked_twice_about_the_same() -> None:
    rig, text = mender(UNCLOSED, WORD), "[a@@ b] c@@"
    tokens, asked = lex(text, rig.markers), []

    def choose(candidate: Candidate) -> str | None:
        asked.append(text[candidate.start : candidate.end])
        return candidate.replacement

    plan(Claims(tokens, [*enumerate(rig.ruleset.rules)]), tokens, choose, 99)
    assert asked == [" c@@", "a@@"]


@given(
    st.lists(st.sampled_from(RULES), min_size=2, max_size=4, unique=True),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "300")), deadline=None)
def test_what_is_overlooked_makes_no_difference(rules: list[str], text: str) -> None:
    repairs, held = planned(rules, text)
    assert len(repairs) + len(held) <= text.count("@@")
