"""Owns the colours: tones of holders, steps of heat, paper and ink, for light and for dark."""

from __future__ import annotations

TONES = ("state", "central_bank", "intermediary", "household", "foreign", "firm", "unallocated", "neutral")
HEAT = (0.13, 0.25, 0.38, 0.52, 0.68, 0.86)
_BASE = {
    "light": {
        "paper": "#fcfbf8",
        "ink": "#1d2129",
        "muted": "#59606d",
        "rule": "#dcdad4",
        "state": "#243b98",
        "central_bank": "#9b6710",
        "intermediary": "#14707a",
        "household": "#983417",
        "foreign": "#6a2f74",
        "firm": "#636f38",
        "unallocated": "#8c8e92",
        "neutral": "#40454c",
    },
    "dark": {
        "paper": "#15181d",
        "ink": "#eceef2",
        "muted": "#a9b0bc",
        "rule": "#363c46",
        "state": "#5582d4",
        "central_bank": "#f7d563",
        "intermediary": "#31c3a6",
        "household": "#e15640",
        "foreign": "#dd98d6",
        "firm": "#86b26d",
        "unallocated": "#797f88",
        "neutral": "#d3d8de",
    },
}


def palette(theme: str) -> dict[str, str]:
    """All colours of a theme by name.

    Parameters
    ----------
    theme : str
        ``light`` or ``dark``.

    Returns
    -------
    dict
        ``paper``, ``ink``, ``muted``, ``rule``, each tone, ``on_TONE`` for text upon a tone, ``heat_0`` and
        up (``cold_0`` for negative numbers) and ``on_heat_0``, ``on_cold_0`` for text upon them.

    Examples
    --------
    >>> palette("dark")["paper"]
    '#15181d'
    """
    base = _BASE[theme]
    colours = dict(base)
    for tone in TONES:
        colours[f"on_{tone}"] = _text_on(base[tone])
    for name, tone in (("heat", "state"), ("cold", "household")):
        for step, part in enumerate(HEAT):
            colours[f"{name}_{step}"] = mix(base["paper"], base[tone], part)
            colours[f"on_{name}_{step}"] = _text_on(colours[f"{name}_{step}"])
    return colours


def variables(theme: str, names: list[str] | None = None) -> str:
    """CSS custom properties of a theme, as declarations.

    Parameters
    ----------
    theme : str
        ``light`` or ``dark``.
    names : list of str, optional
        Only these colours, in this order.

    Returns
    -------
    str

    Examples
    --------
    >>> variables("light", ["paper", "central_bank"])
    '--paper:#fcfbf8;--central-bank:#9b6710'
    """
    colours = palette(theme)
    chosen = list(colours) if names is None else names
    return ";".join(f"{variable(name)}:{colours[name]}" for name in chosen)


def variable(name: str) -> str:
    """Name of the CSS custom property of a colour.

    Examples
    --------
    >>> variable("on_household")
    '--on-household'
    """
    return "--" + name.replace("_", "-")


def mix(first: str, second: str, part: float) -> str:
    """Colour that has `part` of the second and the rest of the first.

    Examples
    --------
    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * part)):02x}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """Contrast of two colours by the formula of WCAG 2, from 1 to 21.

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _text_on(background: str) -> str:
    return max(("#ffffff", "#0b0d10"), key=lambda colour: contrast(colour, background))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
