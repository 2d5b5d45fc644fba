"""The shipped rules out of the cache: the same as read from their file, and never a damaged one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest

from wikimend.rules import shipped as module
from wikimend.rules.kept import from_json, to_json
from wikimend.rules.loaded import LoadedRules
from wikimend.rules.model import Rule
from wikimend.rules.reader import read_shipped
from wikimend.rules.shipped import shipped
from wikimend.rules.source import default_path, read_text

PATH = default_path()
TEXT = read_text(PATH)
READ = read_shipped(TEXT, PATH)
KEPT = from_json(to_json(READ, TEXT, str(PATH)), TEXT, str(PATH))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of caches, empty; no process has read the rules yet."""
    monkeypatch.setenv("WIKIMEND_CACHE_DIR", str(tmp_path / "cache"))
    shipped.cache_clear()
    yield tmp_path / "cache"
    shipped.cache_clear()


def again() -> LoadedRules:
    """Return the shipped rules as another process gets them."""
    shipped.cache_clear()
    return shipped()


def test_all_is_kept() -> None:
    assert KEPT.ruleset.rules == READ.ruleset.rules
    assert KEPT.ruleset.tokens == READ.ruleset.tokens
    assert (KEPT.vocabulary, KEPT.settings) == (READ.vocabulary, READ.settings)


@pytest.mark.parametrize("number", range(len(READ.ruleset.rules)))
def test_the_parts_are_compiled_alike(number: int) -> None:
    kept, read = KEPT.ruleset.rules[number], READ.ruleset.rules[number]
    assert sources(kept) == sources(read)
    assert (kept.examples, kept.counterexamples) == (read.examples, read.counterexamples)
    assert (kept.drop, [test.name for test in kept.where]) == (
        read.drop,
        [test.name for test in read.where],
    )


def sources(rule: Rule) -> list[str | None]:
    """Return what the pattern and the templates of a rule were compiled from."""
    made = (rule.match, rule.message, rule.rewrite, *(r.rewrite for r in rule.readings))
    return [None if part is None else part.source for part in made]


def test_a_second_process_reads_no_rule_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = again()
    monkeypatch.setattr("wikimend.rules.reader.read_shipped", None)
    assert again().ruleset.rules == first.ruleset.rules


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:-100],
    "empty": lambda data: b"",
    "another version": lambda data: b"wikimend rules 0.0.1" + data[20:],
    "a changed byte": lambda data: data[:500] + b"x" + data[501:],
    "another digest": lambda data: data.replace(b"\n", b"0\n", 1),
    "no JSON": lambda data: data.partition(b"\n")[0] + b"\n[",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_cache_is_made_again(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    again()
    (cache,) = folder.iterdir()
    sound = cache.read_bytes()
    cache.write_bytes(damage(sound))
    assert again().ruleset.rules == READ.ruleset.rules
    assert [path.read_bytes() for path in folder.iterdir()] == [sound]


def test_a_cache_of_another_rule_file_is_none(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again()
    changed = tmp_path / "rules.yaml"
    changed.write_text(TEXT.replace("severity: error", "severity: warning", 1), "utf-8")
    (cache,) = folder.iterdir()
    monkeypatch.setattr(module, "default_path", lambda: changed)
    monkeypatch.setattr("wikimend.rules.reader.default_path", lambda: changed)
    cache.rename(folder / f"rules-{crc32(os.fsencode(changed)):08x}.json")
    assert again().ruleset.rules[0].severity == "warning"


def test_no_cache_is_no_mistake(folder: Path) -> None:
    folder.write_text("a file where a folder should be", "utf-8")
    assert again().ruleset.rules == READ.ruleset.rules
    assert folder.is_file()
