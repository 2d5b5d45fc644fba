"""The pages of a MediaWiki export: their revisions, and where texts and checksums stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Span = tuple[int, int]
"""Offsets in bytes: of the first one, and after the last one."""

TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
"""A tag, whose attributes may hold a `>`."""
ATTRIBUTE = re.compile(rb"[\s](?P<name>[\w:.-]+)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)")
"""An attribute with the white space before it."""


@dataclass(slots=True)
class Slot:
    """A text of a revision: the main one, or another role's."""

    role: str = "main"
    """What it is for."""
    model: str = ""
    """Its content model; empty where the dump names none."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """The attributes of its `<text>`."""
    tag: int = 0
    """Where its `<text` stands."""
    span: Span | None = None
    """Where its text stands; None when it has none, or an empty element."""


@dataclass(slots=True)
class Revision:
    """A revision of a page."""

    id: str = ""
    """Its number."""
    slots: list[Slot] = field(default_factory=list)
    """Its texts."""
    sha1: Span | None = None
    """Where the checksum of the revision stands; None when it has none."""
    mended: dict[str, str] = field(default_factory=dict)
    """The new checksums of the texts that were changed so far, by role."""


@dataclass(slots=True)
class WikiPage:
    """A page of an export, or what a piece holds of it."""

    id: str = ""
    """Its number."""
    namespace: str = ""
    """The number of its namespace."""
    title: str = ""
    """Its title with its namespace."""
    redirect: bool = False
    """Whether it leads to another page."""
    revisions: list[Revision] = field(default_factory=list)
    """Its revisions in the order of the dump."""


def attribute_places(content: bytes, start: int) -> dict[str, Span]:
    """Return where the values of the attributes of the tag at `start` stand, by name."""
    tag = TAG.match(content, start)
    end = tag.end() if tag else start
    found = ATTRIBUTE.finditer(content, start, end)
    return {one["name"].decode(): one.span("value") for one in found}
