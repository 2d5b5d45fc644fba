"""What a page that moved may keep of its old name: a redirect or an alias in its front matter."""

from __future__ import annotations

import json
import re

from wikimend.text.edit import Edit
from wikimend.text.frontmatter import front_matter_end

_PLAIN = re.compile(r"[\w/][\w /.-]*")
_ITEM = re.compile(r"(?:[ \t]*-[ \t]+[^\r\n]*(?:\r?\n))+")


def remembered(text: str, key: str, name: str) -> Edit | None:
    """Return the edit that adds `name` to the list `key` of a page's YAML front matter.

    Front matter is begun where there is none. None where it is written in a way that cannot be
    added to.

    >>> remembered("# Tides", "redirect_from", "/ebb").text
    '---\\nredirect_from:\\n  - /ebb\\n---\\n'
    """
    start = 1 if text.startswith("\ufeff") else 0
    newline = "\r\n" if "\r\n" in text else "\n"
    value = name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    end = front_matter_end(text, start)
    if end == start:
        lines = ("---", f"{key}:", f"  - {value}", "---", "")
        return Edit(start, start, newline.join(lines), ("mv",))
    matter = text[start:end]
    if not matter.startswith("---"):
        return None
    found = re.search(rf"(?m)^{key}:[ \t]*(?P<inline>[^\r\n]*?)[ \t]*(?:\r?\n)", matter)
    if found is None:
        closing = start + max(matter.rfind("\n"), matter.rfind("\r")) + 1
        return Edit(closing, closing, f"{key}:{newline}  - {value}{newline}", ("mv",))
    inline = found["inline"]
    if not inline:
        items = _ITEM.match(matter, found.end())
        if items is None:
            return None
        indent = items.group().split("-")[0]
        place = start + items.end()
        return Edit(place, place, f"{indent}- {value}{newline}", ("mv",))
    first, last = start + found.start("inline"), start + found.end("inline")
    if inline.startswith("[") and inline.endswith("]"):
        inside = inline[1:-1].strip()
        return Edit(first, last, f"[{inside}, {value}]" if inside else f"[{value}]", ("mv",))
    if inline[0] in "#&*!|>{%@`[":
        return None
    return Edit(first, last, f"[{inline}, {value}]", ("mv",))
