"""A verdict told by what links want is that of a look at each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wikimend.links.anchors import AnchorStyle
from wikimend.links.check import LinkCheck
from wikimend.links.facts import facts
from wikimend.links.options import LinkOptions, WikiLinks
from wikimend.links.resolve import Resolver
from wikimend.links.site import Conventions, Site, style_of
from wikimend.links.suggest import Suggester
from wikimend.links.surface import surface
from wikimend.links.verdict import QuickVerdicts, verdict
from wikimend.links.wanted import wanted
from wikimend.store.dialect import dialect_of
from wikimend.text.page import Page

from .planted import planted

WIKIS = sorted(Path(__file__).parent.glob("planted*.txt"))
STYLES: tuple[AnchorStyle, ...] = ("github", "obsidian", "python-markdown")
BRACKETS: tuple[WikiLinks, ...] = ("off", "page-first", "text-first")


def compare(files: dict[str, str], conventions: Conventions) -> int:
    """Return how many pages were told quickly, once all of these were told the same."""
    pages = {name: text for name, text in files.items() if name.endswith((".md", ".mdx", ".wiki"))}
    known = {name: facts(Page(text, name, dialect_of(name))) for name, text in pages.items()}
    shown = {
        name: surface(found, style_of(name, conventions.anchors)) for name, found in known.items()
    }
    called = {name: found.names for name, found in known.items()}
    site = Site(shown, [n for n in files if n not in pages], conventions, called, {}, known)
    check = LinkCheck(Resolver(site), LinkOptions(), Suggester(Resolver(site)), lambda name: None)
    quick = QuickVerdicts(check)
    told = 0
    for name, found in known.items():
        short = quick.verdict(name, wanted(found, name))
        if short is not None:
            told += 1
            long = verdict(check, name, found)
            assert (short.clean, short.unchecked) == (long.clean, long.unchecked), name
            assert set(short.depends) == set(long.depends), name
    return told


@pytest.mark.parametrize("root", [None, "", "docs"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("path", WIKIS, ids=lambda path: path.stem)
def test_planted_wikis(path: Path, style: AnchorStyle, root: str | None) -> None:
    files = planted(path).files
    for brackets in BRACKETS:
        compare(files, Conventions(root, ("https://coast.example",), style, brackets))
        compare(files, Conventions(root, (), style, brackets))


PIECES = (
    *("a", "b.md", "sea", "sea/", "tides", "tides.md", "Tides.md", "..", "../", "./", "/", "//"),
    *(
        "#",
        "#a",
        "#low-tide",
        "#Low-tide",
        "?x",
        "%20",
        "http://e.org",
        "mailto:m",
        "null",
        ".html",
    ),
    *("index", "README.md", "-", "_", " ", "C#", "a b.md", "#top", "#L3"),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=4),
    st.sampled_from([None, "", "sea"]),
    st.sampled_from(STYLES),
)
def test_any_destination(to: list[str], root: str | None, style: AnchorStyle) -> None:
    links = " ".join(f"[x](<{destination}>)" for destination in to)
    files = dict.fromkeys(
        ("a.md", "sea/tides.md", "sea/README.md", "C#/b.md", "sea/deep/a b.md"),
        f"# A\n\n## Low tide\n\n{links}\n",
    )
    compare({**files, "sea/map.png": "", "a": ""}, Conventions(root, (), style))


def test_most_pages_are_told_quickly() -> None:
    files = {
        "index.md": "# A\n\n[b](sea/b.md#low) [c](#a) [d](https://e.org) [e](/sea/b) [f](sea/)\n",
        "sea/b.md": "# B\n\n## Low\n\n[a](../index.md)\n",
    }
    assert compare(files, Conventions("")) == 2
