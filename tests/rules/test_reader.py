"""Rule files: what is refused, with which message; what is read; and what is inherited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from wikimend.errors import Place, RuleFileError
from wikimend.rules import reader, source
from wikimend.rules import shipped as shipped_rules
from wikimend.rules.loaded import FileSettings, LoadedRules
from wikimend.rules.model import Drop, Example, PageTest, Rule
from wikimend.rules.reader import load, loads
from wikimend.rules.source import default_path
from wikimend.rules.vocabulary import UNBALANCED

from .mistakes import DATA, mistakes

RULE = """\
schema: 1
rules:
  - id: XY9
    name: own-rule
    message: m
    about: b
    severity: error
    match: "'[' '[' words:TEXT"
"""
TESTED = """\
    cause: c
    examples: [{bad: '[[x'}]
    counterexamples: ['[x']
"""


def problems(text: str, name: str = "x.yaml") -> list[str]:
    """Return the messages for a rule file, without its own path."""
    with pytest.raises(RuleFileError) as caught:
        loads(text, name)
    return [str(problem).removeprefix(f"{name}:") for problem in caught.value.problems]


def inheriting(text: str) -> LoadedRules:
    """Return the rules of a file in the folder of `base.yaml`, which it extends."""
    return loads(f"schema: 1\nextends: base.yaml\n{text}", str(DATA / "here.yaml"))


def rule(line: str, text: str = RULE) -> Rule:
    """Return the rule of `RULE` with one more line."""
    return loads(f"{text}    {line}\n").ruleset.rules[0]


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the path of a file that is read in place of the shipped rules."""
    path = tmp_path / "rules.yaml"
    path.write_text(RULE + TESTED, "utf-8")
    for module in (reader, shipped_rules):
        monkeypatch.setattr(module, "default_path", lambda: path)
    shipped_rules.shipped.cache_clear()
    yield path
    shipped_rules.shipped.cache_clear()


@pytest.mark.parametrize("text, messages", mistakes("yaml.txt", "shape.txt", "meaning.txt"))
def test_mistakes(text: str, messages: str) -> None:
    found = problems(text, str(DATA / "here.yaml"))
    assert "\n".join(found).replace(f"{DATA}/", "") == messages.strip("\n")


@pytest.mark.parametrize(
    "data, message",
    [
        pytest.param(None, ": cannot be read: No such file or directory", id="missing"),
        pytest.param(
            b"schema: 1\nselect: [\xe9]\n", ":2:10: the byte 0xE9 is not UTF-8", id="latin-1"
        ),
        pytest.param(b"\xff\xfes\0c\0", ":1:1: the byte 0xFF is not UTF-8", id="utf-16"),
        pytest.param(
            b"\xef\xbb\xbf- x\n", ":1:1: the file is a list; it must be a mapping", id="bom"
        ),
        pytest.param(b"schema: 1\r\nx: 5\r\n", ":2:1: unknown key 'x'", id="crlf"),
    ],
)
def test_unreadable_files(data: bytes | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(RuleFileError) as caught:
        load(path)
    assert str(caught.value) == f"{path}{message}"


def test_a_folder_is_no_rule_file(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="cannot be read: Is a directory"):
        load(tmp_path)


@pytest.mark.parametrize("unit", ["[", "{a: ", "- "])
@pytest.mark.parametrize("depth", [2_000, 100_000])
def test_nesting_without_end_is_refused(unit: str, depth: int) -> None:
    ends = {"[": "]", "{a: ": "}"}.get(unit, "a")
    text = unit * depth + ends * (1 if unit == "- " else depth)
    assert problems(text) == [" lists and mappings are nested too deep"]


@pytest.mark.parametrize(
    "source, word, place",
    [
        pytest.param("match: CODE NO", "NO", (1, 13), id="plain"),
        pytest.param("match: CODE\n  '['\n  NO", "NO", (3, 3), id="plain over lines"),
        pytest.param("match: '''['' NO'", "NO", (1, 15), id="single quotes"),
        pytest.param("match: '''[''\n  ''['' NO'", "NO", (2, 9), id="single quotes over lines"),
        pytest.param("match: \"'[' NO\"", "NO", (1, 13), id="double quotes"),
        pytest.param("match: \"'['\\tNO\"", "NO", (1, 8), id="an escape: the start"),
        pytest.param("match: >-\n  '['\n    NO\n  CODE", "NO", (3, 5), id="folded"),
        pytest.param("match: > # NO\n\n  '['\n\n  NO", "NO", (5, 3), id="folded with a comment"),
        pytest.param("match: |2\n  '[' é\n   NO", "é", (2, 7), id="literal with an indent"),
        pytest.param("match: |+\r\n  '['\r\n  NO\r\n", "NO", (3, 3), id="literal, CR LF"),
    ],
)  # fmt: skip
def test_places_in_a_pattern(source: str, word: str, place: tuple[int, int]) -> None:
    """A rule's lines are all at the same indent, so that its places can be told from the source."""
    head = RULE.split("    match", maxsplit=1)[0]
    text = head + "".join(f"    {line}" for line in source.splitlines(keepends=True))
    line, column = place
    (message,) = problems(text)
    at = f"{head.count(chr(10)) + line}:{column + 4}: rule XY9: "
    assert message.startswith(at)
    assert word in message


def test_a_whole_file() -> None:
    loaded = load(DATA / "base.yaml")
    first, second, third = loaded.ruleset.rules
    assert [token.name for token in loaded.ruleset.tokens] == ["LEFT"]
    assert loaded.vocabulary.sets == {"WORDS": ("TEXT", "ESCAPE")}
    assert (first.id, first.name, first.severity, first.safety) == (
        "XY1",
        "leftover",
        "error",
        "safe",
    )
    assert first.needs == (r"\-\-LEFT\-\-",)
    assert first.examples == (Example("a word--LEFT-- b", "a word b", line=17),)
    assert first.counterexamples == (Example("a word -- left", "a word -- left", line=20),)
    assert second.because == "The outer bracket may belong to a link whose end is lost."
    assert (third.match, third.rewrite, third.safety) == (None, None, None)
    assert third.page == PageTest(group="number", differ="url")
    assert loaded.settings == FileSettings(
        select=("ALL",), fail_on="warning", place=Place(str(DATA / "base.yaml"))
    )


@pytest.mark.parametrize(
    "line, field, value",
    [
        pytest.param("", "dialects", {"markdown", "mdx"}, id="no dialects: markdown"),
        pytest.param("dialects: [mdx]", "dialects", {"mdx"}, id="mdx alone"),
        pytest.param("dialects: [markdown]", "dialects", {"markdown", "mdx"}, id="markdown"),
        pytest.param("dialects: [mediawiki]", "dialects", {"mediawiki"}, id="mediawiki"),
        pytest.param("dialects: any", "dialects", {"markdown", "mdx", "mediawiki"}, id="any"),
        pytest.param("", "enabled", True, id="enabled without a word"),
        pytest.param("enabled: off", "enabled", False, id="off"),
        pytest.param("enabled: no", "enabled", False, id="no"),
        pytest.param("enabled: yes", "enabled", True, id="yes"),
        pytest.param("", "needs", (r"\[\[",), id="a derived gate"),
        pytest.param(r"needs: '\[\[[a-z]'", "needs", (r"\[\[[a-z]",), id="a gate"),
        pytest.param(r"needs: ['\[\[a', '\[\[b']", "needs", (r"\[\[a", r"\[\[b"), id="two gates"),
        pytest.param("gate: UNBALANCED", "needs", (UNBALANCED,), id="the gate that is built in"),
        pytest.param("", "cause", "", id="no cause"),
        pytest.param("cause: >-\n      A bot.", "cause", "A bot.", id="a cause"),
        pytest.param("", "blocks", {"paragraph", "heading", "cell"}, id="all kinds of leaf"),
        pytest.param("blocks: [cell, heading]", "blocks", {"cell", "heading"}, id="two of them"),
        pytest.param("", "readings", (), id="no readings"),
        pytest.param("", "refused", False, id="refused silently"),
        pytest.param("{where}, refused: report", "refused", True, id="refused with a report"),
        pytest.param("{repair}", "safety", "safe", id="a repair"),
        pytest.param("{repair}", "drop", (Drop("words", "It is 'no'."),), id="a drop"),
    ],
)  # fmt: skip
def test_fields_of_a_rule(line: str, field: str, value: object) -> None:
    line = line.replace("{where}, ", "where: [{balanced: words}]\n    ")
    line = line.replace(
        "{repair}",
        "safety: safe\n    rewrite: ''\n    drop: [{capture: words, because: It is 'no'.}]",
    )
    assert getattr(rule(line), field) == value


@pytest.mark.parametrize(
    "line, example",
    [
        ("examples: [{bad: '[[x'}]", Example("[[x", None, line=9)),
        ("examples: [{bad: x, good: ~, not_in: [bold]}]", Example("x", None, False, ("bold",), 9)),
        ("examples: [{bad: '[[x', good: '[x', todo: on}]", Example("[[x", "[x", True, line=9)),
        ("counterexamples: ['[x']", Example("[x", "[x", line=9)),
        ("counterexamples: [{text: x, not_in: [bold]}]", Example("x", "x", False, ("bold",), 9)),
    ],
)  # fmt: skip
def test_examples(line: str, example: Example) -> None:
    read = rule(line)
    assert (*read.examples, *read.counterexamples) == (example,)


def test_a_named_gate_and_readings() -> None:
    loaded = loads(
        "schema: 1\nextends: gates.yaml\ngates: {OPEN: '\\['}\n"
        + RULE.partition("\n")[2]
        + "    gate: [OPEN, UNBALANCED, TWICE]\n",
        str(DATA / "here.yaml"),
    )
    own, inherited = loaded.ruleset.rules
    assert own.needs == (r"\[", UNBALANCED, r"\[\[")
    assert inherited.needs == (r"\[\[",)
    assert (inherited.rewrite, inherited.safety) == (None, None)
    assert [(reading.rewrite.source, reading.because) for reading in inherited.readings] == [
        ("[{word}", "One is a slip of the hand."),
        ("{word}", "A link lost its end."),
    ]
    assert inherited.examples[0].readings == ("[a", "a")


def test_a_report_of_a_refused_match_may_be_an_example_of_a_repair() -> None:
    line = "where: [{balanced: words}]\n    refused: report\n    safety: safe\n"
    line += "    rewrite: '[{words}'\n    examples: [{bad: '[[x'}]"
    assert rule(line).examples[0].good is None


@pytest.mark.parametrize(
    "settings, field, value",
    [
        pytest.param("", "select", None, id="nothing said"),
        pytest.param("", "unsafe_fixes", None, id="no unsafe fixes said"),
        pytest.param("select: []", "select", (), id="an empty list is said"),
        pytest.param("select: [WM1, leftover]", "select", ("WM1", "leftover"), id="select"),
        pytest.param("ignore: [WM2]", "ignore", ("WM2",), id="ignore"),
        pytest.param("exclude: ['*.draft.md']", "exclude", ("*.draft.md",), id="exclude"),
        pytest.param("fail-on: never", "fail_on", "never", id="fail-on"),
        pytest.param("unsafe-fixes: false", "unsafe_fixes", False, id="unsafe fixes off"),
        pytest.param("unsafe-fixes: yes", "unsafe_fixes", True, id="unsafe fixes on"),
    ],
)  # fmt: skip
def test_settings(settings: str, field: str, value: object) -> None:
    assert getattr(loads(f"{RULE}{settings}\n").settings, field) == value


@pytest.mark.parametrize(
    "overrides, field, value",
    [
        pytest.param("XY2: {enabled: true}", "safety", "safe", id="another rule"),
        pytest.param("XY1: {severity: info}", "safety", "safe", id="another field"),
        pytest.param("XY1: {severity: info}", "enabled", True, id="enabled is kept"),
        pytest.param("XY1: off", "enabled", False, id="off"),
        pytest.param("leftover: no", "enabled", False, id="by name"),
        pytest.param("XY1: on", "enabled", True, id="on"),
        pytest.param("XY1: {enabled: off}", "enabled", False, id="in a mapping"),
        pytest.param("XY1: {severity: info}", "severity", "info", id="severity"),
        pytest.param("XY1: {safety: safe}", "safety", "safe", id="the same safety"),
        pytest.param("XY1: {safety: safe}", "because", None, id="the same safety needs no reason"),
        pytest.param("XY1: {safety: unsafe}", "safety", "unsafe", id="safety lowered"),
        pytest.param("XY1: {safety: suggest}", "safety", "suggest", id="safety lowered further"),
        pytest.param("XY1: {safety: unsafe, because: Why.}", "because", "Why.", id="a reason"),
    ],
)  # fmt: skip
def test_overrides(overrides: str, field: str, value: object) -> None:
    loaded = inheriting(f"overrides:\n  {overrides}\n")
    assert getattr(loaded.ruleset["XY1"], field) == value


@pytest.mark.parametrize(
    "name, because",
    [
        ("XY1", f"so says {DATA / 'here.yaml'}"),
        ("XY2", "The outer bracket may belong to a link whose end is lost."),
    ],
)
def test_a_lowered_safety_has_a_reason_even_without_one(name: str, because: str) -> None:
    lowered = inheriting(f"overrides: {{{name}: {{safety: suggest}}}}\n").ruleset[name]
    assert lowered.because == because


def test_without_extends_a_file_with_rules_stands_alone() -> None:
    loaded = loads(RULE)
    assert [rule.id for rule in loaded.ruleset.rules] == ["XY9"]
    assert loaded.ruleset.tokens == ()
    assert loaded.settings == FileSettings(place=Place("<string>"))


def test_own_rules_come_first_and_may_use_what_is_inherited() -> None:
    loaded = inheriting(
        "tokens: {RIGHT: {pattern: --RIGHT--, role: marker}}\n"
        "sets: {EDGE: [LEFT, RIGHT]}\n"
        f"{RULE.partition(chr(10))[2]}"
        "  - {id: XY8, name: a, message: m, about: b, severity: error,"
        ' match: "EDGE WORDS EDGE", needs: --}\n'
    )
    assert [rule.id for rule in loaded.ruleset.rules] == ["XY9", "XY8", "XY1", "XY2", "XY3"]
    assert [token.name for token in loaded.ruleset.tokens] == ["LEFT", "RIGHT"]
    assert [rule.source for rule in loaded.ruleset.rules[::2]] == [
        str(DATA / "here.yaml"),
        str(DATA / "base.yaml"),
        str(DATA / "base.yaml"),
    ]


def test_settings_are_inherited_where_nothing_is_said() -> None:
    settings = inheriting("fail-on: info\nignore: [XY2]\n").settings
    assert settings == FileSettings(
        select=("ALL",), ignore=("XY2",), fail_on="info", place=Place(str(DATA / "here.yaml"))
    )


def test_a_chain_of_files(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "house.yaml").write_text(
        "schema: 1\nextends: ../base.yaml\noverrides: {XY1: {safety: unsafe}}\n", "utf-8"
    )
    (tmp_path / "base.yaml").write_bytes((DATA / "base.yaml").read_bytes())
    (tmp_path / "wiki.yaml").write_text(
        "schema: 1\nextends: shared/house.yaml\noverrides: {XY2: off}\n", "utf-8"
    )
    rules = load(tmp_path / "wiki.yaml").ruleset
    assert [(rule.id, rule.safety, rule.enabled) for rule in rules.rules] == [
        ("XY1", "unsafe", True),
        ("XY2", "unsafe", False),
        ("XY3", None, True),
    ]


def test_mistakes_of_a_file_and_of_what_it_extends_come_together() -> None:
    found = problems("schema: 1\nextends: broken.yaml\nselect: 5\n", str(DATA / "here.yaml"))
    assert [message.removeprefix(f"{DATA}/") for message in found] == [
        "broken.yaml:3:1: unknown key 'severity'",
        "broken.yaml:5:9: 'select' is 'WM1'; it must be a list",
        "3:9: 'select' is the number 5; it must be a list",
    ]


@pytest.mark.parametrize("text", ["schema: 1\n", "schema: 1\nextends: default\nrules: []\n"])
def test_the_shipped_rules_are_the_default(text: str, shipped: Path) -> None:
    loaded = loads(text)
    assert [rule.source for rule in loaded.ruleset.rules] == [str(shipped)]
    assert loaded.settings.place == Place("<string>")
    assert load().settings.place is None


def test_a_shipped_rule_must_be_tested_also_when_it_is_off(shipped: Path) -> None:
    disabled = RULE.partition("rules:\n")[2].replace("XY9", "XY8").replace("own-", "off-")
    shipped.write_text(f"{RULE}{TESTED}{disabled}    enabled: off\n", "utf-8")
    with pytest.raises(RuleFileError) as caught:
        load()
    assert [problem.message for problem in caught.value.problems] == [
        "rule XY8: 'cause' is missing",
        "rule XY8: 'counterexamples' is missing",
        "rule XY8: 'examples' is missing",
    ]


@pytest.mark.parametrize(
    "files, found",
    [
        pytest.param(["lib/wikimend/rules.yaml"], "lib/wikimend/rules.yaml", id="a wheel"),
        pytest.param(["rules.yaml"], "rules.yaml", id="a source tree"),
        pytest.param(
            ["rules.yaml", "lib/wikimend/rules.yaml"], "lib/wikimend/rules.yaml", id="both"
        ),
        pytest.param(["lib/rules.yaml"], None, id="neither"),
    ],
)
def test_where_the_shipped_rules_are(
    files: list[str], found: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib" / "wikimend").mkdir(parents=True)
    for file in files:
        (tmp_path / file).touch()
    monkeypatch.setattr(source, "__file__", str(tmp_path / "lib/wikimend/rules/source.py"))
    find = default_path.__wrapped__
    if found is None:
        with pytest.raises(RuleFileError, match="the shipped rules are missing"):
            find()
    else:
        assert find() == tmp_path / found


def test_the_shipped_rules_are_sound() -> None:
    loaded = load()
    assert default_path().is_file()
    assert loaded.ruleset["WM101"].safety == "safe"
    assert loaded is load()
