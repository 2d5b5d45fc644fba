"""The examples of the CommonMark specification, for the tests that compare with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SPEC_FILE = "tests/test_cmark_spec/commonmark.json"


@dataclass(frozen=True, slots=True)
class SpecExample:
    """One example of the CommonMark specification."""

    number: int
    """Its number in the specification."""
    section: str
    """The title of the section that it stands in."""
    markdown: str
    """The text."""
    html: str
    """What the text is as HTML."""


def spec_archive() -> Path:
    """Return the source distribution of the markdown-it-py that is installed."""
    return source_archive("markdown-it-py", version("markdown-it-py"))


def source_archive(project: str, release: str) -> Path:
    """Return the source distribution of a release, which holds the examples of a specification.

    It is looked for in the folder that WIKIMEND_SPEC_DIR names, or else in `.cache/spec/`, and
    downloaded into it once. Workers that download at the same time do not meet: each has its own
    folder, and the finished file is moved into place at once.
    """
    folder = Path(os.environ.get("WIKIMEND_SPEC_DIR") or REPOSITORY / ".cache" / "spec")
    archive = folder / f"{project.replace('-', '_')}-{release}.tar.gz"
    if archive.exists():
        return archive
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as download:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--no-binary", project, "--dest", download]
        ran = subprocess.run(
            [*command, f"{project}=={release}"], capture_output=True, text=True, check=False
        )
        found = [*Path(download).glob("*.tar.gz")]
        if ran.returncode or not found:
            pytest.fail(
                f"The examples are missing: {archive} does not exist and could not be "
                f"downloaded. Put it there, or name its folder in WIKIMEND_SPEC_DIR.\n{ran.stderr}",
                pytrace=False,
            )
        found[0].replace(archive)
    return archive


@pytest.fixture(scope="session")
def commonmark_examples() -> tuple[SpecExample, ...]:
    """Every example of the CommonMark specification; they are not part of this repository."""
    with tarfile.open(spec_archive()) as archive:
        name = next((name for name in archive.getnames() if name.endswith(SPEC_FILE)), "")
        member = archive.extractfile(name) if name else None
        if member is None:
            pytest.fail(f"{archive.name!r} holds no {SPEC_FILE}", pytrace=False)
        return tuple(
            SpecExample(entry["example"], entry["section"], entry["markdown"], entry["html"])
            for entry in json.load(member)
        )
