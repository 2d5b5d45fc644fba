"""The patches of a file that is renamed, and of one that is new."""

from __future__ import annotations

from wikimend.repair.finding import Mended
from wikimend.report.diff import patch
from wikimend.report.gitname import quoted


def created_patch(text: str, name: str) -> bytes:
    """Return the patch that makes a new page called `name`, whose text ends with a line end."""
    head = (
        f"diff --git {quoted(f'a/{name}')} {quoted(f'b/{name}')}\nnew file mode 100644\n"
        f"--- /dev/null\n+++ {quoted(f'b/{name}')}\n@@ -0,0 +1,{text.count(chr(10))} @@\n"
    )
    body = "".join(f"+{line}\n" for line in text.splitlines())
    return f"{head}{body}".encode("utf-8", "surrogateescape")


def rename_patch(mended: Mended, new: str) -> bytes:
    """Return the patch that renames a page to `new` and makes the mended page of it.

    It is what `git apply` takes (git-diff(1), extended headers).
    """
    old = mended.page.name
    head = (
        f"diff --git {quoted(f'a/{old}')} {quoted(f'b/{new}')}\n"
        f"rename from {quoted(old)}\nrename to {quoted(new)}\n"
    )
    body = patch(mended)
    if body:
        before, _, hunks = body.partition("@@")
        tab = "\t" if before.endswith("\t\n") else ""
        head += f"--- {quoted(f'a/{old}')}{tab}\n+++ {quoted(f'b/{new}')}{tab}\n@@{hunks}"
    return head.encode("utf-8", "surrogateescape")
