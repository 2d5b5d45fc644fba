r"""Pages of an export that are written as MediaWiki writes them, found by regular expressions.

The walk over every element that `xml_walk` makes costs a call of Python for each. Nearly all
pages of all dumps look alike, though: the elements stand in one order, and none is nested deeper
than the schema has it. Such pages are told apart here, in C. Whatever looks otherwise is left to
the walk, all of it; the two agree wherever both have an answer.

What is skimmed is well-formed and has no comments, CDATA sections and instructions, so that every
`<` opens a tag: attributes cannot hold one (XML 1.0, production 10).
"""

from __future__ import annotations

import re
from xml.parsers import expat

from wikimend.store.xml_revision import ATTRIBUTE, Revision, Slot, WikiPage
from wikimend.store.xml_text import decode
from wikimend.store.xml_walk import walk


def _leaf(*others: str) -> str:
    """Return a pattern of an element with text at most, called otherwise than `others`."""
    but = rf"(?!(?:{'|'.join(others)})[\s/>])" if others else ""
    return rf"<{but}[\w:.-]++(?:\s[^<>]*+|/)?>(?:(?<=/>)|(?<!/>)[^<]*+</[\w:.-]++\s*+>)\s*+"


def _pattern(source: str) -> re.Pattern[bytes]:
    return re.compile(source.encode(), re.VERBOSE)


_PAGE = _pattern(rf"""
    <page(?:\s[^<>]*+)?> \s*+
    <title>(?P<title>[^<]*+)</title> \s*+
    (?:<ns>(?P<ns>[^<]*+)</ns> \s*+)?
    <id>(?P<id>[^<]*+)</id> \s*+
    (?P<redirect><redirect(?:\s[^<>]*+|/)?>(?<=/>) \s*+)?
    (?>(?:{_leaf("title", "ns", "id", "redirect", "revision")})*)
""")
_MIDST = rf"""
    (?>(?: <model>(?P<model>[^<]*+)</model> \s*+
      | <contributor> \s*+ (?>(?:{_leaf()})*) </contributor> \s*+
      | {_leaf("id", "model", "text", "content", "sha1")} )*)
"""
_REVISION = _pattern(rf"""
    <revision> \s*+
    <id>(?P<id>[^<]*+)</id> \s*+
    {_MIDST}
    (?P<tag><text)(?P<attributes>(?>(?:[ ][\w:.-]++="[^"<>&\t\r\n]*+")*))[ ]*+/?>
    (?:(?<=/>)|(?<!/>)(?P<text>[^<]*+)</text\s*+>) \s*+
    (?:<sha1>(?P<sha1>[^<]*+)</sha1> \s*+|<sha1 \s*+/> \s*+)?
    {_MIDST.replace("<model>(?P<model>", "<model>(?P<later>", 1)}
    </revision> \s*+
""")
_END = re.compile(rb"</page\s*+>\s*+")
_OPENED, _CLOSED = re.compile(rb"<m>\s*+"), re.compile(rb"</m>\Z")


def read_pages(content: bytes) -> list[WikiPage]:
    """Return the pages of `content`, a document (UTF-8) with pages in its root; spans are its own.

    Raises `expat.ExpatError` when it is not well-formed, ValueError for an unknown entity.
    """
    expat.ParserCreate("utf-8").Parse(content, True)
    pages = skim(content)
    return walk(content) if pages is None else pages


def skim(content: bytes) -> list[WikiPage] | None:
    """Return the pages of a well-formed document, as `walk` does; None when one looks unusual."""
    if b"<!" in content or b"<?" in content:
        return None
    pages: list[WikiPage] = []
    found = _OPENED.match(content)
    at = found.end() if found else 0
    while start := _PAGE.match(content, at):
        title, space, number = (_said(start[name]) for name in ("title", "ns", "id"))
        page = WikiPage(number, space, title, start["redirect"] is not None)
        at = start.end()
        while found := _REVISION.match(content, at):
            page.revisions.append(_revision(found))
            at = found.end()
        end = _END.match(content, at)
        if end is None:
            return None
        at = end.end()
        pages.append(page)
    return pages if _CLOSED.match(content, at) else None


def _revision(found: re.Match[bytes]) -> Revision:
    number, model, later, sha1 = found.group("id", "model", "later", "sha1")
    attributes = {
        one["name"].decode(): one["value"].decode()
        for one in ATTRIBUTE.finditer(found["attributes"])
    }
    span = found.span("text") if found["text"] else None
    slot = Slot(
        "main", _said(model if later is None else later), attributes, found.start("tag"), span
    )
    return Revision(_said(number), [slot], found.span("sha1") if sha1 else None)


def _said(raw: bytes | None) -> str:
    return decode(raw.decode()).strip() if raw else ""
