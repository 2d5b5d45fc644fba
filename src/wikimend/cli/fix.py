"""`wikimend fix`: repair pages."""

from __future__ import annotations

from typing import Any

import click

from wikimend.cli.dump_options import (
    dump_format,
    reading_options,
    sampling_options,
    take,
    writing_options,
)
from wikimend.cli.options import Request, file_option, shared_options
from wikimend.errors import UsageError


@click.command("fix")
@click.option(
    "--diff",
    is_flag=True,
    help="Write no page; show what would change, and exit with 1 if anything would.",
)
@file_option("--patch", help="Write the diff to FILE, for `git apply`, instead of showing it.")
@click.option(
    "--unsafe-fixes", is_flag=True, default=None, help="Make repairs that may be wrong as well."
)
@click.option(
    "-i",
    "--interactive",
    is_flag=True,
    help="Show each repair, also the unsafe and the suggested ones, and ask before it is made.",
)
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 when a page was repaired.")
@shared_options
@writing_options
@sampling_options
@reading_options
def command(**asked: Any) -> int:
    """Repair damaged and broken links in PATHS; show what changed.

    PATHS are files and folders; without any it is the current folder. Standard input is -, and
    what it becomes is written to standard output. A dump (.jsonl, .xml, .parquet, .sqlite;
    compressed or not) stands alone. What would change is shown with --diff and --sample, which
    write nothing; what changes is recorded with --report, for `show`, `undo` and `apply`.
    """
    dump = take(asked)
    name = dump_format(asked["paths"], dump)
    request = Request(mends=True, dump=name is not None, sampled=dump.sample is not None, **asked)
    if request.previews and (dump.report or dump.output or dump.in_place):
        raise UsageError("--diff and --sample write nothing: leave --output and --report away")
    if name is not None:
        from wikimend.cli.dump import fix_dump

        return fix_dump(request, dump, name)
    from wikimend.cli.work import work

    return work(request, dump)
