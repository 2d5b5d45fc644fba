"""Pages mended by workers: what comes of them is what comes of them in one process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from wikimend.errors import PageError, Place, WikimendError
from wikimend.repair.finding import Mended
from wikimend.run import pool, workers
from wikimend.run.batch import one_by_one, run
from wikimend.run.start import copying, start_method
from wikimend.run.task import DEADLY
from wikimend.run.workers import Mending, Waiting, by_workers
from wikimend.store.tree import Source
from wikimend.text.page import Page

from .poison_pages import PoisonRules

if TYPE_CHECKING:
    from wikimend.run.start import Start

ROOT = Path(__file__).parents[2]
WAYS = ("as copies, where they can be", "afresh")

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, where workers find the rules; two pages are a chunk."""
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workers, "MOST", 2)


@pytest.fixture(params=WAYS)
def start(request: pytest.FixtureRequest) -> Start:
    """Return a way to start workers."""
    copies = copying() if request.param == WAYS[0] else None
    return copies or start_method()


def sources(*texts: str) -> list[Waiting]:
    """Return pages with these texts, each in a file of its own."""
    made: list[Waiting] = []
    for number, text in enumerate(texts, 1):
        Path(f"{number}.md").write_text(text, "utf-8", errors="surrogateescape")
        made.append(Source.called(f"{number}.md"))
    return made


def mending(*, mends: bool = True) -> Mending:
    return Mending(cast(Any, PoisonRules(Path.cwd(), mends)), None)


def told(pages: Sequence[Waiting], start: Start | None, *, mends: bool = True) -> list[str]:
    """Return what is told of pages, which are written; without `start` in one process."""
    task = mending(mends=mends)
    if start is None:
        outcome = task.recipe.mender().outcome
        results = one_by_one(pages, partial(outcome, mends=mends))
    else:
        results = by_workers(pages, task, 2, start)
    events: list[str] = []

    def on_page(mended: Mended) -> None:
        now = f" {mended.page.text!r} -> {mended.text!r}" if mended.changed else ""
        events.append(f"{mended.page.name}{now} {dict(mended.unchecked)}")

    def on_error(error: WikimendError) -> None:
        events.append(str(error))

    run(results, write=mends, on_page=on_page, on_error=on_error)
    return events


def everything() -> list[Waiting]:
    """Return pages of which all kinds of things come."""
    pages = sources("stay", "a", "fail", "caf\udce9", "stay caf\udce9", "b", "stay", "c")
    known: list[Waiting] = [
        PageError("no such file or folder", Place("nowhere.md")),
        Mended(Page("", "known.md"), "", unchecked={"outside": 3}),
    ]
    return [*known, *pages[:3], Source.called("gone.md"), *known, *pages[3:], *known]


def test_of_nothing_comes_nothing_and_nobody_is_hired(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hire(*_: object) -> None:
        pytest.fail("hired")

    monkeypatch.setattr(pool._Pool, "_hire", hire)
    assert told([], start) == []
    missing = PageError("no such file or folder", Place("b.md"))
    known: list[Waiting] = [Mended(Page("", "a.md"), ""), missing]
    assert told(known, start) == told(known, None)


@pytest.mark.parametrize("mends", [False, True])
def test_what_comes_is_what_comes_in_one_process(start: Start, mends: bool) -> None:
    alone = told(everything(), None, mends=mends)
    written = [path.read_bytes() for path in sorted(Path().glob("*.md"))]
    assert told(everything(), start, mends=mends) == alone
    assert [path.read_bytes() for path in sorted(Path().glob("*.md"))] == written
    assert len(alone) == 17


def test_a_page_that_kills_its_worker_is_left_as_it_is(start: Start) -> None:
    pages = sources("a", "die b", "c", "d", "die e")
    assert told(pages, start) == [
        "1.md 'a' -> 'Z' {}",
        f"2.md: {DEADLY}",
        "3.md 'c' -> 'Z' {}",
        "4.md 'd' -> 'Z' {}",
        f"5.md: {DEADLY}",
    ]
    assert [path.read_text() for path in sorted(Path().glob("*.md"))] == [
        *("Z", "die b", "Z", "Z", "die e")
    ]


def test_a_worker_that_dies_once_costs_nothing(start: Start) -> None:
    pages = sources("a", "stumble b", "stay", "stumble d")
    assert told(pages, start) == [
        "1.md 'a' -> 'Z' {}",
        "2.md 'stumble b' -> 'Ztumble b' {}",
        "3.md {'outside': 1}",
        "4.md 'stumble d' -> 'Ztumble d' {}",
    ]


def test_workers_that_cannot_even_begin_leave_the_pages() -> None:
    task = mending()
    assert [str(came) for came in task.left_alone(("a.md", "b.md"))] == [
        f"a.md: {DEADLY}",
        f"b.md: {DEADLY}",
    ]


def test_a_worker_holds_no_file_of_the_run(start: Start) -> None:
    with Path("report").open("wb") as report:
        (failed,) = told(sources(f"held {report.fileno()}"), start)
    assert "(OSError: [Errno 9] Bad file descriptor)" in failed


def test_few_pages_are_in_flight(start: Start) -> None:
    pages = sources(*(["stay"] * 100))
    asked = 0

    def asking() -> object:
        nonlocal asked
        for page in pages:
            asked += 1
            yield page

    results = by_workers(cast(Any, asking()), mending(), 2, start)
    for number, _ in enumerate(results, 1):
        assert asked - number <= 2 * pool.WINDOW * 2
    assert asked == 100


def test_after_an_interrupt_what_is_in_hand_is_given(start: Start) -> None:
    def interrupted() -> object:
        yield from sources("a", "b")
        raise KeyboardInterrupt

    given = []
    with pytest.raises(KeyboardInterrupt):
        for path, _ in by_workers(cast(Any, interrupted()), mending(), 2, start):
            given.append(path)
    assert given == [Path("1.md"), Path("2.md")]
