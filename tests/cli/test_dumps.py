"""Dumps on the command line: what changes, what does not, and what is left when all goes wrong."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from wikimend.errors import PageError
from wikimend.run import ledger, manifest
from wikimend.store import part, sqlite
from wikimend.store.checksum import base36_sha1, revision_sha1
from wikimend.store.whole import WholeFormat

from .dumps import FORMATS, Texts, export, leftovers, small_chunks, texts
from .program import COMMAND, WRECK, environment, wikimend

by_format = pytest.mark.parametrize("name", FORMATS)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in an empty folder, with small chunks."""
    monkeypatch.chdir(tmp_path)
    with small_chunks(3000):
        yield


def write(name: str, pages: Texts) -> Path:
    path = Path(name)
    FORMATS[name][0](path, pages)
    return path


def read(name: str, path: Path | None = None) -> object:
    return FORMATS[name][1](path or Path(name))


def out(name: str) -> Path:
    return Path(f"new-{name}")


def fix(name: str, *more: str, code: int = 0) -> str:
    markdown = ["--dialect", "markdown"] if ".xml" in name else []
    done = wikimend("fix", name, *markdown, *more)
    assert done.code == code, done.err
    return done.err


@by_format
def test_a_sound_dump_comes_out_as_it_was(name: str) -> None:
    write(name, texts(40, 0))
    before, raw = read(name), Path(name).read_bytes()
    fix(name, "-o", str(out(name)), "--report", "changes.jsonl")
    assert read(name, out(name)) == before
    assert Path("changes.jsonl").read_bytes() == b""
    stat = Path(name).stat()
    fix(name, "--in-place" if name.endswith(".db") else "-q")
    assert (Path(name).read_bytes(), Path(name).stat().st_mtime_ns) == (raw, stat.st_mtime_ns)
    assert leftovers(Path(), {name, str(out(name)), "changes.jsonl"}) == []


@by_format
@pytest.mark.parametrize("report", ["changes.jsonl", "changes.jsonl.zst"])
def test_only_what_is_damaged_changes_and_undo_brings_it_back(name: str, report: str) -> None:
    pages = texts(60, 3)
    write(name, pages)
    before = read(name)
    fix(name, "-o", str(out(name)), "--report", report, "--jobs", "1")
    assert read(name) == before
    write("dump.jsonl", pages)
    mended = read(name, out(name))
    undone = Path(f"undone-{name}")
    done = wikimend("undo", report, str(out(name)), "-o", str(undone))
    assert (done.code, done.err) == (0, "60 pages read; taken back in 20 of 20 pages.\n")
    assert read(name, undone) == before
    again = Path(f"again-{name}")
    assert wikimend("apply", report, name, "-o", str(again)).code == 0
    assert read(name, again) == mended
    write(name, texts(60, 3, mended=True))
    assert mended == read(name)


def _each(form: str) -> Callable[[str], str]:
    return lambda text: "".join(form.format(ord(character)) for character in text)


SPELLED = {
    "backslash u": ("jsonl", _each("\\u{:04x}"), "[tides](/sea/tides)"),
    "backslash U": ("jsonl", _each("\\u{:04X}"), "[tides](/sea/tides)"),
    "slashes": ("jsonl", lambda text: text.replace("/", "\\/"), "[tides](\\/sea\\/tides)"),
    "decimal": ("xml", _each("&#{};"), "[tides](/sea/tides)"),
    "hexadecimal": ("xml", _each("&#x{:x};"), "[tides](/sea/tides)"),
    "sections": ("xml", lambda text: f"<![CDATA[{text}]]>", "<![CDATA[[tides](/sea/tides)]]>"),
}
"""Ways to spell a text so that hardly a byte of it looks as a rule wants it."""


@pytest.mark.parametrize(("suffix", "spell", "repair"), SPELLED.values(), ids=SPELLED)
def test_what_the_file_spells_otherwise_is_not_hidden(
    suffix: str, spell: Callable[[str], str], repair: str
) -> None:
    def dump(raw: str) -> str:
        if suffix == "jsonl":
            return f'{{"text": "{raw}"}}\n'
        bare = re.sub(' (bytes|sha1)="[^"]*"|<sha1>.*</sha1>', "", export(["TEXT"]).decode())
        return bare.replace(">TEXT<", f">{raw}<")

    start, end = "At ", " & [b](/c)"
    before = dump(f"{spell(start)}{spell(WRECK.format('tides'))}{spell(end)}")
    Path(f"d.{suffix}").write_text(before, "utf-8")
    fix(f"d.{suffix}", "-o", f"new.{suffix}", "--report", "r.jsonl")
    after = dump(f"{spell(start)}{repair}{spell(end)}")
    assert Path(f"new.{suffix}").read_text("utf-8") == after
    assert wikimend("undo", "r.jsonl", f"new.{suffix}").code == 0
    assert Path(f"new.{suffix}").read_text("utf-8") == before


@by_format
def test_in_place(name: str) -> None:
    write(name, texts(40, 4, mended=True))
    if "xml" not in name:
        expected = read(name)
    write(name, texts(40, 4))
    Path(name).chmod(0o640)
    inside = ["--in-place"] if name.endswith(".db") else []
    fix(name, "--report", "changes.jsonl", *inside)
    assert "xml" in name or read(name) == expected
    assert Path(name).stat().st_mode & 0o777 == 0o640
    before = Path(name).stat().st_mtime_ns
    told = fix(name, "--report", "changes.jsonl", *inside)
    assert f"{name}: all of it was done before; nothing is left to do" in told
    assert Path(name).stat().st_mtime_ns == before
    wikimend("undo", "changes.jsonl", name, *inside)
    mended = read(name)
    write(name, texts(40, 4))
    assert mended == read(name)
    assert leftovers(Path(), {name, "changes.jsonl"}) == []


def test_two_slots_of_a_revision_are_mended_and_undone() -> None:
    (first, second) = texts(2, 1)
    sums = {"main": base36_sha1(first.encode()), "aside": base36_sha1(second.encode())}
    aside = "<content><role>aside</role><model>wikitext</model><text>{}</text></content>"
    dump = export([first]).decode()
    head, tail = dump.rsplit(f"<sha1>{sums['main']}</sha1>", 1)
    fold = f"<sha1>{revision_sha1(sums)}</sha1>"
    before = head + aside.format(escape(second)) + fold + tail
    Path("slots.xml").write_text(before, "utf-8")
    fix("slots.xml", "-o", "new.xml", "--report", "r.jsonl")
    after = Path("new.xml").read_text("utf-8")
    (mended, also) = texts(2, 1, mended=True)
    sums = {"main": base36_sha1(mended.encode()), "aside": base36_sha1(also.encode())}
    assert f"<sha1>{revision_sha1(sums)}</sha1>" in after
    assert wikimend("undo", "r.jsonl", "new.xml").err.endswith("taken back in 2 of 2 pages.\n")
    assert Path("new.xml").read_text("utf-8") == before


def test_two_workers_do_what_one_does() -> None:
    write("dump.jsonl", texts(120, 3))
    fix("dump.jsonl", "-o", "one.jsonl", "--report", "one.txt", "--jobs", "1")
    fix("dump.jsonl", "-o", "two.jsonl", "--report", "two.txt", "--jobs", "2")
    assert Path("one.jsonl").read_bytes() == Path("two.jsonl").read_bytes()
    assert Path("one.txt").read_bytes() == Path("two.txt").read_bytes()


@pytest.mark.parametrize("name", ["dump.jsonl", "dump.jsonl.gz", "dump.xml.bz2", "utf16.xml"])
@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_parts_of_a_dump_are_the_whole(name: str, count: int) -> None:
    write(name, texts(40, 5))
    fix(name, "-o", str(out(name)), "--report", "whole.jsonl")
    data = changes = b""
    for number in range(1, count + 1):
        target = f"part{number}-{name}"
        fix(name, "-o", target, "--shard", f"{number}/{count}", "--report", "part.jsonl")
        data += Path(target).read_bytes()
        changes += Path("part.jsonl").read_bytes()
    Path("joined").write_bytes(data)
    assert read(name, Path("joined")) == read(name, out(name))
    assert changes == Path("whole.jsonl").read_bytes()


@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_parts_of_a_database_are_joined_by_their_reports(count: int) -> None:
    with mock.patch.object(sqlite, "CHUNK", 3000):
        write("dump.db", texts(40, 5))
        before = read("dump.db")
        fix("dump.db", "-o", "new.db", "--report", "whole.jsonl")
        changes = b""
        changed = 0
        for number in range(1, count + 1):
            shard = f"{number}/{count}"
            fix("dump.db", "-o", "part.db", "--shard", shard, "--report", "part.jsonl")
            part = Path("part.jsonl").read_bytes()
            changed += read("dump.db", Path("part.db")) != before
            changes += part
        assert changes == Path("whole.jsonl").read_bytes()
        assert changed >= min(count, 3)
        assert wikimend("apply", "whole.jsonl", "dump.db", "-o", "joined.db").code == 0
        assert read("dump.db", Path("joined.db")) == read("dump.db", Path("new.db"))


CUT = ["dump.jsonl.gz", "dump.jsonl.zst", "dump.jsonl.bz2", "dump.jsonl.xz", "dump.xml",
       "dump.xml.bz2", "utf16.xml", "dump.parquet", "dump.db"]  # fmt: skip


@pytest.mark.parametrize("name", CUT)
@pytest.mark.parametrize("in_place", [False, True])
def test_a_dump_that_is_cut_off(name: str, in_place: bool) -> None:
    path = write(name, texts(200, 3))
    data = path.read_bytes()[: path.stat().st_size * 2 // 3]
    path.write_bytes(data)
    where = ["--in-place"] if name == "dump.db" else []
    told = fix(name, *(where if in_place else ["-o", str(out(name))]), code=2)
    assert told.startswith(f"error: {name}")
    assert "Traceback" not in told
    assert path.read_bytes() == data
    assert not out(name).exists()
    assert wikimend("lint", name).code == 2


def test_what_is_whole_of_a_dump_that_is_cut_off_is_still_linted() -> None:
    path = write("dump.jsonl.gz", texts(200, 3))
    path.write_bytes(path.read_bytes()[:-9])
    done = wikimend("lint", "dump.jsonl.gz")
    assert done.out.count("WM101") > 50
    assert "ends too early: the compressed data is cut off" in done.err


def test_a_bad_line_costs_no_other() -> None:
    path = write("dump.jsonl", texts(9, 2))
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4:4] = [b'{"text": [tides\n', b"\xff\n"]
    path.write_bytes(b"".join(lines))
    told = fix("dump.jsonl", "-o", "new.jsonl", code=2)
    assert told.splitlines() == [
        "error: dump.jsonl:5:11: no JSON, left as it is: Expecting value",
        "error: dump.jsonl:6: no JSON, left as it is: byte 0xff is not UTF-8",
        "9 pages read, 5 changed.",
        "Repaired: 5 WM101.",
        "Nothing is left to repair.",
        "2 errors: not everything was done.",
    ]
    made = Path("new.jsonl").read_bytes().splitlines(keepends=True)
    assert made[4:6] == lines[4:6]


@by_format
@pytest.mark.parametrize("room", [0, 300])
def test_a_full_disk(name: str, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(name, texts(100, 3))
    before = path.read_bytes()
    write_some = os.write
    left = [room]

    def fill(file: int, data: bytes) -> int:
        left[0] -= len(data)
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return write_some(file, data)

    with monkeypatch.context() as full:
        full.setattr(os, "write", fill)
        told = fix(name, "-o", str(out(name)), code=2)
    assert f"error: {out(name)}: cannot be written: the disk is full" in told
    assert path.read_bytes() == before
    assert not out(name).exists()
    fix(name, "-o", str(out(name)))
    fix(name, "-o", str(Path(f"other-{name}")))
    assert read(name, out(name)) == read(name, Path(f"other-{name}"))


GROWING = {
    "dump.parquet": "cannot be written: File too large",
    "dump.db": "cannot be written: ",  # a disk I/O error, as SQLite calls it
}


@pytest.mark.parametrize(("name", "message"), GROWING.items())
def test_a_file_that_may_not_grow(name: str, message: str) -> None:
    """The same through the system itself, which refuses the bytes to the libraries as well.

    What of other formats is written by ourselves has a full disk of its own: `test_full_disk`.
    """
    path = write(name, texts(400, 9))
    before, size = path.read_bytes(), path.stat().st_size

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2))

    command = [*COMMAND, "fix", name, "-o", str(out(name))]
    done = subprocess.run(
        command, env=environment(), preexec_fn=limit, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert f"error: {out(name)}: {message}" in done.stderr
    assert path.read_bytes() == before
    assert not out(name).exists()
    assert leftovers(Path(), {name}) in ([], [f".{out(name)}.wikimend-part"])


SLOWLY = """
import os, sys
from wikimend.run import ledger
from wikimend.store import jsonl
jsonl.CHUNK = 3000
ledger.CHECKPOINT = 2
os.fsync = lambda file: None
from wikimend.__main__ import main
sys.argv[0] = "wikimend"
main()
"""
"""The program with small chunks, so that there is something to stop."""


@contextmanager
def stopped(arguments: list[str], how: signal.Signals) -> Iterator[subprocess.Popen[str]]:
    """Run the program over a dump, and stop it and what it has started once some is done."""
    with subprocess.Popen(
        [COMMAND[0], "-c", SLOWLY, *arguments],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        manifest = Path(".new.jsonl.wikimend-run")
        while not manifest.exists() or json.loads(manifest.read_bytes())["chunks"] < 4:
            assert process.poll() is None
            time.sleep(0.01)
        if how == signal.SIGKILL:
            process.send_signal(how)
        else:
            os.killpg(process.pid, how)  # as a terminal does
        yield process


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_was_stopped_goes_on(how: signal.Signals, jobs: str) -> None:
    write("dump.jsonl", texts(240, 3))
    fix("dump.jsonl", "-o", "undisturbed.jsonl", "--report", "undisturbed.txt")
    arguments = ["fix", "dump.jsonl", "-o", "new.jsonl", "--report", "new.txt", "--jobs", jobs]
    with stopped(arguments, how) as process:
        assert process.stderr is not None
        told = process.stderr.read()  # it ends when the last process has, so that none is left
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert told.endswith("error: interrupted; the same command goes on from here\n")
        assert "Nothing is left" not in told
    assert not Path("new.jsonl").exists()
    told = wikimend(*arguments).err
    assert told.startswith("going on behind ")
    assert "240 pages read, 80 changed." in told
    for kind in ("jsonl", "txt"):
        made, expected = Path(f"new.{kind}"), Path(f"undisturbed.{kind}")
        assert made.read_bytes() == expected.read_bytes()


OTHER = {
    "another rule": (["--ignore", "WM2"], False),
    "unsafe repairs": (["--unsafe-fixes"], False),
    "another language": (["--dialect", "mdx"], False),
    "another field": (["--text-field", "meta.text"], False),
    "a report": (["--report", "r.jsonl"], False),
    "the same": ([], True),
}


@pytest.mark.parametrize(("more", "same"), OTHER.values(), ids=OTHER)
def test_a_run_with_other_options_starts_over(more: list[str], same: bool) -> None:
    write("dump.jsonl", texts(50, 3))
    fix("dump.jsonl", "-o", "new.jsonl")
    told = fix("dump.jsonl", "-o", "new.jsonl", *more)
    assert ("done before" in told) == same


def test_a_run_by_other_rules_starts_over() -> None:
    write("dump.jsonl", texts(50, 3))
    rules = Path(".wikimend.yaml")
    rules.write_text("schema: 1\nextends: default\n", "utf-8")
    fix("dump.jsonl", "-o", "new.jsonl")
    assert "done before" in fix("dump.jsonl", "-o", "new.jsonl")
    rules.write_text("schema: 1\nextends: default\nignore: [WM101]\n", "utf-8")
    assert "done before" not in fix("dump.jsonl", "-o", "new.jsonl")
    assert Path("new.jsonl").read_bytes() == Path("dump.jsonl").read_bytes()


@pytest.mark.parametrize("changed", ["dump.jsonl", "new.jsonl"])
def test_a_run_over_other_files_starts_over(changed: str) -> None:
    write("dump.jsonl", texts(50, 3))
    fix("dump.jsonl", "-o", "new.jsonl")
    expected = Path("new.jsonl").read_bytes()
    data = Path(changed).read_bytes()
    Path(changed).write_bytes(data + b'{"text": "more"}\n')
    assert "done before" not in fix("dump.jsonl", "-o", "new.jsonl")
    assert Path("new.jsonl").read_bytes().startswith(expected)
    assert (Path("new.jsonl").read_bytes() == expected) == (changed == "new.jsonl")


@pytest.mark.parametrize("when", ["running", "finishing"])
def test_what_is_written_to_a_dump_that_is_mended_in_place_is_not_lost(when: str) -> None:
    path = write("dump.jsonl", texts(50, 3))
    more = b'{"text": "more"}\n'

    def meddle(self: Any, *rest: Any) -> Any:
        with path.open("ab") as stream:
            stream.write(more)
        if when == "finishing":
            raise KeyboardInterrupt
        return finish(self, *rest)

    finish = WholeFormat.finish if when == "finishing" else ledger.Ledger.finish
    place = WholeFormat if when == "finishing" else ledger.Ledger
    with mock.patch.object(place, "finish", meddle):
        done = wikimend("fix", "dump.jsonl", "--report", "r.jsonl")
    assert done.code == (130 if when == "finishing" else 2)
    if when == "running":
        assert "dump.jsonl: changed while it was being mended; it is left as it is" in done.err
        assert not Path("r.jsonl").exists()
    assert path.read_bytes().endswith(more) and path.read_bytes().count(b"TEMP") == 17
    Path("r.jsonl").unlink(missing_ok=True)
    assert "51 pages read, 17 changed." in fix("dump.jsonl", "--report", "r.jsonl")
    assert path.read_bytes().endswith(more)
    assert wikimend("undo", "r.jsonl", "dump.jsonl").code == 0
    assert path.read_bytes().endswith(more) and path.read_bytes().count(b"TEMP") == 17


def test_a_report_that_undoes_an_earlier_run_is_not_overwritten() -> None:
    path = write("dump.jsonl", texts(50, 3))
    fix("dump.jsonl", "--report", "r.jsonl")
    mended, report = path.read_bytes(), Path("r.jsonl").read_bytes()
    told = fix("dump.jsonl", "--unsafe-fixes", "--report", "r.jsonl", code=2)
    assert "r.jsonl: it is there, and may be all that can take an earlier run back" in told
    assert (path.read_bytes(), Path("r.jsonl").read_bytes()) == (mended, report)
    fix("dump.jsonl", "--unsafe-fixes", "--report", "other.jsonl")


def test_a_report_that_is_no_plain_file_is_not_replaced() -> None:
    """As root it could be `/dev/null`."""
    write("dump.jsonl", texts(10, 3))
    os.mkfifo("pipe")
    told = fix("dump.jsonl", "-o", "new.jsonl", "--report", "pipe", code=2)
    assert told.startswith("error: pipe: not a plain file\n")
    assert Path("pipe").is_fifo()
    assert leftovers(Path(), {"dump.jsonl", "pipe"}) == []


@pytest.mark.parametrize("where", [[], ["-o", "new.jsonl"]])
def test_what_a_run_left_that_was_killed_at_its_very_end_is_removed(where: list[str]) -> None:
    write("dump.jsonl", texts(10, 3))
    fix("dump.jsonl", *where)
    target = where[-1] if where else "dump.jsonl"
    Path(f".{target}.wikimend-part").touch()
    assert "done before" in fix("dump.jsonl", *where)
    assert leftovers(Path(), {"dump.jsonl", target}) == []


@pytest.mark.parametrize("where", [[], ["-o", "new.jsonl"]])
def test_a_dump_that_grew_behind_a_run_whose_last_note_was_refused(where: list[str]) -> None:
    """By a full disk: all was done, and the next run must not take what came later for done."""
    path = write("dump.jsonl", texts(10, 3))
    save = manifest.Manifest.save

    def refuse(self: manifest.Manifest, *given: Path) -> None:
        if self.state == "finished":
            raise PageError("cannot be written: the disk is full")
        save(self, *given)

    with mock.patch.object(manifest.Manifest, "save", refuse):
        assert "10 pages read, 4 changed." in fix("dump.jsonl", *where)
    for made in {path, Path(where[-1]) if where else path}:
        with made.open("ab") as stream:
            stream.write(json.dumps({"text": WRECK.format("buoys")}).encode() + b"\n")
    assert "11 pages read, " in fix("dump.jsonl", *where)
    assert b"TEMP" not in Path(where[-1] if where else "dump.jsonl").read_bytes()


def test_two_runs_do_not_write_one_file() -> None:
    write("dump.jsonl", texts(10, 3))
    held = part.Part(Path(".new.jsonl.wikimend-part"), Path("new.jsonl"))
    assert "new.jsonl: another run is writing it" in fix("dump.jsonl", "-o", "new.jsonl", code=2)
    held.close()
    fix("dump.jsonl", "-o", "new.jsonl")


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    path = write("dump.jsonl", texts(100, 3))
    before = path.read_bytes()
    first = wikimend("fix", "dump.jsonl", "--sample", "3", "--seed", "5")
    assert first.code == 1
    assert first.out.count("+") == 3
    assert first.err.startswith("100 pages read, 34 would change.")
    many = wikimend("fix", "dump.jsonl", "--sample", "3", "--seed", "5", "--jobs", "2")
    assert many.out == first.out
    assert wikimend("fix", "dump.jsonl", "--sample", "3", "--seed", "6").out != first.out
    assert path.read_bytes() == before
    assert leftovers(Path(), ["dump.jsonl"]) == []
    assert list(Path().iterdir()) == [path]


def test_the_diff_of_a_dump_is_that_of_its_pages() -> None:
    write("dump.jsonl", texts(4, 3))
    shown = wikimend("fix", "dump.jsonl", "--diff", "--jobs", "2")
    assert shown.code == 1
    assert shown.out.count("+++ b/dump.jsonl#") == 2
    found = wikimend("lint", "dump.jsonl", "--output-format", "jsonl")
    assert [json.loads(line)["path"] for line in found.out.splitlines()] == [
        "dump.jsonl#0",
        "dump.jsonl#3",
    ]


def test_a_link_to_a_dump_stays_one() -> None:
    write("dump.jsonl", texts(9, 3))
    Path("link.jsonl").symlink_to("dump.jsonl")
    fix("link.jsonl")
    assert Path("link.jsonl").is_symlink()
    assert b"TEMP" not in Path("dump.jsonl").read_bytes()


NONSENSE = {
    "two dumps": (["fix", "dump.jsonl", "other.jsonl"], "dump.jsonl is a dump and stands alone"),
    "a dump and pages": (["lint", "dump.jsonl", "."], "dump.jsonl is a dump and stands alone"),
    "no dump": (["fix", "--table", "t", "."], "an option is about dumps, and none is named"),
    "a missing dump": (["fix", "gone.jsonl"], "gone.jsonl: cannot be read: the file is gone"),
    "no name": (
        ["stats", "notes.txt"],
        "notes.txt: no dump by its name; --format tells what it is",
    ),
    "two places": (["fix", "dump.jsonl", "--in-place", "-o", "x.jsonl"], "choose one"),
    "no whole": (["fix", "dump.jsonl", "--shard", "1/2"], "name it with --output"),
    "no part": (["fix", "dump.jsonl", "-o", "x.jsonl", "--shard", "3/2"], "no part of anything"),
    "another format": (["fix", "dump.jsonl", "-o", "x.xml"], "that of another format than jsonl"),
    "a folder": (["fix", "dump.jsonl", "-o", "."], "is a directory"),
    "a device": (["fix", "dump.jsonl", "-o", os.devnull], "not a plain file"),
    "the dump as report": (["fix", "dump.jsonl", "--report", "dump.jsonl"], "take the place"),
    "a preview that writes": (["fix", "dump.jsonl", "--diff", "-o", "x.jsonl"], "write nothing"),
    "no report": (["undo", "dump.jsonl", "dump.jsonl"], "dump.jsonl:1: not a record of changes"),
    "a missing report": (["apply", "gone", "dump.jsonl"], "gone: cannot be read: the file is gone"),
    "a database": (["fix", "x.db"], "name it with --output, or ask for --in-place"),
}


@pytest.mark.parametrize(("arguments", "message"), NONSENSE.values(), ids=NONSENSE)
def test_what_makes_no_sense(arguments: list[str], message: str) -> None:
    write("dump.jsonl", texts(3, 1))
    Path("x.db").touch()
    before = {path: path.read_bytes() for path in Path().iterdir()}
    done = wikimend(*arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_a_page_that_differs_is_refused() -> None:
    pages = texts(9, 3)
    write("dump.jsonl", pages)
    fix("dump.jsonl", "-o", "new.jsonl", "--report", "r.jsonl")
    pages[3] = pages[3].replace("again", "once more")
    write("dump.jsonl", pages)
    done = wikimend("apply", "r.jsonl", "dump.jsonl")
    assert done.code == 2
    assert done.err.splitlines() == [
        "error: dump.jsonl#3: left as it is: it is not the page that the changes were made to",
        "8 pages read; made in 2 of 3 pages.",
    ]
    assert Path("dump.jsonl").read_bytes().count(b"--TEMP--") == 1


def test_changes_may_be_taken_out_of_a_report() -> None:
    write("dump.jsonl", texts(9, 3))
    fix("dump.jsonl", "-o", "new.jsonl", "--report", "r.jsonl")
    lines = Path("r.jsonl").read_text("utf-8").splitlines(keepends=True)
    Path("r.jsonl").write_text("".join(lines[1:]), "utf-8")
    assert wikimend("undo", "r.jsonl", "new.jsonl").code == 0
    assert Path("new.jsonl").read_bytes().count(b"--TEMP--") == 2


def test_undone_is_undone() -> None:
    path = write("dump.jsonl", texts(9, 3))
    before = path.read_bytes()
    fix("dump.jsonl", "--report", "r.jsonl")
    assert wikimend("undo", "r.jsonl", "dump.jsonl").code == 0
    assert path.read_bytes() == before
    path.write_bytes(before + b"\n")
    done = wikimend("undo", "r.jsonl", "dump.jsonl")
    assert (done.code, path.read_bytes()) == (0, before + b"\n")


def test_show_and_stats() -> None:
    write("dump.jsonl", texts(9, 3))
    fix("dump.jsonl", "-o", "new.jsonl", "--report", "r.jsonl.gz")
    assert wikimend("show", "r.jsonl.gz").out == "changes  pages  rule\n      3      3  WM101\n"
    shown = wikimend("show", "r.jsonl.gz", "--page", "3", "--rule", "WM1")
    assert shown.out == (
        "3:15: WM101\n-[tides[/sea/[tides--TEMP--/sea)--FIX--\n+[tides](/sea/tides)\n"
    )
    assert wikimend("show", "r.jsonl.gz", "--rule", "WM2").out == ""
    assert wikimend("show", "r.jsonl.gz", "--sample", "2").out.count("WM101") == 2
    counted = wikimend("stats", "dump.jsonl")
    assert (counted.code, counted.err) == (0, "")
    assert counted.out == (
        "pages\n    9  read\n\n"
        "links\n   52  links to a page of the wiki\n\n"
        "damage  fixable  id     name\n     3        3  WM101  nested-placeholder-link\n"
    )
    document = json.loads(wikimend("stats", "dump.jsonl", "--output-format", "json").out)
    assert (document["pages"], document["links"]["page"]) == (9, 52)
    assert document["damage"]["WM101"] == {
        "name": "nested-placeholder-link",
        "count": 3,
        "fixable": 3,
    }


def test_small_work_stays_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from wikimend.run import pool

    def hire(*_: object) -> None:
        pytest.fail("hired")

    monkeypatch.setattr(pool._Pool, "_hire", hire)
    write("dump.jsonl", texts(9, 3))
    fix("dump.jsonl", "-o", "new.jsonl")
