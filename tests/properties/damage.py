"""Links and citations, sound and wrecked the way auto-linkers and exporters wreck them."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

WORDS = ("harbor", "gull", "Möwe", "d'été", "isn’t", "морской", "海岸", "ميناء", "नाव", "C++",
         "AT&T", "and/or", "50%", "1–2", "Ebbe,", "low_tide", "caf\udce9", "naïve",
         "x²")  # fmt: skip
"""Words of several languages, one with a byte that is no UTF-8; no Markdown in them."""

_MARKED = ("*old*", "**wide**", "`tide[0]`", "``a ` b``", "(ASO)", "(built 1890)", r"\*", "$x_1$",
           "{{name}}", "<b>deep</b>", "SOD1-ALS", "f(x)", "'quoted'", "a<b")  # fmt: skip
_SEGMENTS = ("coast", "a", "деревья", "img-2", "v1.2", "x%20y", "地理", "a_b", "c++")
_SLUGS = ("tide-pools", "als", "C%2B%2B", "pier_(1890)", "tides.md", "map.svg#low", "tides#high",
          "ёлка", "海岸", "a.b~c", "x+y", "2024/05", "f(g(x))", "no.1")  # fmt: skip
_URLS = ("https://example.org/a", "https://example.org/b/", "http://example.org",
         "https://example.org/wiki/Ebb_(tide)", "https://e.example.org:8080/x?y=1&z=%20#part-2",
         "https://example.org/S0925-9635(18)30456-7", "HTTPS://example.org/~me/a_b.html",
         "https://example.org/2025/12/a-b-c/", "https://example.org/ä,b")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a page, twice."""

    clean: str
    """How it should stand there."""
    damaged: str
    """How it stands there."""
    fixed: int = 0
    """How many repairs lead from the one to the other."""
    left: int = 0
    """How many findings about wrecked links stay open."""


def same(text: str) -> Piece:
    """Return a piece that is not damaged."""
    return Piece(text, text)


def glued(before: str, piece: Piece, after: str) -> Piece:
    """Return a piece with more text on both sides."""
    return Piece(
        before + piece.clean + after, before + piece.damaged + after, piece.fixed, piece.left
    )


@st.composite
def labels(draw: st.DrawFn, lines: bool) -> Piece:
    """Draw a label; with `lines` the damaged one may be wrapped, the clean one never is."""
    words = draw(st.lists(st.sampled_from(WORDS + _MARKED), min_size=1, max_size=4))
    gaps = (" ", "\n", "  \n", " \n   ") if lines else (" ", " ", "  ")
    damaged = words[0]
    for word in words[1:]:
        damaged += draw(st.sampled_from(gaps)) + word
    return Piece(" ".join(words), damaged)


@st.composite
def targets(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a directory with both its slashes, and the name of a page."""
    segments = draw(st.lists(st.sampled_from(_SEGMENTS), max_size=3))
    return "/" + "".join(f"{segment}/" for segment in segments), draw(st.sampled_from(_SLUGS))


def chain(target: tuple[str, str], depth: int, split: bool) -> str:
    """Return what an auto-linker leaves behind a label after `depth` runs."""
    directory, slug = target
    if split:
        return f"[{directory}[{slug}" * depth + f"--TEMP--{directory.rstrip('/') or '/'})--FIX--"
    return f"[{directory}{slug}" * depth + f"--TEMP--{directory}{slug})--FIX--"


@st.composite
def wrecks(draw: st.DrawFn, lines: bool) -> Piece:
    """Draw a link, perhaps an image, that an auto-linker wrecked."""
    label, target = draw(labels(lines)), draw(targets())
    tail = chain(target, draw(st.integers(1, 5)), draw(st.booleans()))
    bang = draw(st.sampled_from(("", "", "!")))
    address = "".join(target)
    return Piece(f"{bang}[{label.clean}]({address})", f"{bang}[{label.damaged}{tail}", fixed=1)


@st.composite
def inner_wrecks(draw: st.DrawFn, lines: bool) -> Piece:
    """Draw a wreck inside the label of a link whose target is lost, or is sound."""
    label, target = draw(labels(lines)), draw(targets())
    tail = chain(target, draw(st.integers(1, 4)), draw(st.booleans()))
    words = " ".join(
        draw(st.lists(st.sampled_from(("motor", "l'été", "well-known")), min_size=1, max_size=4))
    )
    clean = f"{words} [{label.clean}]({''.join(target)})"
    damaged = f"[{words} [{label.damaged}{tail}"
    if draw(st.booleans()):
        return Piece(clean, damaged, fixed=1)
    return Piece(f"[{clean} here](/lists/a)", f"{damaged} here](/lists/a)", fixed=1)


@st.composite
def hopeless(draw: st.DrawFn) -> Piece:
    """Draw a wreck whose parts disagree, or debris without its link: it stays, with a finding."""
    label, (directory, slug) = draw(labels(False)), draw(targets())
    parts = draw(
        st.sampled_from(
            (
                f"[{directory}[{slug}[/elsewhere/[{slug}--TEMP--{directory})--FIX--",
                f"[{directory}[{slug}[{directory}[{slug}--TEMP--/elsewhere)--FIX--",
                f"[{directory}{slug}[{directory}{slug}x--TEMP--{directory}{slug})--FIX--",
            )
        )
    )
    debris = draw(st.sampled_from((f"[{label.clean}{parts}", "--TEMP--", "(so)--FIX--")))
    return Piece(debris, debris, left=1)


@st.composite
def citations(draw: st.DrawFn) -> Piece:
    """Draw a numbered citation, in any of the wrecked forms."""
    number = draw(st.sampled_from(("1", "2", "12", "107", "3a")))
    url = draw(st.sampled_from(_URLS))
    form = draw(
        st.sampled_from(
            ("[[{}]{})", "[[{}]]]{})", "[[{}])]{})", "[[{}]]{})", "[{}]{})", "[[{}]({})")
        )
    )
    return Piece(f"[{number}]({url})", form.format(number, url), fixed=1)
