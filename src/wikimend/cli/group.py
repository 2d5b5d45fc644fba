"""Groups of commands, each command imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

import click


class Commands(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    places: Mapping[str, str] = {}
    """The module of each command; there it is the attribute `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of `--help`."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called `cmd_name`, or None."""
        if cmd_name not in self.places:
            return None
        found = import_module(self.places[cmd_name]).command
        assert isinstance(found, click.Command)
        return found


def group_of(places: Mapping[str, str]) -> type[Commands]:
    """Return the class of a group with these commands."""
    return type("Commands", (Commands,), {"places": places})


Wrap = Callable[[Callable[[], int]], int]
