"""Regimes are read from folders; what is not there is named with the nearest."""

from __future__ import annotations

import pytest

from creditor.errors import InputError, MissingError
from creditor.regimes.read import load_regime, regime_names, require


def test_the_library_has_five_regimes_and_each_loads():
    assert regime_names() == ["csrc_2026_1", "debt_brake_de", "debt_ceiling_us", "eu_3_60", "notice42"]
    for name in regime_names():
        about = load_regime(name).about
        assert about["title"] and about["in_force_from"] and about["limits"] and about["text_version"]


def test_every_provision_has_words_of_its_own_and_a_short_key_phrase(notice):
    for provision in notice.provisions.values():
        assert provision.statement and provision.statement_zh and provision.modality
        assert 1 <= len(provision.key_phrase.split()) <= 12
        assert provision.key_phrase not in provision.statement or len(provision.key_phrase.split()) <= 6


def test_a_wrong_name_is_mended():
    with pytest.raises(MissingError) as caught:
        load_regime("notice43")
    assert caught.value.codes == ("R904",) and "notice42" in str(caught.value)
    with pytest.raises(InputError) as wrong:
        require(load_regime("notice42"), "XIV(z)", "--article")
    assert "XIV(" in str(wrong.value)


def test_a_family_or_note_with_a_wrong_value_is_refused(tmp_path):
    (tmp_path / "regime.toml").write_text('schema = 1\ntitle = "T"\n', "utf-8")
    words = 'schema = 1\n[[fact]]\nname = "place"\nvalues = ["a"]\n[[family]]\nname = "f"\nof = "place"\nvalues = ["b"]\n'
    words += '[[note]]\ngroup = "g"\ntexts = ["n"]\nsets = { plce = "a" }\n'
    (tmp_path / "words.toml").write_text(words, "utf-8")
    with pytest.raises(InputError) as caught:
        load_regime(str(tmp_path))
    assert caught.value.codes == ("R903", "R903")
