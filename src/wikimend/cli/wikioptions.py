"""The options by which a command that needs the index of a wiki is told about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from wikimend.cli.options import config_option

_Command = TypeVar("_Command", bound=Callable[..., Any])

root_option = click.option(
    "--root-dir",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="FOLDER",
    help="Folder that links such as /path count from.  [default: a guess]",
)
base_option = click.option(
    "--base-url",
    multiple=True,
    metavar="URL",
    help="Address of the wiki itself, whose links are internal.",
)
cache_option = click.option("--no-cache", is_flag=True, help="Make the index of the wiki anew.")


def wiki_options(command: _Command) -> _Command:
    """Give `command` the options about the wiki."""
    for option in (cache_option, base_option, root_option, config_option):
        command = option(command)
    return command
