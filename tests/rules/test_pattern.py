"""Patterns: what they match, what they do not, and what is no pattern at all."""

from __future__ import annotations

import pytest

from wikimend.rules.alphabet import check_item
from wikimend.rules.pattern import compile_pattern
from wikimend.rules.problem import SyntaxProblem

from .language import VOCABULARY, found, matches

WRECK = r"'[' label:PROSE+ ('[' dir:TEXT~/\/\w+\// '[' slug:TEXT~/\w+/)+ '--TEMP--'"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param("'[' TEXT ']' '('", "[a] (b)", id="other-token-between"),
        pytest.param("'[' NUMBER ']'", "[a1]", id="predicate-wants-the-whole-text"),
        pytest.param("'[' TEXT ']' END", "[a] b", id="not-at-the-end"),
        pytest.param("START '[' TEXT ']'", "a [b]", id="not-at-the-start"),
        pytest.param("'[' TEXT ']' (?! '(')", "[a](b)", id="look-ahead"),
        pytest.param("(?<! '[') '[' TEXT ']'", "[[a]", id="look-behind"),
        pytest.param("'[' PROSE+ ']'", "[a <!-- x --> b]", id="comment-is-a-barrier"),
        pytest.param("'[' PROSE+ ']'", "[`a]`", id="bracket-in-code"),
        pytest.param(WRECK, "a[/b/[c--TEMP--", id="no-opening-bracket"),
        pytest.param(WRECK, "[a[b[c--TEMP--", id="no-directory"),
    ],
)
def test_does_not_match(pattern: str, text: str) -> None:
    assert found(pattern, text) == []


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        pytest.param("'[' TEXT ']'", "[a] [b]", ["[a]", "[b]"], id="each-anchor"),
        pytest.param("'[[' TEXT", "[[[a", ["[[a"], id="overlapping-anchors"),
        pytest.param("'[' PROSE+? ')'", "[a (b) c)", ["[a (b)"], id="lazy"),
        pytest.param("'[' PROSE++ ']'", "[a (b)]", ["[a (b)]"], id="possessive"),
        pytest.param("('(' | '[') TEXT ']'", "(a] [b]", ["(a]", "[b]"], id="alternatives"),
        pytest.param("']'{2,3} URL", "[[a]]https://e.org", ["]]https://e.org"], id="counted"),
        pytest.param("'[' WIDE{1,3} ']'", "[a [b]", ["[a [b]", "[b]"], id="matches-may-overlap"),
        pytest.param("TEXT~/(?i)see / URL", "SEE https://e.org", ["SEE https://e.org"], id="flag"),
        pytest.param("OAI", "a :cite[12] b", [":cite[12]"], id="added-token"),
        pytest.param("'[' (TEXT~/a/ | TEXT~/ab/) ']'", "[ab]", ["[ab]"], id="backtracks-on-text"),
        pytest.param(WRECK, "[x[a[/b/[c--TEMP--", ["[a[/b/[c--TEMP--"], id="outward"),
    ],
)
def test_matches(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_captures_hold_all_repeats_in_order() -> None:
    (match,) = matches(WRECK, "see [a `b`[/d/[s[/e/[t--TEMP--")
    values = {name: [v.text for v in values] for name, values in match.values.items()}
    assert values == {"label": ["a `b`"], "dir": ["/d/", "/e/"], "slug": ["s", "t"]}


def test_captures_after_the_anchor_follow_those_before() -> None:
    (match,) = matches("x:TEXT '--TEMP--' x:TEXT", "a--TEMP--b")
    assert [value.text for value in match.values["x"]] == ["a", "b"]


def test_named_parts_of_a_text_pattern_are_captures() -> None:
    (match,) = matches(r"'[' ref:TEXT~/(?<n>\d+)(?<letter>[a-z]?)/ ']'", "[12b]")
    assert [match.values[name][0].text for name in ("ref", "n", "letter")] == ["12b", "12", "b"]


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ("", []),
        ("word", []),
        ("all", []),
        ("rest", []),
        ("n", [(1, "ab   cd"), (4, "e  f")]),
        ("n letter", [(1, "ab   cd"), (4, "   f")]),
        ("n inner", [(1, "ab   cd"), (4, "e  f")]),
        ("inner", [(1, "ab1 3cd"), (4, "e12f")]),
    ],
)
def test_what_is_left_of_a_token_without_some_parts(
    names: str, left: list[tuple[int, str]]
) -> None:
    part = r"TEXT~/(?:ab|(?<letter>e))(?<n>\d(?<inner>\d(?=\d))?\d)\w+/"
    (match,) = matches(f"'[' word:{part} ']' '(' word:{part}", "[ab123cd](e12f")
    assert list(match.without(names.split())) == left


@pytest.mark.parametrize(
    ("pattern", "offset", "message"),
    [
        ("", 0, "the pattern is empty"),
        ("  ", 0, "the pattern is empty"),
        ("'[' TXT", 4, "no token kind or set is called TXT; did you mean TEXT?"),
        ("'[' 'x'", 4, "'x' is no token; write TEXT~/x/, or add a token for it"),
        ("'[' ( TEXT", 4, "a '(' without its ')'"),
        ("'[' TEXT )", 9, "a ')' without its '('"),
        ("'[' | + TEXT", 6, "a quantifier with nothing before it"),
        ("'[' @", 4, "nothing in a pattern begins with '@'"),
        ("'[' name: (?= TEXT )", 4, "nothing to capture after 'name:'"),
        ("'[' (?= TEXT )+", 14, "a look-around or an edge cannot repeat"),
        ("'[' TEXT~/(/", 10, "bad text pattern: missing ) at position 1"),
        ("'[['~/a/", 0, "'[[' is several tokens and takes no text pattern"),
        ("NUMBER~/a/ '['", 0, "the set NUMBER has text patterns already"),
        ("TEXT+", 0, "no token that every match must contain; add one outside groups"),
        ("'[' | ']'", 0, "no token that every match must contain; add one outside groups"),
        (
            "'[' WIDE+",
            4,
            "a repeat without a limit may run across the pattern's own anchor, which takes"
            " quadratic time; limit it, such as {1,8}",
        ),
    ],
)
def test_mistakes(pattern: str, offset: int, message: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        compile_pattern(pattern, VOCABULARY)
    assert (caught.value.offset, caught.value.message) == (offset, message)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("'[' TEXT '--TEMP--'", ("--TEMP--",)),
        ("'[' TEXT OAI", (":cite[",)),
        ("'[[' TEXT", ("[[",)),
        ("'[' TEXT ']' '('", ("](",)),
        ("'[' TEXT ']' URL", None),
        ("'[' TEXT", None),
    ],
)
def test_literals_for_the_gate(pattern: str, literals: tuple[str, ...] | None) -> None:
    assert compile_pattern(pattern, VOCABULARY).literals == literals


@pytest.mark.parametrize("item", ["TEXT+", "a:TEXT", "'[' ']'", "(TEXT)", "NOPE"])
def test_items_that_no_set_holds(item: str) -> None:
    with pytest.raises(SyntaxProblem):
        check_item(item, VOCABULARY)
