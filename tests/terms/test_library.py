"""TOML files of the library are read, or refused with the place of what is wrong."""

import pytest

from creditor.errors import InputError, MissingError
from creditor.terms.library import ROOT, place_of, read_toml


def written(folder, content):
    path = folder / "x.toml"
    path.write_bytes(content)
    return path


def refused(path, kind=InputError):
    with pytest.raises(kind) as caught:
        read_toml(path)
    (trouble,) = caught.value.troubles
    return trouble


def test_the_library_is_there():
    assert (ROOT / "terms" / "sectors.csv").is_file()
    assert read_toml(ROOT / "countries" / "USA" / "sources.toml")["schema"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b'schema = 1\nname = "\xc3\xa9"\n',
        b'\xef\xbb\xbfschema = 1\r\nname = "\xc3\xa9"\r\n',
    ],
)
def test_a_byte_order_mark_and_line_ends_do_not_matter(tmp_path, content):
    assert read_toml(written(tmp_path, content)) == {"schema": 1, "name": "é"}


def test_an_absent_file_is_missing_data(tmp_path):
    trouble = refused(tmp_path / "no.toml", MissingError)
    assert (trouble.code, trouble.where, trouble.what) == ("C101", "no.toml", "no.toml is not there")


def test_a_folder_cannot_be_read(tmp_path):
    trouble = refused(tmp_path)
    assert (trouble.code, trouble.what) == ("C101", "the file cannot be read")
    assert trouble.why


def test_a_byte_that_is_not_utf_8_has_its_line(tmp_path):
    trouble = refused(written(tmp_path, b'\xef\xbb\xbfschema = 1\n# caf\xc3\xa9\nname = "Cura\xe7ao"\n'))
    assert (trouble.code, trouble.where) == ("C103", "x.toml:3")
    assert trouble.what == "byte 0xe7 is not UTF-8"


def test_a_mistake_has_its_line(tmp_path):
    trouble = refused(written(tmp_path, b"schema = 1\n\nname = USA\n"))
    assert (trouble.code, trouble.where) == ("C115", "x.toml:3")
    assert "line 3" in trouble.why
    assert refused(written(tmp_path, b"schema = 1\nname = ")).code == "C115"


@pytest.mark.parametrize("content", [b"", b"schema = 2\n", b"schema = true\n", b"schema = 1.0\n"])
def test_the_schema_is_the_number_one(tmp_path, content):
    trouble = refused(written(tmp_path, content))
    assert (trouble.code, trouble.where, trouble.mend) == ("C114", "x.toml", "write schema = 1 at the top")


def test_the_place_of_a_text_is_found_from_the_outside_in(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("a = 1\n[b]\nkey = 1\n[c]\nkey = 2\n")
    assert place_of(path, "key") == "x.toml:3" and place_of(path, "[c]", "key") == "x.toml:5"
    assert place_of(path, "[c]", "other") == "x.toml:4" and place_of(path, "nothing") == "x.toml"
