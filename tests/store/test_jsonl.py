"""JSON lines: every byte stays that is not part of a change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.errors import PageError, UsageError
from wikimend.store import jsonl
from wikimend.store.dump import Fields, Rewrite, Text
from wikimend.store.json_record import path_to, read_record, span_of, value_at
from wikimend.store.json_string import Offsets
from wikimend.store.jsonl import JsonLinesDump, Lines
from wikimend.text.edit import Edit, apply

from .spelled import CHARACTERS, edits, inverse


def lines(content: bytes, fields: Fields | None = None) -> Lines:
    return Lines(0, 1, content, "d.jsonl", fields or Fields())


def texts(content: bytes, fields: Fields | None = None) -> list[Text]:
    found = list(lines(content, fields).texts())
    assert not [text for text in found if isinstance(text, PageError)], found
    return [text for text in found if isinstance(text, Text)]


BROKEN = {
    "not an object": (b"[1]", "1:1: no JSON, left as it is: no object"),
    "a word": (b'{"text": tru}', "1:10: no JSON, left as it is: Expecting value"),
    "no comma": (b'{"a": 1 "b": 2}', "1:9: no JSON, left as it is: Expecting ',' delimiter"),
    "no colon": (b'{"a" 1}', "1:6: no JSON, left as it is: Expecting ':' delimiter"),
    "no name": (
        b"{1: 2}",
        "1:2: no JSON, left as it is: Expecting property name enclosed in double quotes",
    ),
    "two objects": (b"{} {}", "1:4: no JSON, left as it is: Extra data"),
    "open string": (
        b'{"text": "x',
        "1:10: no JSON, left as it is: Unterminated string starting at",
    ),
    "raw control character": (
        b'{"text": "a\x01"}',
        "1:12: no JSON, left as it is: Invalid control character at",
    ),
    "no UTF-8": (b'{"text": "caf\xe9"}', "1: no JSON, left as it is: byte 0xe9 is not UTF-8"),
    "too deep": (
        b'{"a": ' + b"[" * 200_000,
        "1: no JSON, left as it is: nested too deep",
    ),
}


@pytest.mark.parametrize(("line", "message"), BROKEN.values(), ids=BROKEN)
def test_a_line_that_is_no_record_is_an_error_and_stays(line: bytes, message: str) -> None:
    chunk = lines(line + b'\n{"text": "fine"}\n')
    error, text = chunk.texts()
    assert (str(error), type(text)) == (f"d.jsonl:{message}", Text)
    assert chunk.result([]) == chunk.content


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b" \t\r\n\r\n", b'{"text": null}\n{"text": "x"}', b'{"text": ""}'],
    ids=["nothing", "blank", "white space", "null", "empty"],
)
def test_what_holds_no_text_is_no_error(content: bytes) -> None:
    assert [text.page.text for text in texts(content)] in ([], ["x"], [""])


def test_a_dump_without_texts_is_an_error() -> None:
    (error,) = lines(b'{"a": "x"}\n').texts()
    assert str(error) == "d.jsonl: no text in sight in its first lines; --text-field names it"
    (error,) = lines(b'{"text": "x"}\n', Fields(text=("nope",))).texts()
    assert "no text called nope" in str(error)


NAMES = {
    "the first good name": (b'{"body": "b", "text": "t"}', Fields(), ["text"]),
    "a name that is no string": (b'{"text": 1, "body": "b"}', Fields(), ["body"]),
    "a name with a dot": (b'{"r.s": "b", "r": {"s": "t"}}', Fields(text=("r.s",)), ["r.s"]),
    "a chosen name": (b'{"body": "b", "text": "t"}', Fields(text=("body",)), ["body"]),
    "two chosen names": (b'{"a": "b", "b": "t"}', Fields(text=("b", "a")), ["b", "a"]),
    "inside": (b'{"r": {"s": {"t": "x"}}}', Fields(text=("r.s.t",)), ["r.s.t"]),
    "a dump of articles": (
        b'{"article_body": {"html": "", "wikitext": "x"}}',
        Fields(),
        ["article_body.wikitext"],
    ),
}


@pytest.mark.parametrize(("content", "fields", "expected"), NAMES.values(), ids=NAMES)
def test_fields(content: bytes, fields: Fields, expected: list[str]) -> None:
    assert [text.key.field for text in texts(content, fields)] == expected


@pytest.mark.parametrize(
    ("content", "name", "dialect"),
    [
        (b'{"text": ""}', "1", "markdown"),
        (b'{"id": 0, "text": ""}', "0", "markdown"),
        (b'{"id": 7, "title": "T", "text": ""}', "T", "markdown"),
        (b'{"id": 7, "title": "T", "path": "a/b.wiki", "text": ""}', "a/b.wiki", "mediawiki"),
        (b'{"id": 7, "n": %s, "text": ""}' % (b"9" * 5000), "7", "markdown"),
        (b'{"id": true, "title": [], "path": "", "text": ""}', "True", "markdown"),
    ],
)
def test_names_and_dialects(content: bytes, name: str, dialect: str) -> None:
    (text,) = texts(content)
    assert (text.page.name, text.page.dialect) == (f"d.jsonl#{name}", dialect)


def test_of_two_members_with_one_name_the_last_counts() -> None:
    chunk = lines(b'{"text": "a", "text": "b"}')
    (text,) = chunk.texts()
    assert isinstance(text, Text)
    patches = chunk.rewrite(text, [Rewrite(Edit(0, 1, "c"))], {}).patches
    assert chunk.result(patches) == b'{"text": "a", "text": "c"}'


CHANGES = {
    # A line, an edit of its text, and the line that comes of it.
    "escaped bracket": (
        rb'{"text": "\u005bx\u005D"}',
        Edit(1, 2, "y"),
        rb'{"text": "\u005by\u005D"}',
    ),
    "escaped slash": (rb'{"text": "\/a\/b"}', Edit(1, 2, "/"), rb'{"text": "\/\/\/b"}'),
    "bare slash": (rb'{"text": "/a\/b"}', Edit(1, 2, "/"), rb'{"text": "//\/b"}'),
    "ASCII": (rb'{"text": "\u00e9a"}', Edit(1, 2, "ü"), rb'{"text": "\u00e9\u00fc"}'),
    "UTF-8": (
        '{"é": 1, "text": "éa"}'.encode(),
        Edit(1, 2, "ü"),
        '{"é": 1, "text": "éü"}'.encode(),
    ),
    "surrogate pair": (
        rb'{"text": "\ud83d\ude00a"}',
        Edit(1, 2, "b"),
        rb'{"text": "\ud83d\ude00b"}',
    ),
    "half a pair": (rb'{"text": "\udc80a"}', Edit(1, 2, "\udc81"), rb'{"text": "\udc80\udc81"}'),
    "half a pair in UTF-8": (
        '{"text": "é\\udc80a"}'.encode(),
        Edit(1, 3, "\udc80"),
        '{"text": "é\\udc80"}'.encode(),
    ),
    "numbers, order and spaces": (
        b'{"n": 1.0e+5 , "text" : "a","z":-0}\r',
        Edit(0, 1, "b"),
        b'{"n": 1.0e+5 , "text" : "b","z":-0}\r',
    ),
    "byte order mark": (
        b'\xef\xbb\xbf{"text": "a"}',
        Edit(0, 1, "b"),
        b'\xef\xbb\xbf{"text": "b"}',
    ),
}


@pytest.mark.parametrize(("line", "edit", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_keeps_all_else(line: bytes, edit: Edit, expected: bytes) -> None:
    before, after = b'{"text": "x"}\n' * line[:1].startswith(b"{"), b'\n{"text":"y"}\n'
    chunk = lines(before + line + after)
    text = [text for text in chunk.texts() if isinstance(text, Text)][len(before) // 14]
    rewritten = chunk.rewrite(text, [Rewrite(edit)], {})
    assert chunk.result(rewritten.patches) == before + expected + after


@st.composite
def spellings(draw: st.DrawFn, text: str) -> str:
    """Draw a way to spell `text` between quotation marks."""
    spelled = []
    for character in text:
        plain = json.dumps(character, ensure_ascii=False)[1:-1]
        escaped = "".join(
            f"\\u{unit:04x}" if draw(st.booleans()) else f"\\u{unit:04X}"
            for unit in memoryview(character.encode("utf-16-le")).cast("H")
        )
        ways = [plain, escaped, *(["\\/"] if character == "/" else [])]
        spelled.append(draw(st.sampled_from(ways)))
    return "".join(spelled)


@given(st.data())
def test_edits_change_what_they_say_and_are_undone(data: st.DataObject) -> None:
    text = data.draw(st.text(CHARACTERS, max_size=12))
    raw = data.draw(spellings(text))
    content = f'{{"n": 1e3, "é": "\\u005b", "text": "{raw}", "z": null}}\n'.encode()
    made = data.draw(edits(text))
    chunk = lines(content)
    (found,) = texts(content)
    assert found.page.text == text
    rewritten = chunk.rewrite(found, [Rewrite(edit) for edit in made], {})
    result = chunk.result(rewritten.patches)
    assert json.loads(result) == {**json.loads(content), "text": apply(text, made)}
    (changed,) = texts(result)
    before = [text[edit.start : edit.end] for edit in made]
    back = [
        Rewrite(edit, was if how is None else how)
        for edit, was, how in zip(inverse(text, made), before, rewritten.stored, strict=True)
    ]
    undone = lines(result)
    assert undone.result(undone.rewrite(changed, back, {}).patches) == content


@given(st.text(CHARACTERS, max_size=12), st.data())
def test_offsets(text: str, data: st.DataObject) -> None:
    raw = data.draw(spellings(text))
    offsets = Offsets(raw)
    pieces = [raw[offsets.raw(n) : offsets.raw(n + 1)] for n in range(len(text))]
    assert [json.loads(f'"{piece}"') for piece in pieces] == list(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_records_are_read_as_the_standard_library_reads_them(
    record: dict[str, object], ascii_only: bool, indent: int | None
) -> None:
    line = json.dumps(record, ensure_ascii=ascii_only, indent=indent)
    found = read_record(line)
    assert repr(found) == repr(record)
    for name in record:
        path = path_to(found, name)
        assert path == (name,)
        assert repr(json.loads(line[slice(*span_of(line, path))])) == repr(value_at(found, path))


def test_what_is_put_back_must_be_what_it_says() -> None:
    chunk = lines(b'{"text": "a"}')
    (text,) = texts(chunk.content)
    with pytest.raises(PageError, match="not what is to be said"):
        chunk.rewrite(text, [Rewrite(Edit(0, 1, "b"), "c")], {})


SIZES = [1, 10, 100, 4000]


@pytest.mark.parametrize("chunk", SIZES)
def test_the_chunks_are_the_dump(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "CHUNK", chunk)
    path = tmp_path / "d.jsonl"
    content = b"".join(b'{"text": "%s"}\n' % (b"x" * (7 * n % 60)) for n in range(100)) + b'{"a": 1'
    path.write_bytes(content)
    dump = JsonLinesDump(path, Fields())
    chunks = list(dump.chunks())
    dump.close()
    assert b"".join(chunk.content for chunk in chunks) == content
    assert all(chunk.content.endswith(b"\n") for chunk in chunks[:-1])
    for one in chunks:
        assert content[one.offset :].startswith(one.content)
        assert one.record == content[: one.offset].count(b"\n") + 1
    assert dump.size() == len(content) == dump.length == dump.position


def test_no_dump(tmp_path: Path) -> None:
    with pytest.raises((PageError, UsageError), match="the file is gone"):
        JsonLinesDump(tmp_path / "d.jsonl", Fields())
