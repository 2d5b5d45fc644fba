"""`wikimend rules`: what the rules are, and whether they hold."""

from __future__ import annotations

import click

from wikimend.cli.commands import Commands


@click.group(
    "rules",
    cls=Commands,
    places={
        "list": "wikimend.cli.rules.list",
        "explain": "wikimend.cli.rules.explain",
        "test": "wikimend.cli.rules.test",
        "schema": "wikimend.cli.rules.schema",
    },
)
def command() -> None:
    """List the rules, explain one, test their examples."""
