"""The fixtures: a small damaged wiki, page by page beside its mended form."""

from __future__ import annotations

from pathlib import Path

import pytest

from wikimend.api import lint, mend
from wikimend.store.dialect import dialect_of
from wikimend.text.position import Lines

FIXTURES = Path(__file__).parents[1] / "fixtures"
NAMES = sorted(path.name for path in (FIXTURES / "damaged").iterdir())
LEFT = (FIXTURES / "expected.txt").read_text("utf-8").splitlines()
CLEAN = ("gauge.md", "index.md")


def page(folder: str, name: str) -> str:
    """Return the text of a fixture, its line ends as stored."""
    return (FIXTURES / folder / name).read_bytes().decode("utf-8")


def test_every_page_has_its_twin() -> None:
    assert sorted(path.name for path in (FIXTURES / "mended").iterdir()) == NAMES
    assert {line.split(":")[0] for line in LEFT} <= set(NAMES)


@pytest.mark.parametrize("name", CLEAN)
def test_clean_pages_are_their_own_twins(name: str) -> None:
    text = page("damaged", name)
    assert page("mended", name) == text
    assert not lint(text).findings


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_page_becomes_its_mended_form(name: str) -> None:
    assert mend(page("damaged", name), dialect_of(name)).text == page("mended", name)


@pytest.mark.parametrize("name", NAMES)
def test_a_mended_page_stays(name: str) -> None:
    mended = mend(page("mended", name), dialect_of(name))
    assert mended.text is mended.page.text


@pytest.mark.parametrize("name", NAMES)
def test_what_is_left_is_reported(name: str) -> None:
    text = page("damaged", name)
    lines = Lines(text)
    left = mend(text, dialect_of(name)).open
    places = [(*lines.position(finding.start), finding.rule) for finding in left]
    assert [f"{name}:{line}:{column} {rule}" for line, column, rule in places] == [
        line for line in LEFT if line.startswith(f"{name}:")
    ]
