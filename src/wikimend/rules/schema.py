"""The table of all that may stand in a rule file; the reader and the JSON Schema follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wikimend.rules.constraints import CONSTRAINTS
from wikimend.rules.links import LINKS
from wikimend.rules.model import SAFETIES, SEVERITIES
from wikimend.rules.record import Field, Record, When
from wikimend.rules.shape import AnyOf, Boolean, Exactly, Json, ListOf, MapOf, Nothing, Shape, Text
from wikimend.text.page import DIALECTS

NAME = r"[A-Z][A-Z0-9_]*"
"""What a token or a set may be called."""

SURROUNDINGS: Mapping[str, str] = {
    "start": "at the start of a paragraph",
    "middle": "in the middle of a sentence",
    "end": "at the end of a paragraph",
    "twice": "twice on one line",
    "bold": "in bold",
    "list": "in a list item",
    "quote": "in a block quote",
    "table": "in a table cell",
    "heading": "in a heading",
}
"""Where `rules test` puts each example, by the name that `not_in` uses."""


@dataclass(frozen=True, slots=True)
class Argument(Shape):
    """The argument of a constraint, which the constraint itself checks."""

    schema: Mapping[str, object]
    """Its JSON Schema."""

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        return dict(self.schema)


_UPPER = Text(pattern=NAME, form="upper-case letters, digits and '_'")
_TEXTS = ListOf(Text())
_REGEXES = AnyOf((Text(), ListOf(Text(), least=1)))
_NOT_IN = Field(
    "not_in",
    ListOf(Text(allowed=tuple(SURROUNDINGS))),
    "Surroundings in which the example makes no sense.",
)
_DIALECTS = "'any' or a list of dialects"
_SEVERITY = Text(allowed=SEVERITIES)
_SAFETY = Text(allowed=SAFETIES)

TOKEN = Record(
    fields=(
        Field("pattern", Text(), "Regular expression for the text of the token.", required=True),
        Field(
            "role",
            Text(allowed=("marker", "text")),
            "A marker is machine residue that may vanish; text must survive a repair.",
            required=True,
        ),
        Field(
            "needs",
            _REGEXES,
            "Literal strings, one of which every token contains; not needed for a plain literal.",
        ),
    )
)

EXAMPLE = Record(
    fields=(
        Field("bad", Text(), "The damaged text.", required=True),
        Field(
            "good", AnyOf((Text(blank=True), Nothing())), "The mended text; null: only reported."
        ),
        Field("todo", Boolean(), "A known miss: the test must fail."),
        _NOT_IN,
    )
)

COUNTEREXAMPLE = Record(
    fields=(
        Field("text", Text(), "A text that looks damaged and is right.", required=True),
        _NOT_IN,
    )
)

DROP = Record(
    fields=(
        Field("capture", Text(), "The capture whose text the repair removes.", required=True),
        Field("because", Text(), "Why losing it is right.", required=True),
    )
)

FIND = Record(
    fields=(
        Field(
            "group", Text(allowed=("number", "url")), "Citations with the same one are compared."
        ),
        Field("differ", Text(allowed=("url", "number")), "What must not differ among them."),
        Field("missing", Text(allowed=("url",)), "What no citation may lack."),
    ),
    conditions=(
        When("group", needs=("differ",)),
        When("differ", needs=("group",)),
        When("missing", bars=("group", "differ")),
    ),
    filled=True,
)

WHERE = Record(
    fields=tuple(
        Field(name, Argument(entry.argument), f"{entry.about[0].upper()}{entry.about[1:]}.")
        for name, entry in CONSTRAINTS.items()
    ),
    noun="test",
    single=True,
)

RULE = Record(
    fields=(
        Field(
            "id",
            Text(
                pattern=r"WM\d{3,4}|(?!WM)[A-Z]{2,5}\d{1,4}",
                form="'WM' with three or four digits, or a prefix of your own with a number",
            ),
            "Permanent id; never reused.",
            required=True,
        ),
        Field(
            "name",
            Text(pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*", form="lower-case words joined by '-'"),
            "Short name.",
            required=True,
        ),
        Field("message", Text(), "Template of the sentence that a finding shows.", required=True),
        Field("about", Text(), "What the damage is, for a wiki editor.", required=True),
        Field("severity", _SEVERITY, "How bad a finding is.", required=True),
        Field("safety", _SAFETY, "How far the repair may be trusted."),
        Field("because", Text(), "Why a repair that is not safe is not."),
        Field("enabled", Boolean(), "Whether the rule runs without being selected by name."),
        Field(
            "dialects",
            AnyOf(
                (Text(allowed=("any",), form=_DIALECTS), ListOf(Text(allowed=DIALECTS), least=1)),
                form=_DIALECTS,
            ),
            "Dialects of the pages that it runs on; markdown includes mdx.",
        ),
        Field(
            "scope",
            Text(allowed=("paragraph", "page")),
            "Whether it looks for a pattern in each paragraph or compares a page's citations.",
        ),
        Field("match", Text(), "Pattern of the damage."),
        Field("find", FIND, "What a rule of scope page compares."),
        Field("where", ListOf(WHERE, least=1), "Tests that a match must pass."),
        Field(
            "refused",
            Text(allowed=("silent", "report")),
            "What becomes of a match that fails a test.",
        ),
        Field("rewrite", Text(blank=True), "Template of the repair; without it, only report."),
        Field("drop", ListOf(DROP, least=1), "Captures whose text the repair removes."),
        Field("needs", _REGEXES, "Regular expressions; a text with a match holds one of them."),
        Field("examples", ListOf(EXAMPLE, least=1), "Damaged texts with their repair; tests."),
        Field(
            "counterexamples",
            ListOf(AnyOf((Text(), COUNTEREXAMPLE)), least=1),
            "Texts that look damaged and stay as they are; tests.",
        ),
    ),
    conditions=(
        When("scope", ("paragraph",), default=True, needs=("match",), bars=("find",)),
        When("scope", ("page",), needs=("find",), bars=("match", "where", "refused", "rewrite")),
        When("rewrite", needs=("safety",)),
        When("safety", needs=("rewrite",)),
        When("safety", ("unsafe", "suggest"), needs=("because",)),
        When("refused", needs=("where",)),
        When("drop", needs=("rewrite",)),
    ),
    title="rule",
)

OVERRIDE = Record(
    fields=(
        Field("enabled", Boolean(), "Whether the rule runs."),
        Field("severity", _SEVERITY, "How bad a finding is here."),
        Field("safety", _SAFETY, "May only be lower than the rule's own."),
        Field("because", Text(), "Why."),
    ),
    filled=True,
)

DOCUMENT = Record(
    fields=(
        Field("schema", Exactly(1), "Version of the rule language.", required=True),
        Field("extends", Text(), "`default`, or the path of a rule file, from this file's folder."),
        Field("tokens", MapOf("token", _UPPER, TOKEN), "Kinds of token that this file adds."),
        Field(
            "sets",
            MapOf("set", _UPPER, ListOf(Text(), least=1)),
            "Names for several kinds of token, for use in patterns.",
        ),
        Field("rules", ListOf(RULE), "Rules, the most important first."),
        Field(
            "overrides",
            MapOf("override", Text(), AnyOf((Boolean(), OVERRIDE), "true, false or a mapping")),
            "Changes to inherited rules, by id or name; false switches a rule off.",
        ),
        Field("select", _TEXTS, "Ids, names or families of the rules to run, or ALL."),
        Field("ignore", _TEXTS, "Ids, names or families of the rules not to run."),
        Field("exclude", _TEXTS, "Pages to leave out, as in a .gitignore."),
        Field(
            "fail-on", Text(allowed=(*SEVERITIES, "never")), "Lowest severity that fails the run."
        ),
        Field("unsafe-fixes", Boolean(), "Whether unsafe repairs are made."),
        Field("links", LINKS, "How the wiki's links are read and checked, and their form."),
    )
)


def json_schema() -> Json:
    """Return the JSON Schema (2020-12) of a rule file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wikimend rule file",
    } | DOCUMENT.json()
