"""The tests behind `where`."""

from __future__ import annotations

import pytest

from wikimend.rules.constraint import Surroundings
from wikimend.rules.constraints import compile_constraint
from wikimend.rules.problem import SyntaxProblem
from wikimend.text.brackets import Balance

from .language import matches, tokens_of

CAPTURES = frozenset(("label", "dir", "slug", "open", "close"))
CHAIN = r"'[' label:PROSE+ ('[' dir:TEXT~/\/\w+\// '[' slug:TEXT~/\w+/)+ '--TEMP--'"


@pytest.mark.parametrize(
    ("name", "argument", "text", "holds"),
    [
        ("same", "slug", "[a[/d/[s[/d/[t--TEMP--", False),
        ("same", ["dir", "slug"], "[a[/d/[s[/e/[s--TEMP--", False),
        ("same", ["dir", "slug"], "[a[/d/[s[/d/[s--TEMP--", True),
        ("equal", ["{label}", "{slug}"], "[a[/d/[s--TEMP--", False),
        ("equal", ["{label|lower}", "{slug}"], "[S[/d/[s--TEMP--", True),
        ("matches", ["{label}", "a"], "[ab[/d/[s--TEMP--", False),
        ("matches", ["{label}", "a.*"], "[ab[/d/[s--TEMP--", True),
        ("not_matches", ["{label}", "a.*"], "[ab[/d/[s--TEMP--", False),
        ("not_matches", ["{label}", "a"], "[ab[/d/[s--TEMP--", True),
        ("balanced", "label", "[a (b[/d/[s--TEMP--", False),
        ("balanced", "label", "[a (b)[/d/[s--TEMP--", True),
        ("count", {"of": "slug", "min": 2}, "[a[/d/[s--TEMP--", False),
        ("count", {"of": "slug", "max": 1}, "[a[/d/[s[/d/[s--TEMP--", False),
        ("count", {"of": "slug", "min": 1, "max": 2}, "[a[/d/[s--TEMP--", True),
    ],
)
def test_of_a_match_alone(name: str, argument: object, text: str, holds: bool) -> None:
    (match,) = matches(CHAIN, text)
    test = compile_constraint(name, argument, CAPTURES)
    assert test.alone is not None
    assert test.alone(match, tokens_of(text)) is holds


@pytest.mark.parametrize(
    ("name", "argument", "around", "holds"),
    [
        ("balances", True, ("", "[T]", ""), False),
        ("balances", True, ("[", "[T]", "]"), False),  # it makes another bracket lone
        ("balances", True, ("", "[[T]", ""), True),
        ("unclosed", "open", ("", "[[T]", "]"), False),
        ("unclosed", "open", ("", "[[T]", "[]"), True),
        ("unopened", "close", ("(", "[T]U)", ""), False),
        ("unopened", "close", ("(", "[T]U)", ")"), True),
        ("unopened", "close", ("", "[T]U)", ""), True),
    ],
)
def test_of_a_match_in_its_surroundings(
    name: str, argument: object, around: tuple[str, str, str], holds: bool
) -> None:
    text = {"[T]": "[a]", "[[T]": "[[a]", "[T]U)": "[a]https://e.org)"}[around[1]]
    (match, *_) = matches("open:'[' '['? TEXT ']' URL? close:')'?", text)
    test = compile_constraint(name, argument, CAPTURES)
    before, now, after = map(Balance.of, around)
    assert test.among is not None
    surroundings = Surroundings(before, now, Balance(), after)
    assert test.among(match, tokens_of(text), surroundings) is holds


@pytest.mark.parametrize(
    ("name", "argument", "message"),
    [
        ("sam", "slug", "no test is called 'sam'; did you mean same?"),
        ("same", "slg", "the pattern captures no 'slg'; did you mean slug?"),
        ("same", [], "'same' wants the name of a capture, or a list of them"),
        ("same", {"a": 1}, "'same' wants the name of a capture, or a list of them"),
        ("equal", ["{slug}"], "'equal' wants a list of two or more templates"),
        ("equal", ["{slug}", "{slg}"], "the pattern captures no 'slg'; did you mean slug?"),
        ("matches", "x", "'matches' wants a list of a template and a text pattern"),
        ("matches", ["{slug}", 3], "'matches' wants texts, not 3"),
        ("matches", ["{slug}", "("], "bad text pattern: missing ) at position 1"),
        (
            "count",
            {"of": "slug"},
            "'count' wants {of: CAPTURE, min: N, max: N}, min or max or both",
        ),
        ("count", {"of": "slug", "min": "2"}, "'count' wants whole numbers for min and max"),
        ("balances", "yes", "'balances' wants true"),
    ],
)
def test_mistakes(name: str, argument: object, message: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        compile_constraint(name, argument, CAPTURES)
    assert caught.value.message == message
