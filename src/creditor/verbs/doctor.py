"""Owns the verb doctor: what this installation has and what it lacks."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import sys
import tempfile
from pathlib import Path

from creditor.errors import CreditorError
from creditor.opening.country import available, load_country
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.provenance import VERSION
from creditor.verbs.words import counted

NEEDED = ("numpy", "scipy", "click", "rich", "jinja2", "xlsxwriter", "platformdirs")
OPTIONAL = {
    "pandas": "Table.to_pandas",
    "xarray": "Table.to_xarray",
    "sqlalchemy": "a store of alerts in PostgreSQL",
    "pg8000": "a store of alerts in PostgreSQL",
}


def doctor() -> Answer:
    """Check the installation.

    Returns
    -------
    Answer
        Payload ``{"version", "python", "packages", "optional", "economies", "folders", "findings"}``; this
        answer depends on the machine. Exit code 1 where something needed is missing.

    Examples
    --------
    >>> doctor().payload["version"] == VERSION
    True
    """
    findings: list[Finding] = []
    packages = {name: _version(name) for name in NEEDED}
    optional = {name: _version(name) for name in OPTIONAL}
    for name, version in packages.items():
        if not version:
            findings.append(
                Finding("fault", name, f"{name} is not installed.", mend="run make run again", code="U504")
            )
    for name, version in optional.items():
        if not version:
            findings.append(
                Finding("note", name, f"{name} is not installed; only {OPTIONAL[name]} needs it.")
            )
    economies = {}
    for code in available():
        try:
            economies[code] = load_country(code).digest
        except CreditorError as error:
            findings += [
                Finding("fault", trouble.where, trouble.what, trouble.why, trouble.mend, trouble.code)
                for trouble in error.troubles
            ]
    folders = _folders()
    for purpose, (place, writable) in folders.items():
        if not writable:
            sentence = f"The folder for {purpose} cannot be written; everything works without it."
            findings.append(Finding("warning", place, sentence))
    faults = [finding for finding in findings if finding.severity == "fault"]
    words = ", ".join(f"{name} {version}" for name, version in packages.items() if version)
    story = f"creditor {VERSION} on Python {sys.version.split()[0]} with {words}. "
    story += f"{counted(len(economies), 'economy', 'economies')} in the library: {', '.join(economies)}. "
    story += "All is well." if not faults else f"{counted(len(faults), 'fault')}."
    payload = {
        "version": VERSION,
        "python": sys.version.split()[0],
        "packages": packages,
        "optional": optional,
        "economies": economies,
        "folders": {
            purpose: {"path": place, "writable": writable} for purpose, (place, writable) in folders.items()
        },
        "findings": [finding.as_dict() for finding in findings],
    }
    return Answer(story, findings=tuple(findings), payload=payload, exit_code=1 if faults else 0)


def _version(name: str) -> str | None:
    if importlib.util.find_spec(name) is None:
        return None
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def _folders() -> dict[str, tuple[str, bool]]:
    import platformdirs

    places = {
        "caches": os.environ.get("CREDITOR_CACHE") or platformdirs.user_cache_dir("creditor"),
        "runs": platformdirs.user_data_dir("creditor"),
    }
    return {purpose: (place, _writable(Path(place))) for purpose, place in places.items()}


def _writable(place: Path) -> bool:
    existing = next((folder for folder in (place, *place.parents) if folder.is_dir()), None)
    if existing is None:
        return False
    try:
        with tempfile.TemporaryFile(dir=existing):
            return True
    except OSError:
        return False
