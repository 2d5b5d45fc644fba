"""Groups of commands, each command imported when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Commands(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def __init__(self, *args: Any, places: Mapping[str, str], **settings: Any) -> None:
        """Take the module of each command, where it is the attribute `command`."""
        super().__init__(*args, **settings)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of `--help`."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called `cmd_name`, or None."""
        if cmd_name not in self.places:
            return None
        command = import_module(self.places[cmd_name]).command
        assert isinstance(command, click.Command)
        return command


class Program(Commands):
    """The outermost group: what a command returns is the exit code of the program."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and leave; errors become messages here."""
        from wikimend.cli.failure import guarded

        run = super().invoke
        ctx.exit(guarded(lambda: int(run(ctx) or 0)))
