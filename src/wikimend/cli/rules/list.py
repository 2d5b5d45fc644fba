"""`wikimend rules list`: all rules in a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikimend.cli.options import config_option

if TYPE_CHECKING:
    from wikimend.rules.loaded import LoadedRules

_HEADINGS = ("id", "name", "severity", "repair", "on")


@click.command("list")
@config_option
def command(config: Path | None) -> int:
    """List all rules.

    With how bad a finding is, how far its repair can be trusted, and whether the rule is on. At
    the end stand the findings that are part of the program.
    """
    from wikimend.cli.configuration import configuration
    from wikimend.report.paper import paper

    rows = [_HEADINGS, *_rows(configuration(config))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    sheet = paper(sys.stdout)
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        inks = ["span"] * len(row) if row is _HEADINGS else ["", "", row[2], "", ""]
        line = [(f"{cell}  ", ink) for cell, ink in zip(cells, inks, strict=True)]
        line[-1] = (row[-1], line[-1][1])
        sheet.write([*line, ("\n", "")])
    return 0


def _rows(loaded: LoadedRules) -> Iterator[tuple[str, str, str, str, str]]:
    from wikimend.rules.notices import NOTICES
    from wikimend.rules.selection import Selection

    selection = Selection(loaded.settings.select, loaded.settings.ignore or ())
    for rule in loaded.ruleset.rules:
        on = selection.holds(rule.id, rule.name, rule.enabled)
        yield rule.id, rule.name, rule.severity, rule.safety or "none", "on" if on else "off"
    for notice in NOTICES.values():
        on = selection.holds(notice.id, notice.name, True)
        yield (
            notice.id,
            notice.name,
            notice.severity,
            notice.safety or "none",
            "on" if on else "off",
        )
