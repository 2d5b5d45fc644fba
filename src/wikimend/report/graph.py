"""The graph of a wiki, written for people, for programs and for Graphviz."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from wikimend.report.visible import visible

Rows = Mapping[str, list[tuple[str, int | None]]]
"""What is told, by its heading: names, with a count where there is one."""

_MOST = 20


def as_table(rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a table: each heading, and the first rows under it."""
    for number, (heading, entries) in enumerate(rows.items()):
        yield f"{chr(10) * (number > 0)}{heading}: {len(entries)}\n", "span"
        for name, count in entries[:_MOST]:
            shown = "" if count is None else f"{count:>5}"
            yield f"  {shown}{'  ' * bool(shown)}{visible(name)}\n", ""
        if len(entries) > _MOST:
            yield f"  and {len(entries) - _MOST} more\n", ""


def as_json(rows: Rows, links: Mapping[tuple[str, str], int]) -> str:
    """Return one JSON document: every heading, and `links` as a list of from, to and count."""
    told: dict[str, object] = {
        heading.replace(" ", "_"): [
            name if count is None else {"page": name, "count": count} for name, count in entries
        ]
        for heading, entries in rows.items()
    }
    told["links"] = [{"from": a, "to": b, "count": n} for (a, b), n in sorted(links.items())]
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def as_dot(pages: tuple[str, ...], links: Mapping[tuple[str, str], int]) -> str:
    """Return the graph in the DOT language of Graphviz."""
    lines = ["digraph wiki {", "  rankdir=LR;", "  node [shape=box];"]
    lines += (f"  {_quoted(page)};" for page in pages)
    for (start, to), count in sorted(links.items()):
        label = f" [label={count}]" if count > 1 else ""
        lines.append(f"  {_quoted(start)} -> {_quoted(to)}{label};")
    return "\n".join((*lines, "}", ""))


def _quoted(name: str) -> str:
    escaped = visible(name).replace('"', '\\"')
    return f'"{escaped}"'
