"""What a dump holds: its pages, its links by kind, its damage by rule."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TextIO

from wikimend.report.linkcount import KINDS
from wikimend.report.summary import Summary
from wikimend.report.table import write_table


def write_contents(summary: Summary, links: Counter[str], stream: TextIO) -> None:
    """Write three small tables to `stream`; one that would be empty is left out."""
    write_table(("pages", ""), [(str(summary.pages), "read")], stream)
    kinds = [(str(links[kind]), about) for kind, about in KINDS.items() if links[kind]]
    if kinds:
        stream.write("\n")
    write_table(("links", ""), kinds, stream)
    found = [
        (str(count), str(summary.fixable[rule]), rule, summary.names[rule])
        for rule, count in sorted(summary.left.items(), key=lambda row: (-row[1], row[0]))
    ]
    if found:
        stream.write("\n")
    write_table(("damage", "fixable", "id", "name"), found, stream)


def write_json(summary: Summary, links: Counter[str], stream: TextIO) -> None:
    """Write one JSON object to `stream`: `pages`, `links` by kind, `damage` by rule, `errors`."""
    document = {
        "pages": summary.pages,
        "links": {kind: links[kind] for kind in KINDS},
        "damage": {
            rule: {
                "name": summary.names[rule],
                "count": count,
                "fixable": summary.fixable[rule],
            }
            for rule, count in sorted(summary.left.items())
        },
        "suppressed": summary.suppressed,
        "errors": summary.errors,
    }
    stream.write(json.dumps(document) + "\n")


CONTENTS: Mapping[str, Callable[[Summary, Counter[str], TextIO], None]] = {
    "table": write_contents,
    "json": write_json,
}
"""The formats of the counts."""
