"""What becomes of old names: added to front matter by `mv`, and known from git's history."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.cli.program import wikimend

from wikimend.links.oldname import remembered
from wikimend.text.edit import apply

REFUSED = [
    "+++\ntitle = 'a'\n+++\n",
    "---\nredirect_from: &anchor [a]\n---\n",
    "---\nredirect_from: |\n  a\n---\n",
    "---\nredirect_from:\n  a: b\n---\n",
]

ADDED = [
    ("text\n", "---\nredirect_from:\n  - /old\n---\ntext\n"),
    ("\ufefftext\r\n", "\ufeff---\r\nredirect_from:\r\n  - /old\r\n---\r\ntext\r\n"),
    ("---\na: b\n---\n", "---\na: b\nredirect_from:\n  - /old\n---\n"),
    ("---\na: b\r\n---\r\n", "---\na: b\r\nredirect_from:\r\n  - /old\r\n---\r\n"),
    ("---\nredirect_from: /a\n---\n", "---\nredirect_from: [/a, /old]\n---\n"),
    (
        "---\nredirect_from: [/a, /b]\nc: d\n---\n",
        "---\nredirect_from: [/a, /b, /old]\nc: d\n---\n",
    ),
    ("---\nredirect_from: []\n---\n", "---\nredirect_from: [/old]\n---\n"),
    ("---\nredirect_from:\n- /a\n---\n", "---\nredirect_from:\n- /a\n- /old\n---\n"),
    (
        "---\nredirect_from:\n  - /a\nc: d\n---\n",
        "---\nredirect_from:\n  - /a\n  - /old\nc: d\n---\n",
    ),
]


@pytest.mark.parametrize("text", REFUSED)
def test_front_matter_that_cannot_be_added_to(text: str) -> None:
    assert remembered(text, "redirect_from", "/old") is None


@pytest.mark.parametrize(("before", "after"), ADDED)
def test_added(before: str, after: str) -> None:
    edit = remembered(before, "redirect_from", "/old")
    assert edit is not None
    assert apply(before, [edit]) == after


def test_a_name_that_yaml_would_misread_is_quoted() -> None:
    edit = remembered("", "aliases", "a: #b")
    assert edit is not None
    assert '- "a: #b"' in edit.text


def git(*words: str) -> None:
    """Run git, untouched by the settings of this machine's user."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    subprocess.run(["git", *who, *words], check=True, capture_output=True, env=clean)


def test_a_rename_in_git_is_an_unsafe_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    body = "".join(f"line {n}\n" for n in range(20))
    Path("first.md").write_text(f"# Pool\n\n{body}")
    Path("twice.md").write_text(f"# Other\n\n{body[::-1]}")
    Path("a.md").write_text("[x](first.md) [y](twice.md#here)\n")
    git("init", "-q", ".")
    git("add", "-A")
    git("commit", "-q", "-m", "Begin")
    for old, new in (("first.md", "second.md"), ("second.md", "third and last.md")):
        git("mv", old, new)
        git("commit", "-q", "-m", "Rename")
    told = wikimend("lint", "--select", "WM8", "a.md")
    assert "Did you mean third and last.md (renamed in git)? [unsafe fix]" in told.out

    wikimend("fix", "-q", "--select", "WM8", "a.md")
    assert Path("a.md").read_text() == "[x](first.md) [y](twice.md#here)\n"
    wikimend("fix", "-q", "--select", "WM8", "--unsafe-fixes", "a.md")
    assert Path("a.md").read_text() == "[x](third%20and%20last.md) [y](twice.md#here)\n"
