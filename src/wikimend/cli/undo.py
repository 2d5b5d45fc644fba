"""`wikimend undo`: take recorded changes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wikimend.cli.dump_options import reading_options, take, writing_options
from wikimend.cli.options import report_argument, store_argument


@click.command("undo")
@report_argument
@store_argument
@writing_options
@reading_options
def command(record: Path, store: str, **asked: Any) -> int:
    """Take recorded changes back.

    REPORT is what `fix --report` wrote, DUMP a dump or a folder of pages. What was changed is put
    back byte for byte. A page that was changed since is left as it is, and told.
    Changes that are taken out of REPORT (it holds one a line) stay made.
    """
    from wikimend.cli.replaying import replay

    return replay(record, store, take(asked), back=True)
