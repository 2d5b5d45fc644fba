"""Worker processes: their results come in order, and none of them is needed alive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from wikimend.errors import PageError
from wikimend.rules.selection import Selection
from wikimend.run import pool
from wikimend.run.chunk import Orders
from wikimend.run.pool import in_order
from wikimend.run.recipes import ByRules
from wikimend.run.start import start_method
from wikimend.store.dump import Chunk, Fields, Text
from wikimend.store.jsonl import Lines

from .poison import Poison

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def workers_find_the_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def chunks(*texts: list[str]) -> Iterator[tuple[int, Chunk]]:
    offset, record = 0, 1
    for number, some in enumerate(texts):
        content = "".join(json.dumps({"text": text}) + "\n" for text in some).encode()
        yield number, Lines(offset, record, content, "d.jsonl", Fields())
        offset += len(content)
        record += len(some)


def results(
    folder: Path, jobs: int, *texts: list[str], codec: str | None = None
) -> tuple[list[list[str]], list[str]]:
    """Return the texts that come of chunks, and the errors, both in order."""
    made, errors = [], []
    numbers = []
    for number, chunk, outcome in in_order(chunks(*texts), Orders(Poison(folder), codec), jobs):
        numbers.append(number)
        lines = chunk.result(outcome.patches).splitlines()
        made.append([json.loads(line)["text"] for line in lines])
        errors += [str(error) for error in outcome.errors]
    assert numbers == list(range(len(texts)))
    return made, errors


DEADLY = "left as it is: the process that worked on it died, more than once; please report this"


def test_a_page_that_kills_its_worker_is_left_as_it_is(tmp_path: Path) -> None:
    made, errors = results(tmp_path, 2, ["a", "die b", "c", "die d"], ["e"], ["die f"])
    assert made == [["Z", "die b", "Z", "die d"], ["Z"], ["die f"]]
    assert errors == [f"d.jsonl#{n}: {DEADLY}" for n in (2, 4, 6)]


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    made, errors = results(tmp_path, 2, ["a", "stumble b"], ["c"], ["stumble d", "e"])
    assert (made, errors) == ([["Z", "Ztumble b"], ["Z"], ["Ztumble d", "Z"]], [])


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_on_which_the_program_fails_costs_no_other(jobs: int, tmp_path: Path) -> None:
    made, errors = results(tmp_path, jobs, ["a", "fail b", "c"])
    assert made == [["Z", "fail b", "Z"]]
    (error,) = errors
    assert "d.jsonl#2: left alone: wikimend failed on it (ValueError: the page said so)" in error


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_order(jobs: int, tmp_path: Path) -> None:
    texts = [["x" * (n * 7919 % 5000)] * (n % 3) for n in range(60)]
    made, errors = results(tmp_path, jobs, *texts)
    assert made == [[f"Z{text[1:]}" if text else "" for text in some] for some in texts]
    assert errors == []


def test_few_are_in_flight(tmp_path: Path) -> None:
    asked: list[int] = []

    def items() -> Iterator[tuple[int, Chunk]]:
        for number, chunk in chunks(*([["a"]] * 60)):
            asked.append(number)
            yield number, chunk

    for number, _, _ in in_order(items(), Orders(Poison(tmp_path)), 2):
        assert max(asked) - number <= 2 * pool.WINDOW


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("error", [KeyboardInterrupt, PageError("cut off")])
def test_what_is_in_flight_is_done_before_an_error_is_raised(
    error: BaseException | type[BaseException], jobs: int, tmp_path: Path
) -> None:
    def items() -> Iterator[tuple[int, Chunk]]:
        yield from chunks(["a"], ["b"], ["c"])
        raise error

    done = []
    with pytest.raises((KeyboardInterrupt, PageError)):
        for number, _, _ in in_order(items(), Orders(Poison(tmp_path)), jobs):
            done.append(number)
    assert done == [0, 1, 2]


def test_an_error_of_the_recipe_is_raised(tmp_path: Path) -> None:
    config = tmp_path / "rules.yaml"
    config.write_text("schema: 2\n", "utf-8")
    recipe = ByRules(config, Selection(), unsafe_fixes=False)
    with pytest.raises(Exception, match=r"rules.yaml:1:9"):
        list(in_order(chunks(["a"]), Orders(recipe), 2))


def test_no_worker_is_started_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hire(*_: object) -> None:
        pytest.fail("hired")

    monkeypatch.setattr(pool._Pool, "_hire", hire)
    assert results(tmp_path, 2) == ([], [])


@dataclass(frozen=True, slots=True)
class Unreadable(Lines):
    """Lines of which the second makes the program fail."""

    def texts(self) -> Iterator[Text | PageError]:
        """Yield the first text, and fail."""
        yield next(super(Unreadable, self).texts())
        raise IndexError("out of range")


def test_a_chunk_on_which_the_program_fails_costs_no_other(tmp_path: Path) -> None:
    content = b'{"text": "a"}\n{"text": "b"}\n'
    broken = Unreadable(0, 1, content, "d.jsonl", Fields())
    items = [(0, broken), *((number + 1, chunk) for number, chunk in chunks(["c"]))]
    first, second = in_order(items, Orders(Poison(tmp_path), changes=True), 1)
    assert broken.result(first[2].patches) == b'{"text": "Z"}\n{"text": "b"}\n'
    assert len(first[2].changes) == 1
    assert [str(error) for error in first[2].errors] == [
        "pages from position 0 on: left alone: wikimend failed on it"
        " (IndexError: out of range); please report this"
    ]
    assert second[2].errors == []


def test_workers_are_started_anew_where_they_cannot_be_copies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse() -> None:
        raise OSError("AF_UNIX path too long")

    monkeypatch.setattr("wikimend.run.start.forkserver.ensure_running", refuse)
    assert start_method().get_start_method() == "spawn"
    assert results(tmp_path, 2, ["a"]) == ([["Z"]], [])
