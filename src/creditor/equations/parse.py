"""Owns the reading of a model's text: all statements as typed nodes, or all of its mistakes at once."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

from creditor.equations.build import Builder, Refused
from creditor.equations.expressions import Expression
from creditor.equations.statements import Statement
from creditor.errors import InputError, Trouble

LIMIT = 2_000_000
MOST = 1_000
LONGEST_NAME = 200  # letters
_OVERLONG = re.compile(rf"[A-Za-z_0-9]{{{LONGEST_NAME + 1},}}")
_lock = threading.Lock()
_kept: list[tuple[Any, Builder]] = []


def parse(text: str, file: str = "model") -> list[Statement]:
    """Read a model's text.

    Parameters
    ----------
    text : str
        Statements of the language; a list such as ``given a = 1, b = 2`` gives one node per item.
    file : str
        Name of the text, for places and messages.

    Returns
    -------
    list of Statement
        In the order of the text.

    Raises
    ------
    InputError
        C102 for a text without a statement, C105 for one that is too large; E601 to E606 and T209 for
        mistakes, one for each statement that has any, up to a thousand.

    Examples
    --------
    >>> parse("let x = a * y(-1)")[0].value.right.lag
    1
    """
    statements: list[Statement] = _read(text, file, "model")
    if not statements:
        why = "there is not one statement in it"
        raise InputError(
            Trouble(
                "C102",
                file,
                "the text is empty",
                why,
                "begin with a statement such as sector households, firms",
            )
        )
    return statements


def parse_expression(text: str, file: str = "expression") -> Expression:
    """Read one expression, such as a condition of a check.

    Parameters
    ----------
    text : str
        An expression of the language.
    file : str
        Name of the text, for places and messages.

    Returns
    -------
    Expression
        The tree.

    Raises
    ------
    InputError
        As `parse`.

    Examples
    --------
    >>> parse_expression("x > 2 and y < 3").operator
    'and'
    """
    expression: Expression = _read(text, file, "either")
    return expression


def read_model_text(path: Path) -> str:
    """Read the file of a model.

    Parameters
    ----------
    path : Path
        A UTF-8 text.

    Returns
    -------
    str
        The text, with plain line breaks and without a byte order mark.

    Raises
    ------
    InputError
        C101 where it cannot be read, C103 where it is not UTF-8, C105 where it is too large.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "x.model"
    >>> _ = path.write_bytes(b"let x = 1\\r\\n")
    >>> read_model_text(path)
    'let x = 1\\n'
    """
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise InputError(_too_large(path.name, size))
        raw = path.read_bytes()
    except OSError as error:
        why = error.strerror or ""
        raise InputError(
            Trouble("C101", str(path), "the file cannot be read", why, "check the path")
        ) from None
    try:
        return _plain(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise InputError(Trouble("C103", f"{path.name}:{line}", what, "", "save the file as UTF-8")) from None


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _too_large(file: str, size: int) -> Trouble:
    what, why = f"the text has {size:,} bytes or letters", f"the limit is {LIMIT:,}"
    return Trouble("C105", file, what, why, "split it with extends")


def _short_names(text: str, file: str) -> None:
    """Refuse names that no message could show."""
    from creditor.equations.scan import scan
    from creditor.equations.stop import short

    long = [piece for piece in scan(text) if piece.kind == "name" and len(piece.value) > LONGEST_NAME]
    why, mend = f"the limit is {LONGEST_NAME}", "take a shorter name"
    found = {piece.value: piece for piece in reversed(long)}.values()
    troubles = [
        Trouble("E602", f"{file}:{p.line}", f"the name {short(p)} has {len(p.value):,} letters", why, mend)
        for p in sorted(found, key=lambda piece: piece.start)[:MOST]
    ]
    if troubles:
        raise InputError(troubles)


def _read(text: str, file: str, start: str) -> Any:
    if len(text) > LIMIT:
        raise InputError(_too_large(file, len(text)))
    text = _plain(text)
    if _OVERLONG.search(text):
        _short_names(text, file)
    with _lock:
        if not _kept:
            from creditor.equations.grammar import make_parser

            builder = Builder()
            _kept.append((make_parser(builder), builder))
        machine, builder = _kept[0]

        def attempt(part: str) -> Any:
            builder.begin(file)
            try:
                return machine.parse(part, start=start)
            finally:
                builder.begin("")

        from lark import UnexpectedInput

        try:
            return attempt(text)
        except (UnexpectedInput, Refused) as error:
            from creditor.equations.recover import recover

            troubles = recover(text, file, attempt, error, MOST if start == "model" else 0)
    raise InputError(troubles)
