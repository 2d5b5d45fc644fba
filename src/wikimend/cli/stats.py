"""`wikimend stats`: what a dump holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wikimend.cli.dump_options import reading_options, take
from wikimend.cli.options import config_option


@click.command("stats")
@click.argument("dump", metavar="DUMP", type=click.Path(dir_okay=False))
@config_option
@click.option(
    "--output-format",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="How the counts are written.",
)
@reading_options
def command(dump: str, config: Path | None, output_format: str, **asked: Any) -> int:
    """Count the pages, links and damage of DUMP; change nothing.

    Links are counted by kind, damage by rule.
    """
    from wikimend.cli.statistics import statistics

    return statistics(dump, take(asked), config, output_format)
