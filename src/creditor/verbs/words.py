"""Owns the small words of stories: a number with its noun."""

from __future__ import annotations


def counted(number: int, noun: str, several: str = "") -> str:
    """A number with its noun, in the plural where there is not exactly one.

    Parameters
    ----------
    number : int
    noun : str
    several : str
        The plural, where it is not the noun with an s.

    Examples
    --------
    >>> counted(1, "fault"), counted(2, "economy", "economies")
    ('1 fault', '2 economies')
    """
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"
