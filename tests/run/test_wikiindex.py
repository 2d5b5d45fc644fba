"""The index from a cache is the index made anew, whatever became of the wiki or of the cache."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from tests.cli.program import wikimend

from wikimend.links.anchors import AnchorStyle
from wikimend.links.options import LinkOptions
from wikimend.run import linkcache, renewal, wikiindex
from wikimend.run.apart import apart
from wikimend.run.reading import Read, Unread, read_all
from wikimend.run.start import copying
from wikimend.run.wiki import Wiki

NAMES = [f"{folder}page-{n}.md" for folder in ("", "a/", "a/b/") for n in range(4)]
OLD = 1_600_000_000


@pytest.fixture
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a wiki, and make it the current folder."""
    (tmp_path / "wiki" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "wiki")
    monkeypatch.setenv("WIKIMEND_CACHE_DIR", str(tmp_path / "cache"))
    for name in NAMES:
        put(Path(name), random.Random(name))
    return tmp_path / "wiki"


def put(path: Path, chance: random.Random, when: int = OLD) -> None:
    """Write a page with some sections and links to others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    links = (f"[x](/{chance.choice(NAMES)}#s{chance.randrange(4)})" for _ in range(4))
    sections = "".join(f"## s{n}\n\n" for n in range(chance.randrange(1, 5)))
    path.write_text(f"# Page\n\n{sections}{' '.join(links)}\n")
    os.utime(path, (when, when))


def lint(cache: Path, *arguments: str) -> tuple[int, str, str]:
    """Return what a run over the wiki tells."""
    variables = {"WIKIMEND_CACHE_DIR": str(cache)}
    outcome = wikimend("lint", "--select", "WM8", *arguments, variables=variables)
    return outcome.code, outcome.out, outcome.err


def test_a_warm_run_tells_what_a_cold_one_does(wiki: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    chance = random.Random(7)
    assert lint(cache)[0] == 1
    for step in range(25):
        path = Path(chance.choice(NAMES))
        if chance.random() < 0.25 and path.exists():
            path.unlink()
        else:
            put(path, chance, OLD + step)
        assert lint(cache) == lint(cache, "--no-cache")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-40],
        lambda data: data.replace(b"s1", b"s9"),
        lambda data: b"\xff\x00" * 50,
        lambda data: data.replace(b"wikimend links ", b"wikimend links 9"),
        lambda data: data.replace(b"github", b"gitlab"),
        lambda data: data.split(b"\n", 1)[0] + b"\n",
    ],
    ids=["empty", "cut", "edited", "rubbish", "other version", "other anchors", "head alone"],
)
def test_a_damaged_cache_is_as_good_as_none(wiki: Path, tmp_path: Path, damage: object) -> None:
    cache = tmp_path / "cache"
    told = lint(cache)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    assert callable(damage)
    file.write_bytes(damage(whole))
    assert linkcache.load(file, "github") is None
    assert lint(cache) == told
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(wiki: Path, tmp_path: Path) -> None:
    told = lint(tmp_path / "cache")
    (tmp_path / "file").write_text("")
    assert lint(tmp_path / "file" / "cache") == told


def test_an_index_made_apart_is_the_same(
    wiki: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[bool] = []

    def heard(work: Callable[[], object]) -> bool:
        done.append(apart(work))
        return done[-1]

    monkeypatch.setattr(wikiindex, "apart", heard)
    here = lint(tmp_path / "cache")
    monkeypatch.setattr(wikiindex, "MANY", len(NAMES))
    assert lint(tmp_path / "apart") == here
    assert lint(tmp_path / "apart") == here
    assert lint(tmp_path / "none", "--no-cache") == here
    (tmp_path / "file").write_text("")
    assert lint(tmp_path / "file" / "cache") == here
    assert done == [copying() is not None]
    one, other = ((tmp_path / name).iterdir() for name in ("cache", "apart"))
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in other]


def test_what_did_not_change_is_not_read(
    wiki: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def reading(
        wiki: Wiki, style: AnchorStyle, unread: Iterable[Unread], *, many: bool
    ) -> Iterator[Read]:
        waiting = list(unread)
        asked.extend(page.path for page in waiting)
        return read_all(wiki, style, waiting, many=many)

    monkeypatch.setattr(renewal, "read_all", reading)
    here = Wiki(wiki, None, LinkOptions())
    wikiindex.build(here, [])
    assert sorted(asked) == sorted(NAMES)
    asked.clear()
    wikiindex.build(here, [])
    assert asked == []
    put(Path(NAMES[3]), random.Random(1), OLD + 1)
    wikiindex.build(here, [])
    assert asked == [NAMES[3]]


def test_a_page_of_one_s_own_needs_no_index(wiki: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*arguments: object) -> object:
        raise AssertionError("the index was built")

    monkeypatch.setattr(wikiindex, "build", build)
    Path("alone.md").write_text("# Alone\n\n[out](https://example.org)\n")
    assert wikimend("lint", "alone.md").code == 0
