"""Folders of pages, worked on by several processes: nobody can tell the difference."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wikimend.cli import jobs
from wikimend.run import workers
from wikimend.run.batch import Results

from .program import INTERRUPTIBLE, WRECK, Outcome, environment, wikimend

if TYPE_CHECKING:
    from wikimend.run.start import Start

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

SILENT = "<!-- wikimend-disable-file WM1 -->\n\n"
TEXTS = (
    "# Tides\n\nThe [quay](/sea/quay) and the [pier](pier.md).\n",
    f"A {WRECK.format('tides')} at [[3]https://example.org/a).\n",
    f"{SILENT}A {WRECK.format('pier')} and [1]https://example.org/b)\n",
    f"```\n{WRECK.format('quay')}\n```\n\nThe [old pier and [5].\n",
    f"caf\udce9 {WRECK.format('coast')}\n",
    "caf\udce9 is all\r\n",
    "The [quay](/sea/Quay) and [nothing](nowhere.md#x).\n",
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run beside a wiki; three pages are given to a worker at a time."""
    monkeypatch.setattr(workers, "MOST", 3)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for number in range(35):
        path = Path("wiki", f"part-{number % 3}", f"{number}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        text = TEXTS[number * 5 % len(TEXTS)]
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    Path("wiki/sea").mkdir()
    Path("wiki/sea/quay.md").write_text("# Quay\n")
    Path("wiki/part-1/gone.md").symlink_to("nowhere")


def files() -> dict[str, bytes]:
    """Return all files by their names."""
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def both(*arguments: str) -> tuple[Outcome, dict[str, bytes]]:
    """Return what a command does and leaves, once it was seen that two processes do the same."""
    before = Path.cwd()
    done = []
    for count in ("1", "2"):
        shutil.copytree(before, before.parent / count, symlinks=True)
        os.chdir(before.parent / count)
        try:
            done.append((wikimend(*arguments, "--jobs", count), files()))
        finally:
            os.chdir(before)
    one, two = done
    assert one == two
    return two


COMMANDS = (
    "lint",
    "lint -q",
    "lint --statistics",
    "lint --output-format full",
    "lint --output-format json",
    "lint --output-format jsonl --output-file findings.jsonl",
    "lint nowhere.md wiki/part-2 wiki wiki/part-0/0.md",
    "lint --select WM8",
    "fix",
    "fix -q",
    "fix --diff",
    "fix --diff --output-format json",
    "fix --unsafe-fixes --patch changes.patch",
    "fix --exit-non-zero-on-fix --output-format json",
    "fix -q --report changes.jsonl",
    "fix --report changes.jsonl.gz --select WM1",
    "fix --sample 3 --seed 4",
)


@pytest.mark.parametrize("links", [False, True], ids=["alone", "in a wiki"])
@pytest.mark.parametrize("command", COMMANDS)
def test_two_processes_do_what_one_does(command: str, links: bool) -> None:
    paths = () if "wiki" in command else ("wiki",)
    where = ("--root-dir", "wiki", "--no-cache") if links else ()
    done, _ = both(*command.split(), *paths, *where)
    assert done.code in (1, 2)
    assert "byte 0xe9 is not UTF-8" in done.err + done.out


def test_pages_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: int) -> bool:
        return Path(path).name not in ("3.md", "10.md", "31.md")

    monkeypatch.setattr(os, "access", refuse)
    done, left = both("fix", "wiki", "--report", "changes.jsonl")
    refused = re.findall(r"wiki/part-\d/(\d+)\.md: read-only; left alone", done.err)
    assert refused == ["3", "10", "31"]
    recorded = {json.loads(line)["path"] for line in left["changes.jsonl"].splitlines()}
    assert recorded
    assert not any(path.endswith(("/3.md", "/10.md", "/31.md")) for path in recorded)


def test_standard_input_stays_in_one_process() -> None:
    page = TEXTS[1].encode()
    alone = wikimend("fix", "-", stdin=page)
    assert wikimend("fix", "-", "--jobs", "2", stdin=page) == alone
    assert alone.code == 0


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many worked in each run with several processes; there are two processors."""
    counts: list[int] = []
    by_workers = workers.by_workers

    def watched(
        pages: Iterable[workers.Waiting], task: workers.Mending, count: int, start: Start | None
    ) -> Results:
        counts.append(count)
        return by_workers(pages, task, count, start)

    monkeypatch.setattr(workers, "by_workers", watched)
    monkeypatch.setattr(jobs, "processors", lambda: 2)
    return counts


@pytest.mark.parametrize(
    "command", ["lint wiki", "fix wiki --jobs 1", "lint wiki/sea --root-dir ."]
)
def test_there_are_no_workers_for_little(command: str, worked: list[int]) -> None:
    wikimend(*command.split())
    assert worked == []


def test_there_are_workers_for_much(worked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "ENOUGH", 500)
    assert wikimend("fix", "wiki", "-q").code == 2
    assert wikimend("lint", "wiki", "-q", "--root-dir", "wiki").code == 2
    assert worked == [2, 2]


def test_there_are_no_workers_where_there_is_one_processor(
    worked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "ENOUGH", 500)
    monkeypatch.setattr(jobs, "processors", lambda: 1)
    wikimend("fix", "wiki", "-q")
    assert worked == []


def test_an_index_that_cannot_be_shared_is_not_made_twice(
    worked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wikimend.run.start.copying", lambda: None)
    wikimend("lint", "wiki", "-q", "--jobs", "2", "--root-dir", "wiki")
    assert worked == []
    wikimend("lint", "wiki", "-q", "--jobs", "2")
    assert worked == [2]


def test_ctrl_c_ends_the_run_after_what_is_in_hand() -> None:
    shutil.rmtree("wiki")
    Path("wiki").mkdir()
    old = {}
    for number in range(2000):
        path = Path("wiki", f"{number:04}.md")
        path.write_text(f"{WRECK.format(f'tide{number}')}\n", "utf-8")
        old[str(path)] = path.read_bytes()
    with subprocess.Popen(
        [*INTERRUPTIBLE, "fix", "wiki", "--jobs", "2", "--report", "changes.jsonl"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        # To all of them, as a terminal does. What is left does not fit into the pipe.
        os.killpg(process.pid, signal.SIGINT)
        shown, said = first + process.stdout.read(), process.stderr.read()
    assert process.returncode == 130
    told = re.findall(r"^\+\+\+ b/(.+)$", shown, re.M)
    now = {name: Path(name).read_bytes() for name in old}
    changed = [name for name in old if now[name] != old[name]]
    assert 0 < len(changed) < len(old)
    assert changed == told
    assert all(re.fullmatch(rb"\[tide\d+\]\(/sea/tide\d+\)\n", now[name]) for name in changed)
    lines = Path("changes.jsonl").read_text("utf-8").splitlines()
    assert [f"wiki/{json.loads(line)['path']}" for line in lines] == changed
    assert said.startswith(f"{len(changed)} pages read, {len(changed)} changed.\n")
    assert "Traceback" not in said
