"""The table of all that may stand in a rule file; the reader and the JSON Schema follow it."""

from __future__ import annotations

from wikimend.rules.links import LINKS
from wikimend.rules.model import SEVERITIES
from wikimend.rules.record import Field, Record
from wikimend.rules.rule_schema import REGEXES, RULE, SAFETY, SEVERITY, UPPER
from wikimend.rules.shape import AnyOf, Boolean, Exactly, Json, ListOf, MapOf, Text

_TEXTS = ListOf(Text())

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
            REGEXES,
            "Literal strings, one of which every token contains; not needed for a plain literal.",
        ),
    )
)

OVERRIDE = Record(
    fields=(
        Field("enabled", Boolean(), "Whether the rule runs."),
        Field("severity", SEVERITY, "How bad a finding is here."),
        Field("safety", SAFETY, "May only be lower than the rule's own."),
        Field("because", Text(), "Why."),
    ),
    filled=True,
)

DOCUMENT = Record(
    fields=(
        Field("schema", Exactly(1), "Version of the rule language.", required=True),
        Field("extends", Text(), "`default`, or the path of a rule file, from this file's folder."),
        Field("tokens", MapOf("token", UPPER, TOKEN), "Kinds of token that this file adds."),
        Field(
            "sets",
            MapOf("set", UPPER, ListOf(Text(), least=1)),
            "Names for several kinds of token, for use in patterns.",
        ),
        Field(
            "gates",
            MapOf("gate", UPPER, Text()),
            "Names for regular expressions that the texts with a match of several rules hold.",
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
