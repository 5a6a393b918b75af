"""Every text and every control can be told from its ground, in both themes.

WCAG 2.2, 1.4.3 and 1.4.11. The colours are read from tokens.css and computed
here; which stands on which is written down.
"""

from __future__ import annotations

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

CSS = Path(__file__).parents[1] / "static" / "css"
TOKEN = re.compile(r"--([\w-]+):\s*oklch\(([^)]*)\)")
THEMES = ("light", "dark")

# What is read, on what. The laptop's right column mixes card and paper, and lies between them.
TEXT = {
    "ink": ("paper", "card", "amber-soft", "plum-soft", "pine-soft"),
    "ink-soft": ("paper", "card", "plum-soft", "amber-soft"),
    "pine-ink": ("paper", "card", "pine-soft"),
    "on-pine": ("pine",),
    "plum": ("paper", "card", "plum-soft"),
    # The words of a cloud.
    "pine": ("paper", "card"),
}
# What must be seen to be used or understood: borders of controls, focus, marks, bars, rings.
SEEN = {
    # A choice stands on a suggestion's plum, a button may stand in an amber note.
    "edge": ("paper", "card", "plum-soft", "amber-soft"),
    "ink-soft": ("card",),
    "pine": ("paper", "card", "pine-soft", "plum-soft", "amber-soft", "line"),
    "pine-ink": ("pine-soft",),
    "on-pine": ("pine",),
    "plum": ("paper", "plum-soft"),
    "amber": ("paper", "card"),
}
# Lines between things that are told apart without them, and what lies behind a dialog.
DECORATION = {"line", "shade"}

Colour = tuple[float, float, float]


def tokens(theme: str) -> dict[str, Colour]:
    """Linear sRGB by name. What a theme does not say stays as the light one has it."""
    light, dark = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    found = dict(TOKEN.findall(light))
    if theme == "dark":
        found |= dict(TOKEN.findall(dark))
    return {name: from_oklch(value) for name, value in found.items()}


def from_oklch(value: str) -> Colour:
    """`43% .075 175` as linear sRGB, clipped to what a screen can show."""
    lightness, chroma, hue = value.split("/")[0].split()
    light = float(lightness.rstrip("%")) / 100
    a = float(chroma) * cos(radians(float(hue)))
    b = float(chroma) * sin(radians(float(hue)))
    # Björn Ottosson's OKLab, to cone responses and on to linear sRGB.
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in channels)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    def luminance(colour: Colour) -> float:
        red, green, blue = colour
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_faint(theme: str, pairs: dict[str, tuple[str, ...]], least: float) -> dict[str, float]:
    colours = tokens(theme)
    ratios = {
        f"{mark} on {ground}": round(contrast(colours[mark], colours[ground]), 2)
        for mark, grounds in pairs.items()
        for ground in grounds
    }
    return {pair: ratio for pair, ratio in ratios.items() if ratio < least}


def test_the_sums_are_right() -> None:
    white, black = from_oklch("100% 0 0"), from_oklch("0% 0 0")
    assert contrast(white, black) == pytest.approx(21, abs=0.01)
    # #767676 is the known grey that just reads on white; its lightness in OKLCH is 56.5 %.
    assert contrast(white, from_oklch("56.48% 0 0")) == pytest.approx(4.54, abs=0.03)
    # Pure red, #f00.
    assert contrast(white, from_oklch("62.796% .25768 29.234")) == pytest.approx(4.0, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_reads_on_its_ground(theme: str) -> None:
    assert too_faint(theme, TEXT, 4.5) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_every_control_and_mark_is_seen_on_its_ground(theme: str) -> None:
    assert too_faint(theme, SEEN, 3.0) == {}


def test_no_colour_is_left_out() -> None:
    used = {
        name
        for pairs in (TEXT, SEEN)
        for mark, grounds in pairs.items()
        for name in (mark, *grounds)
    }
    assert set(tokens("light")) - used - DECORATION == set()


def test_every_colour_that_text_takes_is_checked_as_text() -> None:
    taken = {
        name
        for sheet in CSS.glob("*.css")
        for name in re.findall(r"(?<![\w-])color:\s*var\(--([\w-]+)\)", sheet.read_text())
    }
    # A button that cannot be pressed right now is exempt, and the ring around its word is not.
    assert taken - set(TEXT) - {"edge"} == set()


def test_colours_come_from_the_tokens_alone() -> None:
    elsewhere = {
        f"{sheet.name}: {found}"
        for sheet in CSS.glob("*.css")
        if sheet.name != "tokens.css"
        for found in re.findall(r"(?:rgb|hsl|oklch|oklab)a?\(|:[^;{]*#\w+;", sheet.read_text())
    }
    assert elsewhere == set()
