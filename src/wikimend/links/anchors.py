"""How platforms make anchors of headings: one function for each, and their ways with repeats.

Every function follows what its platform publishes; `Algorithm.source` says where.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    import regex

AnchorStyle = Literal["github", "gitlab", "kramdown", "python-markdown", "obsidian", "mediawiki"]
STYLES: tuple[AnchorStyle, ...] = get_args(AnchorStyle)

_ASCII_NOT_WORD = re.compile(r"[^\w\- ]", re.ASCII)
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_HYPHENS = re.compile(r"-{2,}")
_LEADING = re.compile(r"\A[^a-zA-Z]+")
_NOT_KRAMDOWN = re.compile(r"[^a-zA-Z0-9 -]")
_PYTHON_NOT_WORD = re.compile(r"[^\w\s-]")
_PYTHON_SPACE = re.compile(r"[-\s]+")
_PYTHON_COUNT = re.compile(r"\A(.*)_([0-9]+)\Z")
_OBSIDIAN = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\s]+")
_SPACES = re.compile(r"\s+")


@cache
def _not_word() -> regex.Pattern[str]:
    """Return a pattern of what GitHub leaves out; most wikis are ASCII and never ask for it."""
    import regex

    return regex.compile(r"[^\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\- ]")


def _words(text: str) -> str:
    text = text.strip().lower()
    kept = _ASCII_NOT_WORD.sub("", text) if text.isascii() else _not_word().sub("", text)
    return kept.replace(" ", "-")


def _fold_beyond_ascii(fragment: str) -> str:
    """Return a fragment as GitHub compares it: its own documentation has a capital theta."""
    if fragment.isascii():
        return fragment
    return "".join(sign if sign.isascii() else sign.lower() for sign in fragment)


def _gitlab(text: str) -> str:
    slug = _HYPHENS.sub("-", _words(_EMOJI.sub("", text)))
    return f"anchor-{slug}" if slug.isdigit() else slug


def _kramdown(text: str) -> str:
    slug = _NOT_KRAMDOWN.sub("", _LEADING.sub("", text)).replace(" ", "-").lower()
    return slug or "section"


def _python_markdown(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _PYTHON_SPACE.sub("-", _PYTHON_NOT_WORD.sub("", ascii_text).strip().lower())


def _obsidian(text: str) -> str:
    return _SPACES.sub(" ", _OBSIDIAN.sub(" ", text)).strip().casefold()


def _mediawiki(text: str) -> str:
    return _SPACES.sub("_", text.strip())


def _counted(joint: str, first: int) -> Callable[[str, set[str], dict[str, int]], str]:
    """Return the way that adds a number after `joint`, `first` for the first repeat."""

    def unique(slug: str, taken: set[str], counts: dict[str, int]) -> str:
        name = slug
        while name in taken:
            counts[slug] = counts.get(slug, first - 1) + 1
            name = f"{slug}{joint}{counts[slug]}"
        return name

    return unique


def _python_unique(slug: str, taken: set[str], counts: dict[str, int]) -> str:
    while not slug or slug in taken:
        found = _PYTHON_COUNT.match(slug)
        slug = f"{found[1]}_{int(found[2]) + 1}" if found else f"{slug}_1"
    return slug


def _repeated(slug: str, taken: set[str], counts: dict[str, int]) -> str:
    return slug


@dataclass(frozen=True, slots=True)
class Algorithm:
    """How one platform makes anchors."""

    slug: Callable[[str], str]
    """The anchor of the text of a heading."""
    unique: Callable[[str, set[str], dict[str, int]], str]
    """The anchor of a heading whose slug may be taken."""
    fold: Callable[[str], str]
    """What is compared of a fragment."""
    source: str
    """Where the platform says so."""


ALGORITHMS: Mapping[AnchorStyle, Algorithm] = {
    "github": Algorithm(
        _words,
        _counted("-", 1),
        _fold_beyond_ascii,
        "docs.github.com, Basic writing and formatting, Section links",
    ),
    "gitlab": Algorithm(
        _gitlab, _counted("-", 1), str, "docs.gitlab.com, Markdown, Heading IDs and links"
    ),
    "kramdown": Algorithm(
        _kramdown,
        _counted("-", 1),
        str,
        "kramdown.gettalong.org, Automatic generation of header IDs",
    ),
    "python-markdown": Algorithm(
        _python_markdown,
        _python_unique,
        str,
        "python-markdown.github.io, Table of Contents, slugify",
    ),
    "obsidian": Algorithm(
        _obsidian, _repeated, _obsidian, "docs.obsidian.md, Reference, stripHeading"
    ),
    "mediawiki": Algorithm(
        _mediawiki, _counted("_", 2), _mediawiki, "mediawiki.org, Manual:$wgFragmentMode, html5"
    ),
}
"""Each algorithm by its name in the configuration."""


@lru_cache(maxsize=16384)
def slug(style: AnchorStyle, text: str) -> str:
    """Return the anchor of a heading that is not repeated.

    >>> slug("github", "What's new in 2.0?"), slug("python-markdown", "What's new in 2.0?")
    ('whats-new-in-20', 'whats-new-in-20')
    """
    return ALGORITHMS[style].slug(text)


def anchors(style: AnchorStyle, headings: Iterable[tuple[str, str]]) -> list[str]:
    """Return the anchor of each heading (its text, the id written out in it) of a page, in order.

    >>> anchors("github", [("Tide", ""), ("Tide", ""), ("Ebb", "low")])
    ['tide', 'tide-1', 'low']
    """
    algorithm = ALGORITHMS[style]
    taken: set[str] = set()
    counts: dict[str, int] = {}
    found = []
    for text, written in headings:
        name = written or algorithm.unique(slug(style, text), taken, counts)
        taken.add(name)
        found.append(name)
    return found
