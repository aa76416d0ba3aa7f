"""Owns the PDF of an answer: its page, printed by the Chromium that the machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from creditor.errors import MissingError, Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome")
VARIABLE = "CREDITOR_CHROMIUM"
SECONDS = 120  # until a browser that does not answer is given up
FLAGS = ("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
PRINT = ("--disable-component-update", "--disable-sync", "--no-pdf-header-footer")


def find_chromium() -> str:
    """Path of a Chromium: that of ``CREDITOR_CHROMIUM`` where it is set, else the first on the path.

    Raises
    ------
    MissingError
        U504 where there is none, with how to get one.
    """
    named = os.environ.get(VARIABLE, "")
    found = next(filter(None, map(shutil.which, [named] if named else NAMES)), None)
    if found:
        return found
    what = f"{VARIABLE}={named} is not a program" if named else "no Chromium is installed"
    mend = f"install it (Debian, Ubuntu: apt install chromium), or set {VARIABLE} to the path of a Chromium "
    mend += "or Chrome; or write --html FILE and print that page from any browser"
    raise MissingError(Trouble("U504", "--pdf", what, "it prints the page", mend))


def to_pdf(page: str) -> bytes:
    """A self-contained page as PDF, on A4 unless the page says otherwise.

    Parameters
    ----------
    page : str
        HTML, as of `creditor.export.html.to_html`.

    Returns
    -------
    bytes

    Raises
    ------
    MissingError
        U504 without a Chromium, or where it prints nothing, with what it said.
    """
    program = find_chromium()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        flags = [*FLAGS, *PRINT, *(["--no-sandbox"] if root else []), f"--user-data-dir={folder}/profile"]
        command = [program, *flags, f"--print-to-pdf={target}", source.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
            said = done.stderr.decode("utf-8", "replace").strip()
        except subprocess.TimeoutExpired:
            said = f"no answer within {SECONDS:g} seconds"
        except OSError as error:
            said = error.strerror or str(error)
        if target.is_file() and (content := target.read_bytes()).startswith(b"%PDF-"):
            return content
    why = said.splitlines()[-1][:200] if said else "it said nothing"
    mend = f"set {VARIABLE} to another Chromium or Chrome, or write --html FILE and print that page"
    raise MissingError(Trouble("U504", "--pdf", f"{program} printed no PDF", why, mend))
