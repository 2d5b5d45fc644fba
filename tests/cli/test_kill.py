"""`kill -9` at any moment: every page is the old one or the mended one, whole."""

from __future__ import annotations

import random
import signal
import subprocess
from pathlib import Path

import pytest

from wikimend.api import mend

from .program import COMMAND, WRECK, environment

PAGES = 400


def _page(number: int) -> str:
    """Return a small page with its own text and damage."""
    return "".join(
        f"{line} in the {WRECK.format(f'tide{number}-{line}')} and [1]https://example.org/{line})\n\n"
        for line in range(1 + number % 7)
    )


@pytest.fixture(scope="module")
def pages() -> dict[str, tuple[bytes, bytes]]:
    """Every page, old and mended."""
    found = {}
    for number in range(PAGES):
        text = _page(number)
        found[f"{number % 10}/{number:03}.md"] = (text.encode(), mend(text).text.encode())
    return found


@pytest.mark.parametrize("seed", range(8))
def test_kill(seed: int, pages: dict[str, tuple[bytes, bytes]], tmp_path: Path) -> None:
    for name, (old, _) in pages.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(old)
    with subprocess.Popen(
        [*COMMAND, "fix", "--jobs", str(1 + seed % 2)],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        # The moment is counted in lines of the diff, of which there are some 6,000, so that it is
        # amid the work on any machine.
        for _ in range(random.Random(seed).randrange(1, 1500)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    now = {name: (tmp_path / name).read_bytes() for name in pages}
    broken = [name for name, both in pages.items() if now[name] not in both]
    assert broken == []
    mended = sum(now[name] == new != old for name, (old, new) in pages.items())
    assert 0 < mended < PAGES
    if seed == 0:
        _finish(tmp_path, pages)


def _finish(root: Path, pages: dict[str, tuple[bytes, bytes]]) -> None:
    """Check that the next run does the rest, whatever the killed one left behind."""
    subprocess.run([*COMMAND, "fix", "-q"], cwd=root, env=environment(), check=True)
    assert {name: (root / name).read_bytes() for name in pages} == {
        name: new for name, (_, new) in pages.items()
    }
