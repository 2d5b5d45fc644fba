"""`wikimend lint`: report damage and broken links, change nothing."""

from __future__ import annotations

from typing import Any

import click

from wikimend.cli.options import Request, shared_options


@click.command("lint")
@click.option(
    "--staged",
    is_flag=True,
    help="Judge what is staged in git, instead of the files as they are: for a pre-commit hook.",
)
@shared_options
def command(**asked: Any) -> int:
    """Report damaged and broken links in PATHS; change nothing.

    PATHS are files and folders; without any it is the current folder. Standard input is -.
    """
    from wikimend.cli.work import work

    return work(Request(**asked))
