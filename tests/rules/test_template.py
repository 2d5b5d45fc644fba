"""Templates: what they write and what they refuse."""

from __future__ import annotations

import pytest

from wikimend.rules.problem import SyntaxProblem
from wikimend.rules.template import compile_template
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


@pytest.mark.parametrize(("source", "links"), [("{label}", 0), ("[{label}]({path}) [a](b)", 2)])
def test_counts_the_links_it_writes(source: str, links: int) -> None:
    assert compile_template(source, VALUES).links == links
