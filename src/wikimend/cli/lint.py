"""`wikimend lint`: report damage, change nothing."""

from __future__ import annotations

from typing import Any

import click

from wikimend.cli.options import Request, shared_options


@click.command("lint")
@shared_options
def command(**asked: Any) -> int:
    """Report the damaged links in PATHS; change nothing.

    PATHS are files and folders; without any it is the current folder. Standard input is -.
    """
    from wikimend.cli.work import work

    return work(Request(**asked))
