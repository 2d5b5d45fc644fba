"""The examples of the GitHub Flavored Markdown specification."""

from __future__ import annotations

import re
import tarfile
from functools import cache
from html.parser import HTMLParser

from tests.conftest import source_archive

_EXAMPLE = re.compile(
    r"^`{32} example[^\n]*\n(?P<markdown>.*?)^\.\n(?P<html>.*?)^`{32}$", re.M | re.S
)
RELEASE = "2.2.4"
"""The release of marko whose source distribution holds the specification."""


@cache
def gfm_examples() -> dict[int, tuple[str, str]]:
    """Return Markdown and HTML of every example by number; they are not part of this repository."""
    with tarfile.open(source_archive("marko", RELEASE)) as archive:
        member = archive.extractfile(f"marko-{RELEASE}/tests/spec/gfm.txt")
        assert member is not None
        text = member.read().decode("utf-8").replace("→", "\t")
    found = enumerate(_EXAMPLE.finditer(text), 1)
    return {number: (match["markdown"], match["html"]) for number, match in found}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += (value or "" for name, value in attrs if name in ("href", "src"))


def links_of_html(html: str) -> list[str]:
    """Return where the `href` and `src` of HTML lead, in order."""
    parser = _Links()
    parser.feed(html)
    return parser.found
