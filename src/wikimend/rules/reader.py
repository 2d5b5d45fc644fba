"""Rule files read: from YAML to checked rules, or to all the mistakes at once."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Literal, cast

from wikimend.errors import Place, RuleFileError
from wikimend.rules.compose import compose
from wikimend.rules.entry import read_rule
from wikimend.rules.errata import Errata
from wikimend.rules.inherit import override
from wikimend.rules.lexicon import read_vocabulary
from wikimend.rules.loaded import FileSettings, LoadedRules
from wikimend.rules.model import Rule, RuleSet, Severity
from wikimend.rules.node import Node
from wikimend.rules.rule_schema import RULE
from wikimend.rules.schema import DOCUMENT
from wikimend.rules.shipped import shipped
from wikimend.rules.source import default_path, read_text
from wikimend.rules.vocabulary import Vocabulary

_NOTHING = LoadedRules(RuleSet(()), FileSettings(), Vocabulary())


def load(path: Path | None = None) -> LoadedRules:
    """Return the rules of the file at `path`, or the shipped ones.

    Raises RuleFileError with every mistake of the file.
    """
    return shipped() if path is None else _read(read_text(path), str(path), (path.resolve(),))


def loads(text: str, name: str = "<string>") -> LoadedRules:
    """Return the rules in `text`, as `load` does; paths in it start from the folder of `name`."""
    return _read(text, name, (Path(name).resolve(),))


def read_shipped(text: str, path: Path) -> LoadedRules:
    """Return the shipped rules, whose file is `text`; raises RuleFileError."""
    loaded = _read(text, str(path), (path.resolve(),))
    return replace(loaded, settings=replace(loaded.settings, place=None))


def _read(text: str, name: str, chain: tuple[Path, ...]) -> LoadedRules:
    """Return the rules in `text`; `chain` are the files that led here, this one last."""
    document = compose(text, name)
    errata = Errata(document)
    root = document.root
    shipped = chain[-1] == _default()
    if root.kind == "null":
        errata.note(root, "the file is empty; a rule file begins with 'schema: 1'")
    else:
        DOCUMENT.check(root, "the file", errata)
    alone = shipped or ("rules" in root.entries and "extends" not in root.entries)
    base = _NOTHING if alone else _base(root, name, chain, errata)
    if base is not None and root.kind == "mapping":
        vocabulary = read_vocabulary(root, base.vocabulary, errata)
        inherited, overrides = override(root, base.ruleset, errata)
        own = _own_rules(root, vocabulary, inherited, shipped, errata)
    if errata.problems or base is None:
        raise RuleFileError(errata.problems)
    ruleset = RuleSet((*own, *inherited), tuple(vocabulary.tokens.values()), overrides)
    return LoadedRules(ruleset, _settings(root, name, base.settings), vocabulary)


def _default() -> Path | None:
    try:
        return default_path().resolve()
    except RuleFileError:
        return None


def _base(root: Node, name: str, chain: tuple[Path, ...], errata: Errata) -> LoadedRules | None:
    """Return what a file inherits; None, and the reasons noted, when that cannot be read.

    A file without rules of its own, such as a wiki's settings, extends the shipped ones.
    """
    extends = root.get("extends")
    if extends is None and ("extends" in root.entries or root.kind != "mapping"):
        return None
    try:
        if extends is None or extends.text == "default":
            return shipped()
        path = Path(name).parent / extends.text
        if _circle(path, chain, extends, errata):
            return None
        if not path.is_file():
            errata.note(extends, f"there is no file '{extends.text}' to extend")
            return None
        return _read(read_text(path), str(path), (*chain, path.resolve()))
    except RuleFileError as error:
        errata.problems += error.problems
        return None


def _circle(path: Path, chain: tuple[Path, ...], extends: Node, errata: Errata) -> bool:
    """Return whether a file of the chain is extended again, and note it."""
    real = path.resolve()
    if real not in chain:
        return False
    files = " > ".join(file.name for file in (*chain[chain.index(real) :], real))
    errata.note(extends, f"the file extends itself: {files}")
    return True


def _own_rules(
    root: Node, vocabulary: Vocabulary, inherited: tuple[Rule, ...], tested: bool, errata: Errata
) -> list[Rule]:
    section = root.get("rules", "list")
    nodes = [node for node in (section.items if section else ()) if node.kind == "mapping"]
    taken = {key: f"a rule of {rule.source}" for rule in inherited for key in (rule.id, rule.name)}
    rules: list[Rule] = []
    for node in nodes:
        for key in ("id", "name"):
            value = node.get(key)
            if value is None:
                continue
            if value.text in taken:
                message = f"the {key} {value.text} belongs to {taken[value.text]}"
                RULE.about(node, errata).note(value, message)
            else:
                taken[value.text] = f"the rule on line {errata.document.place(node).line}"
        rule = read_rule(node, vocabulary, tested, errata)
        if rule:
            rules.append(rule)
    return rules


def _settings(root: Node, name: str, inherited: FileSettings) -> FileSettings:
    def words(key: str) -> tuple[str, ...] | None:
        return tuple(node.text for node in root.texts(key)) if key in root.entries else None

    own = FileSettings(
        words("select"),
        words("ignore"),
        words("exclude"),
        cast(Severity | Literal["never"] | None, root.word("fail-on") or None),
        root.flag("unsafe-fixes") if "unsafe-fixes" in root.entries else None,
        root.get("links", "mapping"),
        Place(name),
    )
    given = {field.name: getattr(own, field.name) for field in fields(own)}
    return replace(inherited, **{key: value for key, value in given.items() if value is not None})
