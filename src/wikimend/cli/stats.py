"""`wikimend stats`: what a dump holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wikimend.cli.dump_options import reading_options, take
from wikimend.cli.options import config_option, store_argument


@click.command("stats")
@store_argument
@config_option
@click.option(
    "--output-format",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="How the counts are written.",
)
@reading_options
def command(store: str, config: Path | None, output_format: str, **asked: Any) -> int:
    """Count pages, links and damage.

    DUMP is a dump or a folder of pages; nothing is changed. Links are counted by kind, damage by
    rule.
    """
    from wikimend.cli.statistics import statistics

    return statistics(store, take(asked), config, output_format)
