"""`wikimend undo`: take recorded changes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wikimend.cli.dump_options import reading_options, take, writing_options
from wikimend.cli.options import dump_argument, report_argument


@click.command("undo")
@report_argument
@dump_argument
@writing_options
@reading_options
def command(record: Path, dump: str, **asked: Any) -> int:
    """Take the changes of REPORT back in DUMP, byte for byte.

    REPORT is what `fix --report` wrote. A page that was changed since is left as it is, and told.
    Changes that are taken out of REPORT (it holds one a line) stay made.
    """
    from wikimend.cli.replaying import replay

    return replay(record, dump, take(asked), back=True)
