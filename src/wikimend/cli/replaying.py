"""`undo` and `apply`: the changes of a record, taken back or made once more."""

from __future__ import annotations

from pathlib import Path

from wikimend.cli.dump_options import DumpRequest, dump_format
from wikimend.cli.dumping import Job, expect, job, note
from wikimend.cli.failure import FAILED, tell
from wikimend.cli.progress import DumpBar
from wikimend.errors import PageError, Place, UsageError, WikimendError
from wikimend.report.summary import Summary
from wikimend.run.chunk import Outcome
from wikimend.run.ledger import Ledger
from wikimend.run.replay import FromRecord, indexed
from wikimend.store.files import reason


def replay(record: Path, dump: str, request: DumpRequest, *, back: bool) -> int:
    """Take the changes of `record` back, or make them, and return the exit code."""
    name = dump_format((dump,), request)
    if name is None:
        raise UsageError("no dump by its name; --format tells what it is", Place(dump))
    expect(dump, request)
    try:
        recorded = record.read_bytes()
    except OSError as error:
        raise PageError(f"cannot be read: {reason(error)}", Place(str(record))) from error
    bar = DumpBar(wanted=True)
    with indexed(record) as (index, expected):
        heard = _Heard(bar)
        options = {"command": "undo" if back else "apply"}
        task: Job = job(dump, name, request, bar)
        try:
            task.write(
                FromRecord(index, back), options, {"record": recorded}, heard.outcome, heard.begin
            )
        except PageError as error:
            heard.error(error)
        finally:
            bar.erase()
    summary = heard.summary
    missing = expected - summary.changed - heard.refused
    what = "taken back" if back else "made"
    note(f"{summary.pages} pages read; {what} in {summary.changed} of {expected} pages.")
    if missing > 0 and not summary.errors:
        note(f"{missing} pages of the report needed no change, or are not there.")
    return FAILED if summary.errors else 0


class _Heard:
    """What came of the chunks so far."""

    def __init__(self, bar: DumpBar) -> None:
        self.bar = bar
        self.summary = Summary()
        self.refused = 0

    def begin(self, ledger: Ledger) -> None:
        """Hear of what was done before."""
        if not ledger.other:
            self.summary.add(ledger.summary)

    def outcome(self, outcome: Outcome) -> None:
        """Hear of a chunk."""
        self.bar.changed += outcome.summary.changed
        self.summary.add(outcome.summary)
        for error in outcome.errors:
            self.error(error)

    def error(self, error: WikimendError) -> None:
        """Hear of an error, and tell it."""
        self.bar.erase()
        self.refused += 1
        self.summary.error(error)
        tell(error)
