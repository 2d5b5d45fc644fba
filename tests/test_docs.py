"""The site is built without a warning, and shows of each rule all that there is to know."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wikimend.api import load_rules
from wikimend.report.rulecard import RuleCard, rule_cards
from wikimend.rules.notices import NOTICES

ROOT = Path(__file__).parents[1]
CARDS = {card.id: card for card in rule_cards(load_rules())}


class Reader(HTMLParser):
    """What a person sees of a page: its code blocks, its headings and its prose."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        """The text of each code block."""
        self.text = ""
        """All text."""
        self.loaded: list[str] = []
        """What a browser fetches to show it."""
        self._within: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter a code block, or note what is fetched."""
        if tag == "pre":
            self._within.append(tag)
            self.blocks.append("")
        if tag in ("script", "link", "img"):
            self.loaded += [value for name, value in attrs if name in ("src", "href") and value]

    def handle_endtag(self, tag: str) -> None:
        """Leave a code block."""
        if tag == "pre":
            self._within.pop()

    def handle_data(self, data: str) -> None:
        """Read on."""
        self.text += data
        if self._within:
            self.blocks[-1] += data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site, built with all warnings as errors and without a way to the network."""
    folder = tmp_path_factory.mktemp("site")
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        env=os.environ | nowhere | {"PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Reader]:
    """Return every page of the site by its path."""
    return {
        path.relative_to(site).as_posix(): Reader(path.read_text("utf-8"))
        for path in site.rglob("*.html")
    }


def shown(card: RuleCard) -> list[str]:
    """Return the texts that the page of a rule must show as they are, in order."""
    texts: list[str] = []
    for sample in card.samples:
        texts += [sample.bad, *(() if sample.good is None else (sample.good,))]
        texts += [text for text, _ in sample.readings]
    return [*texts, *card.lookalikes, *(switch.text for switch in card.switches)]


def prose(card: RuleCard) -> list[str]:
    """Return the sentences that the page of a rule must say."""
    said = [card.id, card.name, card.about, card.cause, card.because, card.severity]
    said += [drop.because for drop in card.drops]
    said += [because for sample in card.samples for _, because in sample.readings]
    return [*said, *(sample.message for sample in card.samples[:1])]


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, Reader]) -> None:
    assert {what for page in pages.values() for what in page.loaded if "//" in what} == set()


def test_there_is_a_page_for_everything_that_can_be_found(pages: dict[str, Reader]) -> None:
    found = {name for name in pages if name.startswith("reference/rules/")}
    named = {"index", *CARDS}
    assert {*(rule.id for rule in load_rules().rules), *NOTICES} == set(CARDS)
    assert found == {f"reference/rules/{name}.html" for name in named}


def test_the_index_lists_every_rule(pages: dict[str, Reader]) -> None:
    index = pages["reference/rules/index.html"].text
    assert [card.id for card in CARDS.values() if card.name not in index] == []


def test_examples_stand_on_their_page_as_they_are(pages: dict[str, Reader]) -> None:
    for card in CARDS.values():
        blocks = pages[f"reference/rules/{card.id}.html"].blocks
        wanted = [text.rstrip("\n") for text in shown(card)]
        assert [block.rstrip("\n") for block in blocks] == wanted, card.id


def test_pages_say_all_that_the_rules_say(pages: dict[str, Reader]) -> None:
    for card in CARDS.values():
        text = " ".join(pages[f"reference/rules/{card.id}.html"].text.split())
        wanted = (" ".join(sentence.replace("`", "").split()) for sentence in prose(card))
        assert [s for s in wanted if s not in text.replace("`", "")] == [], card.id


def test_the_command_line_and_the_settings_are_complete(pages: dict[str, Reader]) -> None:
    commands = pages["reference/command-line.html"].text
    assert "wikimend rules explain" in commands
    assert "--exit-non-zero-on-fix" in commands
    settings = pages["reference/configuration.html"].text
    assert [key for key in ("fail-on", "unsafe-fixes", "exclude") if key not in settings] == []


def test_every_page_that_is_written_is_built(pages: dict[str, Reader]) -> None:
    written = (path.relative_to(ROOT / "docs") for path in ROOT.glob("docs/**/*.md"))
    assert {path.with_suffix(".html").as_posix() for path in written} <= pages.keys()


def test_parts_that_pages_include_are_there(site: Path, pages: dict[str, Reader]) -> None:
    left = [path for path in site.rglob("*.html") if "<!-- include" in path.read_text("utf-8")]
    assert left == []
    assert "load_rules" in pages["reference/python.html"].text
    assert "replacement" in pages["reference/json.html"].text
