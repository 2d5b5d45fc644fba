"""The reference of the rule language names everything there is, and its rule works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wikimend.errors import RuleFileError
from wikimend.repair.mender import Mender
from wikimend.rules.constraints import CONSTRAINTS
from wikimend.rules.reader import loads
from wikimend.rules.rule_schema import RULE, SURROUNDINGS
from wikimend.rules.schema import DOCUMENT
from wikimend.rules.template import FILTERS
from wikimend.text.page import DIALECTS, Page
from wikimend.text.tokens import KINDS

REFERENCE = (Path(__file__).parents[2] / "docs" / "rule-language.md").read_text(encoding="utf-8")
NAMES = [
    *(field.name for record in (DOCUMENT, RULE) for field in record.fields),
    *CONSTRAINTS,
    *FILTERS,
    *SURROUNDINGS,
    *DIALECTS,
    *KINDS,
]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_stands_in_the_reference(name: str) -> None:
    assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", REFERENCE)


def test_the_rule_of_the_reference_works() -> None:
    file = re.search(r"^```yaml\n(schema: 1\n.*?)^```", REFERENCE, re.M | re.S)
    assert file is not None
    ruleset = loads(file[1], "reference").ruleset
    mender = Mender(ruleset)
    rule = ruleset["DOC1"]
    for example in (*rule.examples, *rule.counterexamples):
        assert mender.mend(Page(example.bad)).text == example.good
    assert "See the [setup `guide`@@/docs/setup@@] first." in REFERENCE


@pytest.mark.parametrize("key", ["gates", "readings"])
def test_a_part_of_a_rule_in_the_reference_works(key: str) -> None:
    part = re.search(rf"^```yaml\n((?:\w.*\n(?: .*\n)*)*?{key}:\n(?:.*\n)*?)```", REFERENCE, re.M)
    whole = re.search(r"^```yaml\n(schema: 1\n.*?)^```", REFERENCE, re.M | re.S)
    assert part is not None
    assert whole is not None
    rule = "name: a\nmessage: m\nabout: b\nseverity: error\n"
    if key == "gates":
        rules = part[1].replace("id: DOC2\n", "id: DOC2\n" + _indented(f"{rule}match: DEST\n"))
    else:
        rules = f"rules:\n  - id: DOC2\n{_indented(rule + part[1])}"
    head = whole[1].partition("rules:\n")[0]
    (own, *_) = loads(head + rules, "reference").ruleset.rules
    assert (own.needs[0], len(own.readings)) == {
        "gates": ("https?:/{0,2}https?:", 0),
        "readings": (r"\)\[", 2),
    }[key]


def _indented(text: str) -> str:
    return re.sub("^", "    ", text.rstrip("\n"), flags=re.M) + "\n"


def test_the_messages_of_the_reference_are_real() -> None:
    file = re.search(r"^```yaml\n(schema: 1\n.*?)^```", REFERENCE, re.M | re.S)
    assert file is not None
    broken = (
        file[1].replace("severity: error", "severity: eror").replace(":DOC_LABEL", ":DOC_LABLE")
    )
    with pytest.raises(RuleFileError) as caught:
        loads(broken, ".wikimend.yaml")
    assert [str(problem) for problem in caught.value.problems] == re.findall(
        r"^    (\.wikimend\.yaml:.*)", REFERENCE, re.M
    )


def test_the_overrides_of_the_reference_fit_the_shipped_rules() -> None:
    overrides = re.search(r"^```yaml\n(overrides:\n.*?)^```", REFERENCE, re.M | re.S)
    assert overrides is not None
    rules = loads(f"schema: 1\n{overrides[1]}", "reference").ruleset
    assert [rules[name].enabled for name in ("WM301", "WM701")] == [False, True]
    assert rules["WM103"].safety == "suggest"
