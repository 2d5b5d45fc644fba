"""`undo` and `apply`: the changes of a record, taken back or made once more."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

from wikimend.cli.dump_options import DumpRequest, dump_format
from wikimend.cli.dumping import expect, job, note
from wikimend.cli.failure import FAILED, tell
from wikimend.cli.interrupt import between
from wikimend.cli.progress import Bar, DumpBar
from wikimend.errors import PageError, Place, UsageError, WikimendError
from wikimend.report.summary import Summary
from wikimend.run.chunk import Outcome
from wikimend.run.ledger import Ledger
from wikimend.run.replay import FromRecord, indexed
from wikimend.run.replay_pages import replay_pages
from wikimend.store.files import reason


def replay(record: Path, store: str, request: DumpRequest, *, back: bool) -> int:
    """Take the changes of `record` back in a dump or a folder, or make them; return the exit code.

    Raises WikimendError before anything is changed.
    """
    if Path(store).is_dir():
        if request != DumpRequest():
            raise UsageError("the pages of a folder are changed in place; leave the options away")
        with indexed(record) as (index, expected):
            heard = _in_folder(FromRecord(index, back), Path(store), expected)
        return heard.code(expected, back)
    name = dump_format((store,), request)
    if name is None:
        raise UsageError("no dump by its name; --format tells what it is", Place(store))
    expect(store, request)
    with indexed(record) as (index, expected):
        heard = _in_dump(FromRecord(index, back), store, name, request, record)
    return heard.code(expected, back)


def _in_folder(recipe: FromRecord, folder: Path, expected: int) -> _Heard:
    bar = Bar(expected, wanted=True)
    heard = _Heard(bar)
    try:
        replay_pages(
            recipe,
            folder,
            within=lambda pages: between(bar.over(pages)),
            on_page=heard.summary.page,
            on_error=heard.error,
        )
    finally:
        bar.erase()
    return heard


def _in_dump(
    recipe: FromRecord, dump: str, name: str, request: DumpRequest, record: Path
) -> _Heard:
    try:
        with record.open("rb") as stream:
            recorded = file_digest(stream, "sha256").digest()
    except OSError as error:
        raise PageError(f"cannot be read: {reason(error)}", Place(str(record))) from error
    options = {"command": "undo" if recipe.back else "apply"}
    bar = DumpBar(wanted=True)
    heard = _Heard(bar)

    def hear(outcome: Outcome) -> None:
        bar.changed += outcome.summary.changed
        heard.outcome(outcome)

    task = job(dump, name, request, bar)
    try:
        task.write(recipe, options, {"record": recorded}, hear, heard.begin)
    except PageError as error:
        heard.error(error)
    finally:
        bar.erase()
    return heard


class _Heard:
    """What came of the pages so far."""

    def __init__(self, bar: Bar) -> None:
        self.bar = bar
        self.summary = Summary()
        self.refused = 0

    def begin(self, ledger: Ledger) -> None:
        """Hear of what was done before."""
        if not ledger.other:
            self.summary.add(ledger.summary)

    def outcome(self, outcome: Outcome) -> None:
        """Hear of a chunk."""
        self.summary.add(outcome.summary)
        for error in outcome.errors:
            self.error(error)

    def error(self, error: WikimendError) -> None:
        """Hear of an error, and tell it."""
        self.bar.erase()
        self.refused += 1
        self.summary.error(error)
        tell(error)

    def code(self, expected: int, back: bool) -> int:
        """Tell what came of the `expected` pages, and return the exit code."""
        summary = self.summary
        missing = expected - summary.changed - self.refused
        what = "taken back" if back else "made"
        note(f"{summary.pages} pages read; {what} in {summary.changed} of {expected} pages.")
        if missing > 0 and not summary.errors:
            note(f"{missing} pages of the report needed no change, or are not there.")
        return FAILED if summary.errors else 0
