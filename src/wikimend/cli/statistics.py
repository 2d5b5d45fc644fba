"""The counts of a dump, in one pass."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from wikimend.cli.configuration import configuration
from wikimend.cli.dump_options import DumpRequest, dump_format
from wikimend.cli.dumping import expect, job
from wikimend.cli.failure import FAILED, tell
from wikimend.cli.progress import DumpBar
from wikimend.errors import PageError, Place, UsageError, WikimendError
from wikimend.report.contents import CONTENTS
from wikimend.report.summary import Summary
from wikimend.rules.selection import Selection
from wikimend.run.chunk import Orders, Outcome
from wikimend.run.recipes import ByRules


def statistics(dump: str, request: DumpRequest, config: Path | None, output_format: str) -> int:
    """Write the counts of `dump` to standard output and return the exit code."""
    name = dump_format((dump,), request)
    if name is None:
        raise UsageError("no dump by its name; --format tells what it is", Place(dump))
    expect(dump, request)
    loaded = configuration(config)
    place = loaded.settings.place
    selection = Selection(loaded.settings.select, loaded.settings.ignore or ())
    recipe = ByRules(Path(place.path) if place else None, selection, False, mends=False)
    bar = DumpBar(wanted=True)
    summary, links = Summary(), Counter[str]()

    def fail(error: WikimendError) -> None:
        bar.erase()
        summary.error(error)
        tell(error)

    def hear(outcome: Outcome) -> None:
        summary.add(outcome.summary)
        links.update(outcome.links)
        for error in outcome.errors:
            fail(error)

    try:
        job(dump, name, request, bar).look(Orders(recipe, links=True), hear)
    except PageError as error:
        fail(error)
    finally:
        bar.erase()
    CONTENTS[output_format](summary, links, sys.stdout)
    return FAILED if summary.errors else 0
