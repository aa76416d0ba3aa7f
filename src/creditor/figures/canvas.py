"""Owns the SVG elements: shapes, labels with known boxes, hatches, and the style they need."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from creditor.figures.palette import palette, variable, variables
from creditor.figures.text import text_width

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
PIECE_GAP = 0.55
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


@dataclass(frozen=True)
class Label:
    """One line of text and where it stands.

    Parameters
    ----------
    x, y : float
        Anchor and baseline in pixels.
    pieces : tuple of (text, colour, bold)
        Set one after the other with a small gap.
    size : float
        Font size in pixels.
    anchor : str
        ``start``, ``middle`` or ``end``.
    full : str
        Tooltip, where the text was shortened.
    halo : bool
        Whether a rim of paper keeps it readable upon ribbons.

    Examples
    --------
    >>> Label(0, 20, (("Banks", "ink", False),), 10).box
    (0.0, 11.0, 31.5, 22.5)
    """

    x: float
    y: float
    pieces: tuple[tuple[str, str, bool], ...]
    size: float
    anchor: str = "start"
    full: str = ""
    halo: bool = False

    @property
    def width(self) -> float:
        """Estimated width."""
        gaps = PIECE_GAP * self.size * (len(self.pieces) - 1)
        return sum(text_width(text, self.size, bold) for text, _, bold in self.pieces) + gaps

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        return left, self.y - 0.9 * self.size, left + self.width, self.y + 0.25 * self.size


class Canvas:
    """Collects elements and what they use.

    Parameters
    ----------
    key : str
        Prefix of every id and class, so that several figures may stand in one page.
    theme : str
        ``auto``, ``light`` or ``dark``.

    Examples
    --------
    >>> canvas = Canvas("c1", "light")
    >>> canvas.rect(0, 0, 10, 5, "household")
    >>> canvas.parts[0]
    '<rect x="0" y="0" width="10" height="5" class="household" fill="#983417"/>'
    """

    def __init__(self, key: str, theme: str) -> None:
        self.key = key
        self.theme = theme
        self.parts: list[str] = []
        self.labels: list[Label] = []
        self._plain = palette("dark" if theme == "dark" else "light")
        self._used: dict[str, None] = {}
        self._hatches: dict[str, None] = {}

    def fill(self, colour: str) -> str:
        """Attributes that fill with a colour; renderers without CSS take the plain one."""
        self._used[colour] = None
        return f'class="{_kebab(colour)}" fill="{self._plain[colour]}"'

    def stroke(self, colour: str) -> str:
        """Attributes that draw a line in a colour without filling."""
        self._used[colour] = None
        return f'class="line-{_kebab(colour)}" fill="none" stroke="{self._plain[colour]}"'

    def hatch(self, tone: str) -> str:
        """Attributes that fill with the stripes of a tone, for assumptions (grade C)."""
        self._hatches[tone] = None
        return f'fill="url(#{self.key}-hatch-{_kebab(tone)})"'

    def rect(
        self, x: float, y: float, width: float, height: float, colour: str, title: str = "", extra: str = ""
    ) -> None:
        """Add a rectangle."""
        shape = f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
        self._shape(shape + self.fill(colour) + extra, title)

    def assumed_rect(
        self, x: float, y: float, width: float, height: float, tone: str, title: str = ""
    ) -> None:
        """Add a rectangle that shows an assumption: hatched, with a dashed outline."""
        shape = f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
        self._shape(shape + self.hatch(tone), title)
        self.parts.append(shape + self.stroke(tone) + ' stroke-dasharray="3 2" pointer-events="none"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.0) -> None:
        """Add a straight line."""
        ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        self.parts.append(f'<line {ends} {self.stroke(colour)} stroke-width="{number(width)}"/>')

    def ribbon(self, outline: str, tone: str, assumed: bool, title: str) -> None:
        """Add a ribbon; an assumed one is hatched, with a dashed outline."""
        if assumed:
            edge = ' stroke-width="0.75" stroke-dasharray="3 2" stroke-opacity="0.7" pointer-events="none"/>'
            self._shape(f'<path d="{outline}" {self.hatch(tone)}', title)
            self.parts.append(f'<path d="{outline}" {self.stroke(tone)}{edge}')
        else:
            self._shape(f'<path d="{outline}" {self.fill(tone)} fill-opacity="0.38"', title)

    def curve(self, outline: str, tone: str, title: str) -> None:
        """Add a line through points."""
        self._shape(
            f'<path d="{outline}" {self.stroke(tone)} stroke-width="2" stroke-linejoin="round"', title
        )

    def label(self, label: Label) -> None:
        """Add a line of text and remember its box."""
        self.labels.append(label)
        place = f'x="{number(label.x)}" y="{number(label.y)}" font-size="{number(label.size)}"'
        anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
        title = f"<title>{clean(label.full)}</title>" if label.full else ""
        spans = []
        for index, (text, colour, bold) in enumerate(label.pieces):
            gap = f' dx="{number(PIECE_GAP * label.size)}"' if index else ""
            weight = ' font-weight="600"' if bold else ""
            spans.append(f"<tspan{gap}{weight} {self.fill(colour)}>{clean(text)}</tspan>")
        halo = ""
        if label.halo:
            self._used["paper"] = None
            halo = f' class="halo" stroke="{self._plain["paper"]}"'
        self.parts.append(f"<text {place}{anchor}{halo}>{title}{''.join(spans)}</text>")

    def style(self) -> str:
        """The style and hatches that the elements need, as SVG."""
        hatches = "".join(self._pattern(tone) for tone in self._hatches)
        names = list(self._used)
        scope = f".{self.key}"
        rules = [f"{scope}{{{variables('dark' if self.theme == 'dark' else 'light', names)}}}"]
        if self.theme == "auto":
            dark = variables("dark", names)
            rules.append(f"@media screen and (prefers-color-scheme:dark){{{scope}{{{dark}}}}}")
        rules.append(f"{scope} text{{font-variant-numeric:tabular-nums}}")
        rules.append(
            f"{scope} .halo{{stroke:var(--paper);stroke-width:3px;stroke-opacity:.7;stroke-linejoin:round;"
            "paint-order:stroke}"
        )
        for name in names:
            css, value = _kebab(name), f"var({variable(name)})"
            rules.append(f"{scope} .{css}{{fill:{value}}}{scope} .line-{css}{{stroke:{value}}}")
        defs = f"<defs>{hatches}</defs>" if hatches else ""
        return f"<style>{''.join(rules)}</style>{defs}"

    def _pattern(self, tone: str) -> str:
        fill = self.fill(tone)
        return (
            f'<pattern id="{self.key}-hatch-{_kebab(tone)}" width="6" height="6" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="6" height="6" {fill} fill-opacity="0.1"/>'
            f'<rect width="2" height="6" {fill} fill-opacity="0.6"/></pattern>'
        )

    def _shape(self, opened: str, title: str) -> None:
        tag = opened[1 : opened.index(" ")]
        self.parts.append(f"{opened}><title>{clean(title)}</title></{tag}>" if title else f"{opened}/>")


def number(value: float) -> str:
    """A coordinate with at most two digits after the point.

    Examples
    --------
    >>> number(3.0), number(-0.001), number(2.346)
    ('3', '0', '2.35')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def clean(text: str) -> str:
    """Escape a text for XML and drop letters that XML does not allow.

    Examples
    --------
    >>> clean("a < b & c")
    'a &lt; b &amp; c'
    """
    return escape(_valid(text))


def attribute(text: str) -> str:
    """A quoted XML attribute value.

    Examples
    --------
    >>> attribute('a "b"')
    '"a &quot;b&quot;"'
    """
    return quoteattr(_valid(text), {'"': "&quot;"})


def _valid(text: str) -> str:
    return "".join(letter for letter in text.translate(_FORBIDDEN) if not 0xD800 <= ord(letter) <= 0xDFFF)


def _kebab(name: str) -> str:
    return name.replace("_", "-")
