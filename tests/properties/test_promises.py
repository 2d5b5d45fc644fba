"""The promises of wikimend, over generated pages and over arbitrary text.

`WIKIMEND_EXAMPLES=20000 pytest tests/properties` tries harder.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from urllib.parse import unquote

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wikimend.api import mend
from wikimend.repair.finding import Finding, Mended
from wikimend.text.edit import apply
from wikimend.text.frontmatter import front_matter_end
from wikimend.text.page import Dialect

from .damage import Piece
from .pages import nasty, pages

promise = settings(
    max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "200")),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
dialects: st.SearchStrategy[Dialect] = st.sampled_from(("markdown", "mdx", "mediawiki"))

_DEBRIS = {"TEMP", "FIX"}
_MARKS = re.compile("--TEMP|FIX--")
_SCHEME = re.compile("(?i)h*t+p+s?:|mailto:")
_LINK_TAG = re.compile("</?a[ >]")
_PARSER = MarkdownIt("commonmark").enable("table")
_CODE = {"fence", "code_block", "html_block", "code_inline", "html_inline"}


def words(text: str) -> list[str]:
    """Return the words of a text; an underline is markup."""
    return re.findall(r"[^\W_]+", unquote(text))


def parsed(text: str) -> list[Token]:
    """Return a page without its front matter as a Markdown parser sees it."""
    start = 1 if text.startswith("\ufeff") else 0
    return _PARSER.parse(text[front_matter_end(text, start) :])


def code(text: str) -> list[tuple[str, str]]:
    """Return the code and HTML of a page as a Markdown parser sees them, HTML links left out."""

    def inside(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
        for token in tokens:
            if token.type in _CODE and not _LINK_TAG.match(token.content):
                yield token.type, token.content
            yield from inside(token.children or ())

    return list(inside(parsed(text)))


def links(text: str) -> Counter[str]:
    """Return where the links of a page lead, as a Markdown parser sees them, wrecks left out."""
    found: Counter[str] = Counter()
    for block in parsed(text):
        opened: list[tuple[str, list[str]]] = []  # an autolink may stand inside a link
        for token in block.children or ():
            if token.type == "link_open":
                opened.append((str(token.attrs["href"]), []))
            elif token.type == "link_close":
                href, label = opened.pop()
                if not _MARKS.search("".join(label)):
                    found[href] += 1
            for _, label in opened:
                label.append(token.content)
    return found


def _seen(text: str) -> str:
    """Return the letters and digits of an address, or of a text that may hold it."""
    return "".join(words(unescape(unescape(text))))


def wrecks(findings: Iterable[Finding]) -> list[str]:
    """Return the ids of the findings about wrecked links and citations."""
    return [finding.rule for finding in findings if finding.rule < "WM21"]


def assert_sane(mended: Mended) -> None:
    """Assert what holds of every outcome: the edits give the text, the findings are on the page."""
    before = mended.page.text
    assert apply(before, mended.edits) == mended.text
    assert list(mended.edits) == sorted(mended.edits)
    assert all(a.end <= b.start for a, b in zip(mended.edits, mended.edits[1:], strict=False))
    assert all(before[e.start : e.end] != e.text for e in mended.edits)
    assert all(0 <= f.start <= f.end <= len(before) for f in mended.findings)
    assert mended.changed is (mended.text != before)
    assert mended.changed or mended.text is before


def assert_nothing_lost(mended: Mended) -> None:
    """Assert that no word is gone but what was dropped on purpose, and none is new.

    Inside of an address words may be parted otherwise, and its scheme may be written anew.
    """
    before = mended.page.text
    for finding in mended.findings:
        if finding.fixed:
            for dropped in finding.dropped:
                start = before.find(dropped, max(0, finding.start - 1))
                before = before[:start] + before[start:].replace(dropped, " " * len(dropped), 1)
    had, has = words(_SCHEME.sub(" ", before)), words(_SCHEME.sub(" ", mended.text))
    all_had, all_has = "".join(had), "".join(has)
    assert all(word in all_has for word in set(had) - set(has) - _DEBRIS), "a word is gone"
    assert all(word in all_had for word in set(has) - set(had)), "a word is new"


@promise
@given(pages())
def test_a_damaged_page_comes_back_whole(page: Piece) -> None:
    mended = mend(page.damaged)
    assert mended.text == page.clean
    assert len(wrecks(mended.findings)) == page.fixed + page.left
    assert len(wrecks(mended.open)) == page.left


@promise
@given(pages(damage=False))
def test_a_clean_page_is_the_same_object(page: Piece) -> None:
    mended = mend(page.clean)
    assert mended.text is page.clean
    assert not mended.edits


@promise
@given(pages(), st.booleans())
def test_code_is_sacred(page: Piece, unsafe: bool) -> None:
    assert code(mend(page.damaged, unsafe_fixes=unsafe).text) == code(page.damaged)


# Behind a definition, markdown-it-py takes an indented line for code; sections 4.4 and 4.7 take it
# for the rest of the paragraph.
@promise
@given(nasty, st.booleans())
def test_code_is_sacred_in_any_text(text: str, unsafe: bool) -> None:
    assume(not re.search(r"\]:[^\n]*\n[ \t>]*(?: {4}|\t)", text))
    assert code(mend(text, unsafe_fixes=unsafe).text) == code(text)


@promise
@given(nasty, st.booleans())
@example(  # the image would take the link before it into its text
    "![a\n[a](https://e.org/a[a[/d/[s--TEMP--/d)--FIX--"
    "[a[/d/[s--TEMP--/d)--FIX--]([a[/d/[s--TEMP--/d)",
    False,
)
def test_sound_links_stay(text: str, unsafe: bool) -> None:
    assume("]:" not in text)
    mended = mend(text, unsafe_fixes=unsafe)
    lost = links(text) - links(mended.text)
    touched = "".join(text[edit.start : edit.end] for edit in mended.edits)
    assert all(_seen(href) in _seen(touched) for href in lost), "a link outside of the repairs"


@promise
@given(pages(), dialects, st.booleans())
def test_the_outcome_is_sane(page: Piece, dialect: Dialect, unsafe: bool) -> None:
    mended = mend(page.damaged, dialect, unsafe_fixes=unsafe)
    assert_sane(mended)
    assert_nothing_lost(mended)
    assert mend(mended.text, dialect, unsafe_fixes=unsafe).text == mended.text


@promise
@given(nasty, dialects, st.booleans())
def test_the_outcome_is_sane_for_any_text(text: str, dialect: Dialect, unsafe: bool) -> None:
    mended = mend(text, dialect, unsafe_fixes=unsafe)
    assert_sane(mended)
    assert_nothing_lost(mended)
    assert mend(mended.text, dialect, unsafe_fixes=unsafe).text == mended.text


@promise
@given(st.text(), dialects)
def test_nothing_raises(text: str, dialect: Dialect) -> None:
    assert mend(text, dialect, unsafe_fixes=True).page.text == text


@promise
@given(st.one_of(nasty, pages().map(lambda page: page.damaged)), st.booleans())
def test_preview_and_run_find_the_same(text: str, unsafe: bool) -> None:
    mended = mend(text, unsafe_fixes=unsafe)
    shown = mended.unapplied()
    assert shown.text is text
    assert not any(finding.fixed for finding in shown.findings)
    assert len(shown.findings) == len(mended.findings)


@promise
@given(pages())
def test_a_silenced_page_stays_and_its_findings_are_counted(page: Piece) -> None:
    silenced = mend(f"<!-- wikimend-disable -->\n\n{page.damaged}")
    assert not silenced.edits
    loud = mend(f"<!-- wikimend -->\n\n{page.damaged}")
    assert len(wrecks(silenced.suppressed)) == len(wrecks(loud.findings))
