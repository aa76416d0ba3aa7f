"""Colours keep the contrasts that readers need, in both themes, and stay apart for the colour-blind."""

import itertools

import pytest

from creditor.figures.palette import HEAT, TONES, contrast, mix, palette, variable, variables

# Machado, Oliveira and Fernandes (2009), full strength, on linear RGB.
BLIND = {
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}


def seen(colour, rows):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    linear = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in rows]
    red, green, blue = linear
    axes = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in axes)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_texts_have_contrast(theme):
    colours = palette(theme)
    for tone in TONES:
        least = 3 if tone == "unallocated" else 4.5  # names stand in their tone at the ends of lines
        assert contrast(colours[tone], colours["paper"]) >= least, tone
        assert contrast(colours["on_" + tone], colours[tone]) >= 4.5, tone
    for name in ("ink", "muted"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    for name, step in itertools.product(("heat", "cold"), range(len(HEAT))):
        assert contrast(colours[f"on_{name}_{step}"], colours[f"{name}_{step}"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ink_is_readable_upon_ribbons(theme):
    colours = palette(theme)
    for tone in TONES:
        assert contrast(colours["ink"], mix(colours["paper"], colours[tone], 0.38)) >= 4.5, tone


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", sorted(BLIND))
def test_tones_differ_for_the_colour_blind(theme, kind):
    colours = palette(theme)
    for first, second in itertools.combinations(TONES, 2):
        a, b = seen(colours[first], BLIND[kind]), seen(colours[second], BLIND[kind])
        distance = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
        assert distance >= 10, (first, second)


def test_both_themes_have_the_same_names():
    assert list(palette("light")) == list(palette("dark"))
    assert variables("light").count(";") == len(palette("light")) - 1
    assert variable("on_heat_3") == "--on-heat-3"


def test_no_third_theme():
    with pytest.raises(KeyError):
        palette("sepia")
