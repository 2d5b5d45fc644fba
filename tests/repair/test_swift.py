"""All needs at once: hyperscan overlooks none, and what it made is kept whole or not at all."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wikimend.repair import gate
from wikimend.repair.gate import Gate
from wikimend.repair.need import Need
from wikimend.repair.superset import superset
from wikimend.rules.reader import load
from wikimend.rules.vocabulary import UNBALANCED

NEEDS = [
    Need.of(source)
    for source in sorted({need for rule in load().ruleset.rules for need in rule.needs})
    if source != UNBALANCED
]
PIECES = [
    *"[]()<>{}|!\"'“”‘’】］（†&;,.:/\\_*^-=%#@`~ \t\n\r",
    *"\x00\x02\x1c\x85\xa0\u2003\u3000\u200b\ufeff",
    "http://", "https://", "HTTPS:", "ftp:", "](", "][", "[[", "](<", "insert_link", "Insert-URL",
    ".md", "URL", "--TEMP--", "cite:", "12", "٣", "à", "海", "e.org", "\U0001f600",
    "\udce9", "www.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (r"a\.b", r"a[\.]b"),
        (r"\](?![(\[])x", r"[\]]x"),
        (r"_(?<=(?:a|[)])_)b", "_b"),
        (r"(?>a+)++b*+", "(?:a+)+b*"),
        ("a{2,}b{,3}c{4}", "a{2,}b{0,3}c{4}"),
        (r"\bA\b$", "A"),
        (r"[^\w]", None),
        (r"[\S]", None),
        (r"\p{L}", None),
        (r"(?i)a", None),
        (r"(?P<a>b)", None),
        (r"\W", None),
        (r"(a)\1", None),
    ],
)
def test_what_hyperscan_reads(source: str, written: str | None) -> None:
    assert superset(source) == written


def test_all_shipped_needs_but_one_can_be_sought() -> None:
    unknown = [need.source for need in NEEDS if superset(need.source) is None]
    assert unknown == [r"[\p{L}\p{N}]\[\s"]


hyperscan = pytest.importorskip("hyperscan", reason="there is no wheel of hyperscan here")
from wikimend.repair.swift import Swift  # noqa: E402 - it is what takes hyperscan


@pytest.fixture(scope="module")
def swift(tmp_path_factory: pytest.TempPathFactory) -> Swift:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIKIMEND_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        return Swift(NEEDS)


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "500")), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_no_need_is_overlooked(swift: Swift, text: str) -> None:
    met = {need.source for need in NEEDS if text in need}
    assert met <= {need.source for need in swift.may_meet(text)}


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "300")), deadline=None)
@given(st.sampled_from([need for need in NEEDS if r"\p" not in need.source]), st.data())
def test_no_need_that_is_met_is_overlooked(swift: Swift, need: Need, data: st.DataObject) -> None:
    pattern = re.compile(re.sub(r"(?<=[*+}])\+", "", need.source))
    text = data.draw(st.from_regex(pattern))
    if text in need:
        assert need.source in {found.source for found in swift.may_meet(text)}


@pytest.mark.parametrize("number", [r"\s", r"[^\s]", r"\d", r"\w", r"[\w.]", "."])
def test_every_character_of_a_set(
    number: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WIKIMEND_CACHE_DIR", str(tmp_path))
    need = Need.of(f"a{number}b")
    search = Swift([need])
    characters = (chr(code) for code in range(sys.maxunicode + 1))
    missed = [c for c in characters if f"a{c}b" in need and not search.may_meet(f"a{c}b")]
    assert missed == []


def test_a_gate_that_has_seen_many_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WIKIMEND_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(gate, "_MANY", 3)
    shipped = Gate((i, r) for i, r in enumerate(load().ruleset.rules) if r.match)
    page = "a [b](https://e.org,) [c] (https://e.org) [[1]"
    met = [shipped.met(page) for _ in range(4)]
    assert len(list(tmp_path.glob("needs-*.hyperscan"))) == 1
    assert met[0] and met == met[:1] * 4


def test_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_MANY", 1)
    monkeypatch.setitem(sys.modules, "hyperscan", None)
    shipped = Gate((i, r) for i, r in enumerate(load().ruleset.rules) if r.match)
    assert shipped.met("[c] (https://e.org)")


@pytest.mark.parametrize("harm", ["cut", "edited", "other"])
def test_a_kept_database_that_is_not_whole(
    harm: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WIKIMEND_CACHE_DIR", str(tmp_path))
    Swift([Need.of("ab"), Need.of("cd")])
    (kept,) = tmp_path.iterdir()
    data = kept.read_bytes()
    harmed = {"cut": data[:-9], "edited": data[:-1] + b"?", "other": b"x" + data}[harm]
    kept.write_bytes(harmed)
    search = Swift([Need.of("ab"), Need.of("cd")])
    assert [need.source for need in search.may_meet("xcdx")] == ["cd"]
    assert kept.read_bytes() == data


def test_a_need_that_hyperscan_has_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WIKIMEND_CACHE_DIR", str(tmp_path))
    for _ in range(2):  # made, then kept
        search = Swift([Need.of(r"\p{Lu}x"), Need.of("(?:b?){3}"), Need.of("cd")])
        assert [need.source for need in search.may_meet("")] == [r"\p{Lu}x", "(?:b?){3}"]


@pytest.mark.parametrize("source", [r"\p{Lu}x", "(?:b?){3}"])
def test_only_a_need_that_hyperscan_has_not(
    source: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WIKIMEND_CACHE_DIR", str(tmp_path))
    assert [need.source for need in Swift([Need.of(source)]).may_meet("a")] == [source]
    assert Swift([]).may_meet("a") == []
