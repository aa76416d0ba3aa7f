"""A page becomes a PDF by the Chromium of the machine; without one, or with a broken one, the error says how."""

from __future__ import annotations

import re
import shutil

import pytest

from creditor.errors import MissingError
from creditor.export import pdf
from creditor.export.html import to_html
from creditor.export.pdf import NAMES, VARIABLE, find_chromium, to_pdf
from creditor.verbs.memo import memo

CASE = {"activity": "payment", "object": "virtual_currency", "place": "domestic"}


@pytest.fixture
def program(tmp_path):
    """Makes a program that stands for Chromium."""

    def make(text, name="chromium"):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(0o755)
        return str(path)

    return make


def refused(call, *words):
    with pytest.raises(MissingError) as caught:
        call()
    assert caught.value.codes == ("U504",) and caught.value.exit_code == 3
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_the_variable_comes_before_the_path(monkeypatch, tmp_path, program):
    first, other = program("exit 0"), program("exit 0", "google-chrome")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(VARIABLE, raising=False)
    assert find_chromium() == first
    monkeypatch.setenv(VARIABLE, other)
    assert find_chromium() == other


def test_none_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(VARIABLE, raising=False)
    refused(lambda: to_pdf("<p>"), "no Chromium is installed", "apt install chromium", "--html")
    monkeypatch.setenv(VARIABLE, "/nowhere/chromium")
    refused(find_chromium, "CREDITOR_CHROMIUM=/nowhere/chromium is not a program")


def test_one_that_prints_nothing_is_named_with_what_it_said(monkeypatch, program):
    monkeypatch.setenv(VARIABLE, program("echo no display >&2; exit 1"))
    refused(lambda: to_pdf("<p>"), "printed no PDF", "no display")
    monkeypatch.setenv(
        VARIABLE, program("for a; do case $a in --print-to-pdf=*) echo x > ${a#*=};; esac; done")
    )
    refused(lambda: to_pdf("<p>"), "printed no PDF", "it said nothing")
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    monkeypatch.setenv(VARIABLE, program("exec sleep 5"))
    refused(lambda: to_pdf("<p>"), "no answer within 0.2 seconds")


def test_what_is_printed_comes_back(monkeypatch, program):
    copy = "for a; do case $a in --print-to-pdf=*) o=${a#*=};; file://*) i=${a#file://};; esac; done\n"
    monkeypatch.setenv(VARIABLE, program(f"{copy}(printf %%PDF-1.4; cat $i) > $o"))
    assert to_pdf("<p>Notiz 备案</p>") == "%PDF-1.4<p>Notiz 备案</p>".encode()


@pytest.mark.skipif(
    not any(map(shutil.which, NAMES)), reason="no Chromium; scripts/chromium.sh says how to get one"
)
def test_a_real_browser_prints_the_memo(monkeypatch):
    made = to_pdf(to_html(memo(CASE)))
    assert made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) >= 1 and len(made) > 10_000
