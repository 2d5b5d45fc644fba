"""`wikimend fix`: repair pages."""

from __future__ import annotations

from typing import Any

import click

from wikimend.cli.options import Request, file_option, shared_options


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
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 when a page was repaired.")
@shared_options
def command(**asked: Any) -> int:
    """Repair damaged and broken links in PATHS; show what changed.

    PATHS are files and folders; without any it is the current folder. Standard input is -, and
    what it becomes is written to standard output.
    """
    from wikimend.cli.work import work

    return work(Request(mends=True, **asked))
