"""The links of a dump are judged by the dump's own pages, whatever its format."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from html import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.links.planted import Planted, unmarked

from .program import wikimend

WIKI = {
    "docs/index.md": "# Home\n\n[ok](sea/tides.md#low-tide) [gone](«WM801»sea/gone.md)\n"
    "[root](/sea/tides) ![picture](map.png) [file](../LICENSE.txt) [typo](«WM801»/sea/tidse)\n",
    "docs/sea/tides.md": "---\naliases: [Ebb]\n---\n# Tides\n\n## Low tide\n\n"
    "[up](../index.md) [it](#low-tide) [no](«WM802»#nope)\n"
    "[case](«WM803»../Index.md) [r](/sea/tides)\n",
}
"""Pages with marks where something must be found."""
Found = list[tuple[str, int, int, str]]


def marked(pages: Mapping[str, str]) -> tuple[dict[str, str], Found]:
    """Return pages without their marks, and what these say that must be found."""
    found: dict[Planted, str] = {}
    texts = {name: unmarked(name, text, found) for name, text in pages.items()}
    return texts, [(p.path, p.line, p.column, p.rule) for p in found]


PAGES, FOUND = marked(WIKI)
UNCHECKED = "2 links out of the wiki not checked."


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def jsonl(path: Path, pages: Mapping[str, str], name: str = "path") -> None:
    records = [json.dumps({name: key, "text": text}) for key, text in pages.items()]
    path.write_text("".join(f"{record}\n" for record in records))


def parquet(path: Path, pages: Mapping[str, str]) -> None:
    pq.write_table(pa.table({"path": list(pages), "text": list(pages.values())}), path)


def sqlite(path: Path, pages: Mapping[str, str]) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE pages (path TEXT, text TEXT)")
        database.executemany("INSERT INTO pages VALUES (?, ?)", pages.items())


def export(path: Path, pages: Mapping[str, str]) -> None:
    """Write an export of a MediaWiki; a page that begins so is a redirect."""
    parts = []
    for number, (title, text) in enumerate(pages.items()):
        target = text.partition("[[")[2].partition("]]")[0]
        mark = f'<redirect title="{target}"/>' if text.startswith("#REDIRECT") else ""
        parts.append(
            f"<page><title>{title}</title><ns>0</ns><id>{number}</id>{mark}<revision><id>{number}9"
            f'</id><model>wikitext</model><text xml:space="preserve">{escape(text)}</text>'
            "</revision></page>\n"
        )
    path.write_text(f'<mediawiki version="0.11">\n{"".join(parts)}</mediawiki>\n')


def findings(*arguments: str) -> Found:
    """Return what `lint` finds about links: page, line, column, rule."""
    done = wikimend("lint", *arguments, "--select", "WM8", "--output-format", "jsonl")
    records = [json.loads(line) for line in done.out.splitlines()]
    return [
        (r["path"].partition("#")[2], r["start"]["line"], r["start"]["column"], r["rule"])
        for r in records
    ]


WRITERS: Mapping[str, Callable[[Path, Mapping[str, str]], None]] = {
    "dump.jsonl": jsonl,
    "dump.parquet": parquet,
    "dump.sqlite": sqlite,
}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", WRITERS)
def test_every_format(name: str, jobs: str) -> None:
    WRITERS[name](Path(name), PAGES)
    assert findings(name, "--jobs", jobs) == FOUND
    assert UNCHECKED in wikimend("lint", name).err


def test_an_export_of_a_mediawiki() -> None:
    pages, found = marked(
        {
            "Tides": "[[Low tide]], [[low tide#At noon]], [[Ebb]], [[«WM801»Neap]], "
            "[[«WM802»Tides#No]].\n",
            "Low tide": "== At noon ==\n[[Tides|back]] [[Talk:Tides]] [[File:Map.png]] "
            "[[«WM807»ebb#Gone]]\n",
            "Ebb": "#REDIRECT [[Low tide]]",
        }
    )
    export(Path("dump.xml"), pages)
    assert findings("dump.xml") == found
    done = wikimend("lint", "dump.xml", "--select", "WM8")
    assert "Tides has no section" in done.out
    assert ".wiki" not in done.out


def test_what_the_dump_proves_is_repaired() -> None:
    jsonl(Path("dump.jsonl"), PAGES)
    plain = wikimend("fix", "dump.jsonl", "-o", "new.jsonl")
    assert plain.err == "2 pages read, none changed.\nNothing is left to repair.\n"
    arguments = ["-o", "new.jsonl", "--report", "changes.jsonl", "--select", "WM8"]
    done = wikimend("fix", "dump.jsonl", *arguments)
    assert "Repaired: 1 WM803." in done.err
    texts = [json.loads(line)["text"] for line in Path("new.jsonl").read_text().splitlines()]
    was = PAGES["docs/sea/tides.md"]
    assert texts == [PAGES["docs/index.md"], was.replace("../Index.md", "../index.md")]
    wikimend("undo", "changes.jsonl", "new.jsonl")
    assert Path("new.jsonl").read_bytes() == Path("dump.jsonl").read_bytes()


def test_pages_without_names_are_not_judged() -> None:
    jsonl(Path("dump.jsonl"), PAGES, "number")
    assert findings("dump.jsonl") == []
    assert "not checked" not in wikimend("lint", "dump.jsonl").err


def test_links_from_folders_are_not_judged_where_pages_have_titles_alone() -> None:
    pages, found = marked(
        {
            "A": "# A\n\n[x](Nowhere) [y](#a) [z](«WM802»#no) [w](/B)\n",
            "B": "[v](/A) [u](«WM801»/C)\n",
        }
    )
    jsonl(Path("dump.jsonl"), pages, "title")
    assert findings("dump.jsonl") == found
    assert "1 internal link not checked: no root." in wikimend("lint", "dump.jsonl").err


def test_the_configuration_speaks_of_a_dump_too() -> None:
    Path(".wikimend.yaml").write_text(
        "schema: 1\nlinks: {root: ., wiki-links: page-first, base-url: https://coast.example,\n"
        "  skip: [/sea/gone], redirects: moved.yaml}\n"
    )
    Path("moved.yaml").write_text("/old: /sea/tides\n")
    pages, found = marked(
        {
            "index.md": "[a](«WM801»https://coast.example/sea/nope) [[tides]] [[«WM801»nope]]\n"
            "[b](/sea/gone) [c](«WM804»/old)\n",
            "sea/tides.md": "# Tides\n",
        }
    )
    jsonl(Path("dump.jsonl"), pages)
    assert findings("dump.jsonl") == found


def test_a_page_with_two_texts_has_the_sections_of_both() -> None:
    record = {"path": "a.md", "text": "# A\n\n[b](b.md)\n", "more": "# More\n\n[c](#more)\n"}
    texts, found = marked({"b.md": "[a](a.md#a) [m](a.md#more) [n](«WM802»a.md#no)\n"})
    other = {"path": "b.md", "text": texts["b.md"], "more": ""}
    Path("dump.jsonl").write_text(f"{json.dumps(record)}\n{json.dumps(other)}\n")
    fields = ("--text-field", "text", "--text-field", "more")
    assert findings("dump.jsonl", *fields) == found


def test_a_dump_that_ends_too_early_is_told_once() -> None:
    export(Path("dump.xml"), {"Tides": "[[Nowhere]]\n"})
    whole = Path("dump.xml").read_text()
    Path("dump.xml").write_text(whole.removesuffix("</mediawiki>\n"))
    done = wikimend("lint", "dump.xml")
    assert done.code == 2
    assert done.err.count("error: dump.xml") == 1


def test_no_folder_of_the_disk_is_the_root_of_a_dump() -> None:
    jsonl(Path("dump.jsonl"), PAGES)
    done = wikimend("lint", "dump.jsonl", "--root-dir", ".")
    assert (done.code, "links: root" in done.err) == (2, True)
