"""The hooks, as pre-commit itself runs them on a wiki in git."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

SHIPPED = ("LICENSE", "README.md", "pyproject.toml", "rules.yaml", ".pre-commit-hooks.yaml", "src")
"""What pre-commit needs of this repository."""

DAMAGED = "# Coast\n\nA [tide pool[/coast/[tide-pool--TEMP--/coast)--FIX-- at dawn.\n"
MENDED = "# Coast\n\nA [tide pool](/coast/tide-pool) at dawn.\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return what runs a command in a folder, untouched by the settings of this machine's user."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))}
    environment |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "Editor",
        "GIT_AUTHOR_EMAIL": "editor@example.org",
        "GIT_COMMITTER_NAME": "Editor",
        "GIT_COMMITTER_EMAIL": "editor@example.org",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
    }
    environment.pop("PYTHONPATH", None)

    def command(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(word) for word in words],
            cwd=folder,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )

    return command


@pytest.fixture
def hooks(tmp_path: Path, run: Run) -> Path:
    """Return a git repository with this working tree in its one commit."""
    folder = tmp_path / "hooks"
    folder.mkdir()
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)
    return committed(folder, run)


@pytest.fixture
def wiki(tmp_path: Path, run: Run) -> Path:
    """Return a git repository with damaged pages, one of which its settings exclude."""
    folder = tmp_path / "wiki"
    (folder / "archive").mkdir(parents=True)
    (folder / "coast.md").write_text(DAMAGED)
    (folder / "page.wiki").write_text("A [[tide pool]].\n")
    (folder / "notes.txt").write_text(DAMAGED)
    (folder / "archive" / "coast.md").write_text(DAMAGED)
    (folder / ".wikimend.yaml").write_text("schema: 1\nexclude: [archive/]\n")
    return committed(folder, run)


def committed(folder: Path, run: Run) -> Path:
    """Make a git repository of a folder, with all that is in it in one commit."""
    for words in (["init", "-q"], ["add", "--all"], ["commit", "-q", "-m", "All of it"]):
        done = run("git", *words, folder=folder)
        assert done.returncode == 0, done.stdout
    return folder


def test_try_repo_mends_then_passes(hooks: Path, wiki: Path, run: Run) -> None:
    command = (sys.executable, "-m", "pre_commit", "try-repo", hooks, "wikimend-fix")
    named = ("--files", "coast.md", "archive/coast.md", "page.wiki", "notes.txt")

    first = run(*command, *named, folder=wiki)
    assert first.returncode == 1, first.stdout
    assert "- files were modified by this hook" in first.stdout
    assert "+A [tide pool](/coast/tide-pool) at dawn." in first.stdout
    assert (wiki / "coast.md").read_text() == MENDED
    assert (wiki / "archive" / "coast.md").read_text() == DAMAGED
    assert (wiki / "notes.txt").read_text() == DAMAGED
    assert (wiki / "page.wiki").read_text() == "A [[tide pool]].\n"

    second = run(*command, "--all-files", folder=wiki)
    assert second.returncode == 0, second.stdout
    assert (wiki / "coast.md").read_text() == MENDED


def test_commit_fails_until_the_page_is_whole(hooks: Path, wiki: Path, run: Run) -> None:
    revision = run("git", "rev-parse", "HEAD", folder=hooks).stdout.strip()
    (wiki / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n"
        "  hooks: [{id: wikimend-lint}, {id: wikimend-fix}]\n"
    )
    run(sys.executable, "-m", "pre_commit", "install", folder=wiki)
    (wiki / "new.md").write_text(DAMAGED)
    run("git", "add", "new.md", ".pre-commit-config.yaml", folder=wiki)

    refused = run("git", "commit", "-m", "A new page", folder=wiki)
    assert refused.returncode == 1, refused.stdout
    assert "new.md:3:3: WM101" in refused.stdout
    assert (wiki / "new.md").read_text() == MENDED

    run("git", "add", "new.md", folder=wiki)
    accepted = run("git", "commit", "-m", "A new page", folder=wiki)
    assert accepted.returncode == 0, accepted.stdout
    assert run("git", "show", "HEAD:new.md", folder=wiki).stdout == MENDED


@pytest.fixture
def linked(hooks: Path, tmp_path: Path, run: Run) -> Path:
    """Return a wiki of sound links with the hook that looks at them installed."""
    revision = run("git", "rev-parse", "HEAD", folder=hooks).stdout.strip()
    folder = tmp_path / "linked"
    folder.mkdir()
    (folder / "index.md").write_text("# Home\n\n[Tides](tides.md#low-tide), [crabs](/crabs).\n")
    (folder / "tides.md").write_text("# Tides\n\n## Low tide\n\n[Home](/index), [here](/tides).\n")
    (folder / "crabs.md").write_text("# Crabs\n")
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks: [{{id: wikimend-links}}]\n"
    )
    committed(folder, run)
    run(sys.executable, "-m", "pre_commit", "install", folder=folder)
    return folder


def test_links_of_the_whole_wiki_are_judged_as_staged(linked: Path, run: Run) -> None:
    def commit() -> subprocess.CompletedProcess[str]:
        return run("git", "commit", "-m", "A change", folder=linked)

    # A heading renamed in one file breaks a link that another holds.
    (linked / "tides.md").write_text("# Tides\n\n## Ebb tide\n\n[Home](/index), [here](/tides).\n")
    run("git", "add", "tides.md", folder=linked)
    refused = commit()
    assert refused.returncode == 1, refused.stdout
    assert "index.md:3:9: WM802 section-missing" in refused.stdout

    # The repair counts once it is staged.
    (linked / "index.md").write_text("# Home\n\n[Tides](tides.md#ebb-tide), [crabs](/crabs).\n")
    assert commit().returncode == 1
    run("git", "add", "index.md", folder=linked)
    accepted = commit()
    assert accepted.returncode == 0, accepted.stdout

    # A page deleted, though a file of that name is still there.
    run("git", "rm", "-q", "--cached", "crabs.md", folder=linked)
    refused = commit()
    assert refused.returncode == 1, refused.stdout
    assert 'index.md:3:37: WM801 page-missing The page "/crabs" does not exist.' in refused.stdout
    run("git", "add", "crabs.md", folder=linked)

    # A page renamed, with where it went.
    run("git", "mv", "crabs.md", "hermits.md", folder=linked)
    refused = commit()
    assert refused.returncode == 1, refused.stdout
    assert "Did you mean hermits.md (renamed in git)?" in refused.stdout
    (linked / "index.md").write_text("# Home\n\n[Tides](tides.md#ebb-tide), [crabs](/hermits).\n")
    run("git", "add", "index.md", folder=linked)
    accepted = commit()
    assert accepted.returncode == 0, accepted.stdout
