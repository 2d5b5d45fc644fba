"""Exports of MediaWiki: what is mended, what is not, and every byte around it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.errors import PageError
from wikimend.store import xml_cut
from wikimend.store.checksum import base36_sha1, revision_sha1
from wikimend.store.dump import Chunk, Fields, Rewrite, Text
from wikimend.store.mediawiki_xml import ExportDump
from wikimend.store.xml_skim import skim
from wikimend.store.xml_text import Content, decode
from wikimend.store.xml_walk import walk
from wikimend.text.edit import Edit, apply

from .exports import TAIL, export, page, revision
from .spelled import CHARACTERS, edits, inverse


def read(content: bytes, tmp_path: Path, fields: Fields | None = None) -> list[Chunk]:
    """Return the chunks of a dump."""
    path = tmp_path / "d.xml"
    path.write_bytes(content)
    dump = ExportDump(path, fields or Fields())
    try:
        return list(dump.chunks())
    finally:
        dump.close()


def found(chunks: list[Chunk]) -> list[tuple[Chunk, Text]]:
    """Return every text with its chunk; none may be an error."""
    pairs = [(chunk, text) for chunk in chunks for text in chunk.texts()]
    return [
        (chunk, text) for chunk, text in pairs if isinstance(text, Text) or pytest.fail(str(text))
    ]


def changed(
    content: bytes,
    tmp_path: Path,
    edit: Edit,
    fields: Fields | None = None,
    only: str | None = None,
) -> bytes:
    """Return the dump with the edit made in each of its texts, or in the one that is `only`."""
    chunks = read(content, tmp_path, fields)
    return b"".join(
        chunk.result(
            [
                patch
                for text in chunk.texts()
                if isinstance(text, Text) and only in (None, text.page.text)
                for patch in chunk.rewrite(text, [Rewrite(edit)], {}).patches
            ]
        )
        for chunk in chunks
    )


REFUSED = {
    "another root": (b"<html></html>", "d.xml:1: not a MediaWiki export: its root is <html>"),
    "no XML": (b"{}", "d.xml:1: not a whole MediaWiki export: not well-formed"),
    "nothing": (b"", "not a whole MediaWiki export: no element found (is it cut off?)"),
    "a DTD": (
        b'<?xml version="1.0"?>\n<!DOCTYPE mediawiki>\n<mediawiki></mediawiki>',
        "d.xml:2: a document type declaration, which an export never has, is refused",
    ),
    "an entity bomb": (
        b'<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<mediawiki>&b;</mediawiki>',
        "a document type declaration",
    ),
    "an external entity": (
        b'<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<mediawiki>&a;</mediawiki>',
        "a document type declaration",
    ),
    "another encoding": (
        b'<?xml version="1.0" encoding="iso-8859-1"?><mediawiki></mediawiki>',
        "the encoding iso-8859-1 is none that MediaWiki writes",
    ),
    "ends in its head": (b"<mediawiki>\n<siteinfo>", "d.xml:2: not a whole MediaWiki export"),
    "ends behind a page": (
        export(page(revision("x")))[: -len(TAIL)],
        "no element found (is it cut off?)",
    ),
    "ends inside a page": (
        export(page(revision("x")), page(revision("y")))[:-60],
        "d.xml:35: not a whole MediaWiki export: ends inside a page (is it cut off?)",
    ),
    "half a character of UTF-16": ("<mediawiki></mediawiki>".encode("utf-16") + b"x", "UTF-16"),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_whole_export(content: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(PageError) as raised:
        read(content, tmp_path)
    assert message in str(raised.value)


def test_a_file_without_pages_is_not_read_to_its_end(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="no page in its first megabytes"):
        read(b"<mediawiki>" + b" " * 20_000_000, tmp_path)


UNTOUCHED = {
    "a redirect": page(revision("x"), more='    <redirect title="Sea" />\n'),
    "a deleted text": page(revision("").replace(' xml:space="preserve"', ' deleted="deleted"')),
    "a stub": page(revision("").replace('xml:space="preserve"></text>', 'id="7" />')),
    "an empty text": page(revision("")),
    "a script": page(revision("x", model="javascript")),
    "data": page(revision("x", model="json")),
    "an old dump's script": page(revision("x", model=""), title="MediaWiki:Common.js"),
    "an old dump's style": page(revision("x", model=""), title="User:Ada/a.css"),
    "no revision": page(),
    "a text elsewhere": page("<revision><comment><text>x</text></comment></revision>"),
}


@pytest.mark.parametrize("one", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_is_not_a_page_of_wikitext(one: str, tmp_path: Path) -> None:
    chunks = read(export(one), tmp_path)
    assert found(chunks) == []
    assert b"".join(chunk.result([]) for chunk in chunks) == export(one)


def test_only_the_last_revision_unless_asked(tmp_path: Path) -> None:
    dump = export(page(revision("old", 1), revision("new", 2)), page(revision("z", 3), number=2))
    fields = {text.key.field for _, text in found(read(dump, tmp_path))}
    assert fields == {"2", "3"}
    every = found(read(dump, tmp_path, Fields(all_revisions=True)))
    assert [(text.key.field, text.page.text) for _, text in every] == [
        ("1", "old"),
        ("2", "new"),
        ("3", "z"),
    ]


@pytest.mark.parametrize(
    ("model", "dialect", "texts"),
    [
        ("wikitext", None, ["mediawiki"]),
        ("", None, ["mediawiki"]),
        ("markdown", None, []),
        ("markdown", "markdown", ["markdown"]),
        ("wikitext", "markdown", ["markdown"]),
        ("json", "markdown", []),
    ],
)
def test_dialects(model: str, dialect: str | None, texts: list[str], tmp_path: Path) -> None:
    dump = export(page(revision("x", model=model)))
    fields = Fields(dialect=dialect)  # type: ignore[arg-type]
    assert [text.page.dialect for _, text in found(read(dump, tmp_path, fields))] == texts


def test_a_page_that_is_no_xml_costs_no_other(tmp_path: Path) -> None:
    good, bad = page(revision("fine")), page(revision("x", raw="a & b"))
    dump = export(good, bad, good.replace("<ns>", "&nope;<ns>"), good)
    chunks = read(dump, tmp_path)
    got = [text for chunk in chunks for text in chunk.texts()]
    assert [type(text) for text in got] == [Text, PageError, PageError, Text]
    told = [str(error) for error in got if isinstance(error, PageError)]
    assert [message.removeprefix(f"{tmp_path}/") for message in told] == [
        "d.xml:34: no XML, the page is left as it is: not well-formed (invalid token)",
        "d.xml:40: no XML, the page is left as it is: undefined entity",
    ]
    assert b"".join(chunk.result([]) for chunk in chunks) == dump


SPELLED = {
    "entities": ("a &#91;b&#x5D; &quot;", 'a [b] "', Edit(2, 3, '("'), "a (&quot;b&#x5D; &quot;"),
    "bare quotes": ('a "b"', 'a "b"', Edit(0, 1, '"'), '" "b"'),
    "markup": ("a&lt;b", "a<b", Edit(2, 3, "&>"), "a&lt;&amp;&gt;"),
    "CDATA": ("<![CDATA[a <b> & c]]>", "a <b> & c", Edit(8, 9, "<"), "<![CDATA[a <b> & <]]>"),
    "line ends": ("a\r\nb\rc", "a\nb\nc", Edit(2, 3, "x"), "a\r\nx\rc"),
    "a carriage return": ("a&#13;b", "a\rb", Edit(2, 3, "\r"), "a&#13;&#13;"),
    "a comment": ("a<!-- - -->b", "ab", Edit(1, 2, "x"), "a<!-- - -->x"),
    "UTF-8": ("é\U0001f600b", "é\U0001f600b", Edit(2, 3, "ü"), "é\U0001f600ü"),
}


@pytest.mark.parametrize(("raw", "text", "edit", "expected"), SPELLED.values(), ids=SPELLED)
def test_a_change_keeps_the_spelling_of_the_rest(
    raw: str, text: str, edit: Edit, expected: str, tmp_path: Path
) -> None:
    before = export(page(revision("z")), page(revision(text, raw=raw)), page(revision("z")))
    got = {text.page.text for _, text in found(read(before, tmp_path))}
    assert got == {"z", text}
    mended = page(revision(apply(text, [edit]), raw=expected))
    after = export(page(revision("z")), mended, page(revision("z")))
    assert changed(before, tmp_path, edit, only=text) == after


AMID = {
    "over a comment": ("a<!-- -->b", Edit(0, 2, "x")),
    "over the edge of a section": ("a<![CDATA[b]]>", Edit(0, 2, "x")),
    "before a comment, so that it could not be undone": ("a<!-- -->b", Edit(0, 1, "")),
    "the end of a section in one": ("<![CDATA[ab]]>", Edit(0, 1, "]]>")),
}


@pytest.mark.parametrize(("raw", "edit"), AMID.values(), ids=AMID)
def test_a_change_that_the_file_cannot_hold(raw: str, edit: Edit, tmp_path: Path) -> None:
    ((chunk, text),) = found(read(export(page(revision("ab", raw=raw))), tmp_path))
    with pytest.raises(PageError, match=r"d\.xml#Tides: left as it is: "):
        chunk.rewrite(text, [Rewrite(edit)], {})


@st.composite
def spellings(draw: st.DrawFn, text: str) -> str:
    """Draw a way to spell `text` between tags."""
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
    spelled = []
    for character in text:
        ways = [f"&#{ord(character)};", f"&#x{ord(character):x};"]
        ways += [named[character]] if character in named else []
        ways += [] if character in "&<>" else [character]
        ways += ["\r\n", "\r"] if character == "\n" else []
        spelled.append(draw(st.sampled_from(ways)))
    whole = "".join(spelled)
    # A CR before a bare LF would take it along.
    whole = re.sub("\r(?=\n(?<!\r\n))", "", whole)
    return whole if decode(whole) == text else draw(st.just("".join(f"&#{ord(c)};" for c in text)))


@given(st.data())
def test_edits_change_what_they_say_and_are_undone(data: st.DataObject) -> None:
    text = data.draw(st.text(CHARACTERS, max_size=12))
    raw = data.draw(spellings(text))
    content = Content(raw)
    made = data.draw(edits(text))
    spans = [content.span(e.start, e.end, hollow=not (e.text and e.start < e.end)) for e in made]
    new = [content.spell(edit.text, span[0]) for edit, span in zip(made, spans, strict=True)]
    result = apply(raw, [Edit(*s, n) for s, n in zip(spans, new, strict=True)])
    assert decode(result) == apply(text, made)
    again = Content(result)
    back = [
        Edit(*again.span(e.start, e.end, hollow=not (e.text and e.start < e.end)), raw[slice(*s)])
        for e, s in zip(inverse(text, made), spans, strict=True)
    ]
    assert apply(result, back) == raw


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    bom = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    before = bom + export(page(revision("é\U0001f600 x"))).decode()
    after = bom + export(page(revision("ü\U0001f600 x"))).decode()
    made = changed(before.encode(encoding), tmp_path, Edit(0, 1, "ü"))
    assert made == after.encode(encoding)
    path = tmp_path / "d.xml"
    dump = ExportDump(path, Fields())
    assert dump.size() == sum(len(chunk.content) for chunk in dump.chunks())
    dump.close()


def test_checksums(tmp_path: Path) -> None:
    """The sums are those of the new text; computed here in another way."""
    result = changed(export(page(revision("abc"))), tmp_path, Edit(0, 1, "é")).decode()
    digest = int(hashlib.sha1("ébc".encode()).hexdigest(), 16)
    digits = []
    for _ in range(31):
        digest, digit = divmod(digest, 36)
        digits.append("0123456789abcdefghijklmnopqrstuvwxyz"[digit])
    sha1 = "".join(reversed(digits))
    assert re.findall('bytes="([^"]*)" sha1="([^"]*)"', result) == [("4", sha1)]
    assert re.findall("<sha1>(.*)</sha1>", result) == [sha1]


def test_the_sum_of_no_bytes() -> None:
    assert base36_sha1(b"") == "phoiac9h4m842xq45sp7s6u21eteeq1"


def test_the_sum_of_several_slots_is_folded_in_the_order_of_their_roles() -> None:
    one, two, three = (base36_sha1(data) for data in (b"1", b"2", b"3"))
    assert revision_sha1({"main": one}) == one
    folded = base36_sha1((base36_sha1((two + one).encode()) + three).encode())
    assert revision_sha1({"main": one, "aside": two, "zone": three}) == folded


def slotted(text: str, aside: str, attributes: str, fold: str) -> str:
    """Return a revision with a second slot."""
    content = (
        "      <content><role>aside</role><model>json</model>"
        f"<text {attributes}>{aside}</text></content>\n      <sha1>{fold}</sha1>"
    )
    return re.sub(r"      <sha1>.*</sha1>", content, revision(text))


def test_slots(tmp_path: Path) -> None:
    def fold(text: str) -> str:
        return revision_sha1({"main": base36_sha1(text.encode()), "aside": base36_sha1(b"{}")})

    for attributes in ("", f'sha1="{base36_sha1(b"{}")}"'):
        before = export(page(slotted("abc", "{}", attributes, fold("abc"))))
        after = export(page(slotted("xbc", "{}", attributes, fold("xbc"))))
        assert changed(before, tmp_path, Edit(0, 1, "x")) == after


@pytest.mark.parametrize("model", ["wikitext", "", "json", "css"])
def test_every_slot_of_wikitext_is_a_page(model: str, tmp_path: Path) -> None:
    """The sum of the revision is folded of all that changed, in whichever order it did."""

    def dump(*said: str) -> bytes:
        main, aside = (base36_sha1(text.encode()) for text in said)
        fold = revision_sha1({"main": main, "aside": aside})
        sums = f'bytes="3" sha1="{aside}"'
        one = slotted(said[0], said[1], sums, fold).replace("<model>json", f"<model>{model}")
        return export(page(one, revision("abc", 2)))

    fields = Fields(all_revisions=True)
    keys = [text.key.field for _, text in found(read(dump("abc", "def"), tmp_path, fields))]
    assert keys == (["1", "1/aside", "2"] if model == "wikitext" else ["1", "2"])
    for only, after in (
        ("abc", dump("xbc", "def")),
        ("def", dump("abc", "xef")),
        (None, dump("xbc", "xef")),
    ):
        if model == "wikitext":
            made = changed(dump("abc", "def"), tmp_path, Edit(0, 1, "x"), fields, only)
            assert made.split(b"<id>2</id>")[0] == after.split(b"<id>2</id>")[0]


def test_a_slot_whose_sum_is_not_told(tmp_path: Path) -> None:
    dump = export(page(slotted("abc", "", 'deleted="deleted"', "0")))
    ((chunk, text),) = found(read(dump, tmp_path))
    with pytest.raises(PageError, match="does not tell the checksum of its slot aside"):
        chunk.rewrite(text, [Rewrite(Edit(0, 1, "x"))], {})


def test_wrong_and_empty_sums(tmp_path: Path) -> None:
    """A wrong sum is made right, and remembered; one that is not there does not come."""
    sha1 = base36_sha1(b"abc")
    wrong = revision("abc").replace(f"<sha1>{sha1}", "<sha1>123").replace('bytes="3"', 'bytes=""')
    dump = export(page(wrong))
    ((chunk, text),) = found(read(dump, tmp_path))
    rewritten = chunk.rewrite(text, [Rewrite(Edit(0, 1, "x"))], {})
    assert rewritten.envelope == {"revision_sha1": "123"}
    result = chunk.result(rewritten.patches)
    assert base36_sha1(b"xbc").encode() in result and b'bytes=""' in result
    ((again, text),) = found(
        read(export().replace(TAIL.encode(), result + TAIL.encode()), tmp_path)
    )
    back = again.rewrite(text, [Rewrite(Edit(0, 1, "a"), "a")], rewritten.envelope)
    assert again.result(back.patches) == chunk.content


TRICKS = {
    "a comment": "<!-- </page> <page> <revision> -->",
    "a section": "<comment><![CDATA[</page></mediawiki>]]></comment>",
    "an instruction": "<?x </page> ?>",
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
@pytest.mark.parametrize("size", [100, 700, 3000])
def test_what_only_looks_like_a_tag(
    trick: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_cut, "CHUNK", size)
    pages = [page(revision(f"text {n}", n), number=n, more=trick) for n in range(12)]
    chunks = read(export(*pages), tmp_path)
    assert [text.page.text for _, text in found(chunks)] == [f"text {n}" for n in range(12)]
    assert b"".join(chunk.content for chunk in chunks) == export(*pages)


@pytest.mark.parametrize("size", [100, 1000, 10_000])
@pytest.mark.parametrize("every", [False, True])
def test_a_history_larger_than_memory_is_cut_between_revisions(
    every: bool, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_cut, "CHUNK", size)
    monkeypatch.setattr(xml_cut, "LARGEST", 2 * size)
    long = page(*(revision(f"text {n}", n) for n in range(60)), number=5)
    dump = export(page(revision("a", 100), number=4), long, page(revision("b", 101), number=6))
    chunks = read(dump, tmp_path, Fields(all_revisions=every))
    assert b"".join(chunk.content for chunk in chunks) == dump
    texts = [(text.key.record, text.key.id, text.page.text) for _, text in found(chunks)]
    inside = [(2, "5", f"text {n}") for n in range(60)]
    assert texts == [(1, "4", "a"), *(inside if every else inside[-1:]), (3, "6", "b")]
    result = changed(dump, tmp_path, Edit(0, 1, "z"), Fields(all_revisions=every))
    assert result.count(b'preserve">z') == len(texts)


def test_white_space_in_end_tags(tmp_path: Path) -> None:
    dump = export(*(page(revision(str(n), n), number=n) for n in range(3)))
    dump = dump.replace(b"</page>", b"</page\n >").replace(b"</text>", b"</text >")
    assert [text.page.text for _, text in found(read(dump, tmp_path))] == ["0", "1", "2"]


USUAL = [
    '<revision> <id>2</id><text bytes="1" >b</text>\n<sha1>s</sha1></revision>',
    "<revision><id>1</id><text>a &lt; b</text></revision>",
    '<revision><id>3</id><model>json</model><text deleted="deleted"/><sha1 /></revision>',
    "<revision><id>8</id><contributor><id>1</id></contributor><text></text></revision>",
    "<revision><id>4</id><model>x</model><text id='7'>c</text><model>css</model></revision>",
]
ODD = [
    "<title>T &amp; t</title>",
    "<redirect title='Sea' />",
    "<upload><text>x</text></upload>",
    "<revision><id>4</id><sha1>s</sha1><text>c</text></revision>",
    "<revision><id>6</id><text x='a>b' y='1&#10;2'>d</text></revision>",
    "<revision><id>6</id><text x='a>b'>d</text></revision>",
    "<revision><id>7</id><text\tid='9'>e &lt; f</text><model/></revision>",
    "<revision><id>8</id><content><role>aside</role><text>g</text></content></revision>",
    "<revision><id>9</id><x><text>h</text></x><minor/><text>i</text></revision>",
    "<revision><id>9</id><text>i</text><!-- <text>j</text> --></revision>",
    "<revision><id>9</id><text a='/>'>i</text><id>7</id></revision>",
    "<revision><id>9</id><minor a='>'>m</minor><text a='/>'>i</text></revision>",
]
STARTS = [
    "<title>T &amp; t</title><ns>0</ns><id>5</id>",
    "<title>T</title> <id>5</id><redirect title='Sea' /><restrictions>a=b</restrictions>",
    "<id>5</id><title>T</title>",
]
REVISIONS = st.lists(st.sampled_from([*USUAL, *USUAL, *USUAL, *ODD]), max_size=3)
SOME_PAGES = st.lists(
    st.tuples(st.sampled_from(STARTS[:2] * 4 + STARTS), REVISIONS), min_size=1, max_size=2
)


@given(SOME_PAGES, st.sampled_from(["", " ", "\n  "]))
def test_pages_are_skimmed_as_they_are_walked(
    pages: list[tuple[str, list[str]]], space: str
) -> None:
    inside = "".join(
        f"<page>{space.join(['', start, *rest, ''])}</page>{space}" for start, rest in pages
    )
    document = f"<m>{space}{inside}</m>".encode()
    assert skim(document) in (None, walk(document))


SKIMMED = {
    "as it is written now": page(revision("x"), revision("")),
    "a redirect": page(revision("x"), more='    <redirect title="Sea" />\n'),
    "a deleted text": page(revision("").replace(' xml:space="preserve"', ' deleted="deleted"')),
    "a stub": page(revision("").replace('xml:space="preserve"></text>', 'id="7" />')),
    "a hidden author": page(
        re.sub("<contrib.*?</contrib.*?>", '<contributor deleted="deleted" />', revision("x"))
    ),
    "protection": page(revision("x"), more="<restrictions>edit=sysop</restrictions>"),
}


@pytest.mark.parametrize("one", SKIMMED.values(), ids=SKIMMED)
def test_what_looks_as_usual_is_not_walked(one: str) -> None:
    document = f"<m>{one}{one}</m>".encode()
    pages = skim(document)
    assert pages is not None
    assert (len(pages), pages) == (2, walk(document))
