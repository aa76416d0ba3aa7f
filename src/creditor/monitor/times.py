"""Owns the times of events: read as given, kept in universal time to the second."""

from __future__ import annotations

from datetime import UTC, datetime

from creditor.errors import InputError, Trouble


def read_time(text: str, where: str = "--at") -> str:
    """Read a time; without an offset it is universal time, without a clock it is midnight.

    Parameters
    ----------
    text : str
        ISO 8601, such as ``2026-03-01``, ``2026-03-01T09:30`` or ``2026-03-01T17:30+08:00``.
    where : str
        Place named in the error.

    Returns
    -------
    str
        Such as ``2026-03-01T09:30:00Z``; texts sort as times do.

    Raises
    ------
    InputError
        M910 where it is no time.

    Examples
    --------
    >>> read_time("2026-03-01T17:30+08:00")
    '2026-03-01T09:30:00Z'
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        return moment.replace(tzinfo=UTC, microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (ValueError, OverflowError):
        mend = "write it as 2026-03-01, 2026-03-01T09:30 or 2026-03-01T17:30+08:00"
        raise InputError(Trouble("M910", where, f"{text[:40]!r} is no time", "", mend)) from None


def now() -> str:
    """The time of the clock.

    Examples
    --------
    >>> now()[-1]
    'Z'
    """
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_between(earlier: str, later: str) -> float:
    """Seconds from one time to another.

    Examples
    --------
    >>> seconds_between("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")
    86400.0
    """
    first, last = (datetime.fromisoformat(text) for text in (earlier, later))
    return (last - first).total_seconds()
