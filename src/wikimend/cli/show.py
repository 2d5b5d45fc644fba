"""`wikimend show`: browse recorded changes."""

from __future__ import annotations

from pathlib import Path

import click

from wikimend.cli.dump_options import sampling_options
from wikimend.cli.options import report_argument


@click.command("show")
@report_argument
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="RULE",
    help="Show the changes of this rule: an id, or a family such as WM1.",
)
@click.option("--page", metavar="NAME", help="Show those of the page with this path, title or id.")
@sampling_options
def command(
    record: Path, rules: tuple[str, ...], page: str | None, sample: int | None, seed: int
) -> int:
    """Show what REPORT, which `fix --report` wrote, holds.

    Without an option it is a table of the rules; with one it is the changes themselves.
    """
    import sys

    from wikimend.report.changes import Change, read_changes
    from wikimend.report.sample import Sample
    from wikimend.report.show import names, show_changes, show_rules

    def wanted(change: Change) -> bool:
        by_rule = not rules or any(made.startswith(rules) for made in change["rules"])
        return by_rule and (page is None or names(change, page))

    changes = filter(wanted, read_changes(record))
    if sample is not None:
        drawn = Sample[Change](sample, seed)
        drawn.draw(changes)
        show_changes(drawn.items, sys.stdout)
    elif rules or page is not None:
        show_changes(changes, sys.stdout)
    else:
        show_rules(changes, sys.stdout)
    return 0
