"""Templates: what they write and what they refuse."""

from __future__ import annotations

import pytest

from wikimend.rules.problem import SyntaxProblem
from wikimend.rules.template import FILTERS, Field, compile_template
from wikimend.rules.value import Value

VALUES = {
    "label": (Value("two\n  words "),),
    "code": (Value(" see `a  b`  now ", ((5, 11),)),),
    "slug": (Value("x"), Value("y")),
    "path": (Value("/a%20b/"),),
    "nothing": (),
}


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("", ""),
        ("[{label}]", "[two\n  words ]"),
        ("[{label|squash}]", "[two words]"),
        ("[{code|squash}]", "[see `a  b` now]"),
        ("{slug}", "x"),
        ("{slug|join:, }", "x, y"),
        ("{path|strip:/}", "a%20b"),
        ("{path|decode|strip:/}", "a b"),
        ("{label|squash|lower}", "two words"),
        ("{label|strip}", "two\n  words"),
        ("{{{slug}}}", "{x}"),
        ("{nothing}{nothing|join:,}", ""),
    ],
)
def test_renders(source: str, written: str) -> None:
    assert compile_template(source, VALUES).render(VALUES) == written


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("unescape", r"a\b \d \\ü", "a\\b \\d \\ü"),  # only before ASCII punctuation, and once
        ("unescape", r"a\_b\(c\) \\[", r"a_b(c) \["),
        ("entities", "AT&T a & b &nosuch;", "AT&T a & b &nosuch;"),
        ("entities", "&amp;lt; &#91;a&#x5d; &quot;", '&lt; [a] "'),
        ("despace", "a_b", "a_b"),
        ("despace", " https: //a.org /\n\tb\u00a0c ", "https://a.org/bc"),
        ("visible", "n\u200cn \u200d e\u0301 \ufe0f", "n\u200cn \u200d e\u0301 \ufe0f"),  # joiners
        ("visible", "so\u00adft\u200b \ufeff\u2060\u200e\u200fx", "soft x"),
        ("anchor", "", ""),
        ("anchor", "What's New? (2.0)", "whats-new-20"),
        ("anchor", "A_b - c", "a_b---c"),
        ("anchor", "%C3%84pfel & Öl", "äpfel--öl"),
        ("cfemail", "me@example.org", "me@example.org"),
        ("cfemail", "5a1b2", "5a1b2"),  # an odd number of digits
        ("cfemail", "7c", "7c"),
        ("cfemail", "7c11193c19041d110c101952130e1b", "me@example.org"),
    ],
)
def test_filters(name: str, text: str, written: str) -> None:
    assert compile_template(f"{{t|{name}}}", "t").render({"t": (Value(text),)}) == written


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_no_filter_changes_what_is_opaque(name: str) -> None:
    code = r"`&amp;  A%20\_\u00ad`"
    value = Value(f"x {code} y", ((2, 2 + len(code)),))
    written = compile_template(f"{{t|{name}}}", "t").render({"t": (value,)})
    assert code in written


def test_what_is_written_is_not_scanned_again() -> None:
    values = {"a": (Value("{b}"),), "b": (Value("no"),)}
    assert compile_template("{a}", values).render(values) == "{b}"


@pytest.mark.parametrize(
    ("source", "offset", "message"),
    [
        ("a {", 2, "'{' begins no {capture|filter}; write '{{' for a brace"),
        ("a } b", 2, "'{' begins no {capture|filter}; write '{{' for a brace"),
        ("{Label}", 0, "'{' begins no {capture|filter}; write '{{' for a brace"),
        ("x{labl}", 2, "the pattern captures no 'labl'; did you mean label?"),
        ("{label|squish}", 7, "no filter is called 'squish'; did you mean squash?"),
        ("{label|lower:x}", 7, "the filter 'lower' takes nothing after a colon"),
        ("{label|squash|lowr}", 14, "no filter is called 'lowr'; did you mean lower?"),
    ],
)
def test_mistakes(source: str, offset: int, message: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        compile_template(source, VALUES)
    assert (caught.value.offset, caught.value.message) == (offset, message)


@pytest.mark.parametrize(
    ("source", "outside", "inside"),
    [
        ("{a} b", ["{a}", " b"], []),
        ("({a}) b", ["(", "{a}", ")", " b"], []),
        ("[{a}]({b}) {c}", ["[", "{a}", "](", ")", " ", "{c}"], ["{b}"]),
        ("[{a}](/x/{b}#y) (z)", ["[", "{a}", "](", ")", " (z", ")"], ["/x/", "{b}", "#y"]),
        ("[[{a}](x)]({b})", ["[[", "{a}", "](", ")", "](", ")"], ["x", "{b}"]),
    ],
)
def test_split(source: str, outside: list[str], inside: list[str]) -> None:
    def shown(pieces: tuple[str | Field, ...]) -> list[str]:
        named = (p if isinstance(p, str) else f"{{{p.name}}}" for p in pieces)
        return [piece for piece in named if piece]

    parts = compile_template(source, "abc").split
    assert [shown(part) for part in parts] == [outside, inside]


@pytest.mark.parametrize(("source", "links"), [("{label}", 0), ("[{label}]({path}) [a](b)", 2)])
def test_counts_the_links_it_writes(source: str, links: int) -> None:
    assert compile_template(source, VALUES).links == links
