"""The tests behind `where`."""

from __future__ import annotations

import pytest

from wikimend.rules.constraint import Surroundings
from wikimend.rules.constraints import compile_constraint
from wikimend.rules.problem import SyntaxProblem
from wikimend.text.blocks import scan
from wikimend.text.brackets import Balance
from wikimend.text.definitions import defined_labels
from wikimend.text.lexer import lex

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
        ("within", ["{label}", "{dir}"], "[elsewhere[/harbor/[pier--TEMP--", False),
        ("within", ["{label}", "{dir}"], "[a[/a/[pier--TEMP--", False),  # too short
        ("within", ["{label}", "{dir}"], "[ort[/hafen_ort/[pier--TEMP--", False),  # too short
        ("within", ["{dir}", "{label}"], "[harbor[/harbor_master/[pier--TEMP--", False),
        ("within", ["{label}", "{dir}"], "[haven[/ha_1_ven/[pier--TEMP--", False),
        (
            "within",
            ["{label}", "{dir}"],
            "[Harbor! (`Master`)[/x_harbor_master/[pier--TEMP--",
            True,
        ),
        ("within", ["{label}", "{dir}"], "[Hafen-Straße[/hafenstrasse/[pier--TEMP--", True),
        ("within", ["%C3%A4hre {label}", "{dir}"], "[n[/ährenfeld/[pier--TEMP--", True),
        ("within", ["{slug}", "{label}"], "[the 2024 tide[/d/[2024_tide--TEMP--", True),
    ],
)
def test_of_a_match_alone(name: str, argument: object, text: str, holds: bool) -> None:
    (match,) = matches(CHAIN, text)
    test = compile_constraint(name, argument, CAPTURES)
    assert test.alone is not None
    assert test.alone(match, tokens_of(text)) is holds


@pytest.mark.parametrize(
    ("page", "label", "holds"),
    [
        pytest.param("[a b]: /c", "a b", False, id="the same"),
        pytest.param("[A  b]: /c", "a B", False, id="case and spaces"),
        pytest.param("[a\n b]: /c", "a b", False, id="a line end"),
        pytest.param("[STRASSE]: /c", "straße", False, id="case folded"),
        pytest.param("[^1]: A note.", "^1", False, id="a footnote"),
        pytest.param("> [a b]: /c", "a b", False, id="in a quote"),
        pytest.param("[ab]: /c", "a b", True, id="another"),
        pytest.param(r"[a\-b]: /c", "a-b", True, id="an escape, which is not taken away"),
        pytest.param("[^2]: A note.", "^1", True, id="another footnote"),
        pytest.param("    [a b]: /c", "a b", True, id="in code"),
        pytest.param("Text\n[a b]: /c", "a b", True, id="in a paragraph"),
        pytest.param("none", "a b", True, id="no definition"),
    ],
)  # fmt: skip
def test_undefined(page: str, label: str, holds: bool) -> None:
    text = f"[{label}]"
    (match,) = matches("'[' label:TEXT ']'", text)
    test = compile_constraint("undefined", "label", CAPTURES)
    assert test.alone is not None
    tokens = lex(text, defined=defined_labels(page, scan(page)))
    assert test.alone(match, tokens) is holds


@pytest.mark.parametrize(
    ("name", "argument", "around", "holds"),
    [
        ("balances", True, ("", "[T]", ""), False),
        ("balances", True, ("[", "[T]", "]"), False),  # it makes another bracket lone
        ("balances", True, ("", "[[T]", ""), True),
        ("unclosed", "open", ("", "[[T]", "]"), False),
        ("unclosed", "open", ("", "[[T]", "[]"), True),
        ("unclosed", ["open", "close"], ("", "[T]U)", ""), False),  # one is no opener
        ("unclosed", ["open"], ("", "[[T]", "[]"), True),
        ("forsaken", "open", ("", "[[T]", "]"), False),
        ("forsaken", "open", ("[", "[[T]", "]]"), False),
        ("forsaken", "close", ("(", "[T]U)", ")"), False),  # no opener
        ("forsaken", "open", ("[", "[[T]", "]"), True),
        ("forsaken", "open", ("(", "[[T]", ")"), True),
        ("forsaken", "open", ("", "[[T]", ""), True),
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
        ("count", {"of": ["dir", "slug"], "min": 1}, "'count' counts the repeats of one capture"),
        ("balances", "yes", "'balances' wants true"),
        ("unclosed", [], "'unclosed' wants the name of a capture, or a list of them"),
        ("forsaken", "opn", "the pattern captures no 'opn'; did you mean open?"),
        ("undefined", "labl", "the pattern captures no 'labl'; did you mean label?"),
        ("within", ["{label}"], "'within' wants a list of two templates: a label and an address"),
        ("within", ["{label}", 3], "'within' wants texts, not 3"),
    ],
)
def test_mistakes(name: str, argument: object, message: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        compile_constraint(name, argument, CAPTURES)
    assert caught.value.message == message
