"""Small exports of MediaWiki, made for the tests."""

from __future__ import annotations

from html import escape

from wikimend.store.checksum import base36_sha1

HEAD = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo>
    <sitename>Harbor &amp; sea</sitename>
    <namespaces><namespace key="0" case="first-letter" /></namespaces>
  </siteinfo>
"""
TAIL = "</mediawiki>\n"


def revision(text: str, number: int = 1, *, model: str = "wikitext", raw: str | None = None) -> str:
    """Return a revision as MediaWiki writes it; `raw` is another spelling of its text."""
    data = text.encode()
    spelled = escape(text) if raw is None else raw
    sha1 = base36_sha1(data)
    return (
        f"    <revision>\n      <id>{number}</id>\n"
        f"      <timestamp>2025-01-{number % 28 + 1:02}T00:00:00Z</timestamp>\n"
        f"      <contributor><username>Ada</username><id>9</id></contributor>\n"
        f"      <comment>a &lt;text&gt; in a comment</comment>\n"
        f"      <origin>{number}</origin>\n      <model>{model}</model>\n"
        f"      <format>text/x-wiki</format>\n"
        f'      <text bytes="{len(data)}" sha1="{sha1}" xml:space="preserve">{spelled}</text>\n'
        f"      <sha1>{sha1}</sha1>\n    </revision>\n"
    )


def page(*revisions: str, number: int = 1, title: str = "Tides", more: str = "") -> str:
    """Return a page with these revisions."""
    inside = "".join(revisions)
    return (
        f"  <page>\n    <title>{escape(title)}</title>\n    <ns>0</ns>\n    <id>{number}</id>\n"
        f"{more}{inside}  </page>\n"
    )


def export(*pages: str) -> bytes:
    """Return an export of these pages."""
    return (HEAD + "".join(pages) + TAIL).encode()
