"""`wikimend apply`: make recorded changes once more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wikimend.cli.dump_options import reading_options, take, writing_options
from wikimend.cli.options import dump_argument, report_argument


@click.command("apply")
@report_argument
@dump_argument
@writing_options
@reading_options
def command(record: Path, dump: str, **asked: Any) -> int:
    """Make the changes of REPORT in another copy of its pages.

    REPORT is what `fix --report` wrote; changes that are taken out of it (it holds one a line) are
    not made. A page that is not the one that was changed is left as it is, and told.
    """
    from wikimend.cli.replaying import replay

    return replay(record, dump, take(asked), back=False)
