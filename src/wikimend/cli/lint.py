"""`wikimend lint`: report damage and broken links, change nothing."""

from __future__ import annotations

from typing import Any

import click

from wikimend.cli.dump_options import dump_format, reading_options, take
from wikimend.cli.options import Request, shared_options


@click.command("lint")
@click.option(
    "--staged",
    is_flag=True,
    help="Judge what is staged in git, instead of the files as they are: for a pre-commit hook.",
)
@shared_options
@reading_options
def command(**asked: Any) -> int:
    """Report damaged and broken links in PATHS; change nothing.

    PATHS are files and folders; without any it is the current folder. Standard input is -. A dump
    (.jsonl, .xml, .parquet, .sqlite; compressed or not) stands alone.
    """
    dump = take(asked)
    name = dump_format(asked["paths"], dump)
    request = Request(dump=name is not None, **asked)
    if name is not None:
        from wikimend.cli.dump import lint_dump

        return lint_dump(request, dump, name)
    from wikimend.cli.work import work

    return work(request, dump)
