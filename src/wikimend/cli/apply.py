"""`wikimend apply`: make recorded changes once more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wikimend.cli.dump_options import reading_options, take, writing_options
from wikimend.cli.options import report_argument, store_argument


@click.command("apply")
@report_argument
@store_argument
@writing_options
@reading_options
def command(record: Path, store: str, **asked: Any) -> int:
    """Make recorded changes in another copy.

    REPORT is what `fix --report` wrote, DUMP another dump or folder with the same pages. Changes
    that are taken out of REPORT (it holds one a line) are not made. A page that is not the one that
    was changed is left as it is, and told.
    """
    from wikimend.cli.replaying import replay

    return replay(record, store, take(asked), back=False)
