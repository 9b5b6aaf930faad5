"""The glossary goes out as CSV and TBX, and comes back."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from translate.storage import tbx

from verkosto.localisation.exchange.glossary_files import Term, import_terms, read, terms_of, write_csv, write_tbx
from verkosto.localisation.exchange.units import BrokenFile
from verkosto.localisation.models import GlossaryTerm

TERMS = [
    Term("fi", "verkosto", "en", "network"),
    Term("fi", "verkosto", "sv", "nätverk", "Aina näin, ei ”ring”"),
    Term("fi", "=ääni; <b>", "sv", "+röst, & ljud"),
]


@pytest.mark.parametrize("write", [write_csv, write_tbx])
def test_a_file_comes_back_as_it_went(write):
    found = {(term.source_language, term.source, term.language, term.target, term.note) for term in read(write(TERMS))}
    assert found == {(term.source_language, term.source, term.language, term.target, term.note) for term in TERMS}


def test_a_spreadsheet_reads_no_formula():
    assert b"'=\xc3\xa4\xc3\xa4ni" in write_csv(TERMS)


def test_an_independent_reader_reads_the_tbx(tmp_path):
    path = tmp_path / "x.tbx"
    path.write_bytes(write_tbx(TERMS[1:2]))
    (unit,) = tbx.tbxfile.parsefile(str(path)).units
    assert (unit.source, unit.target) == ("verkosto", "nätverk")


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2", b"<martif", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_a_file_that_is_none_is_refused(data):
    with pytest.raises(BrokenFile):
        read(data)


def test_excel_of_finland_writes_semicolons(locales):
    data = "source_language;term;language;translation;note\nfi;kuja;sv;gränd;\n".encode("cp1252")
    assert read(data) == [Term("fi", "kuja", "sv", "gränd", "", 2)]


def test_known_terms_are_changed_and_new_ones_added(locales):
    GlossaryTerm.objects.create(source_locale=locales["fi"], source="verkosto", locale=locales["sv"], target="ring")
    assert import_terms(TERMS[:2]) == (2, [])
    assert terms_of(GlossaryTerm.objects.order_by("locale_id")) == sorted(
        TERMS[:2], key=lambda term: locales[term.language].pk
    )
    assert import_terms(TERMS[:2]) == (0, [])


@pytest.mark.parametrize(
    "wrong", [Term("fi", "kuja", "xx", "gränd"), Term("fi", "kuja", "fi", "kuja"), Term("fi", "kuja", "sv", "")]
)
def test_nothing_is_imported_if_a_term_is_refused(wrong, locales):
    changed, refused = import_terms([TERMS[0], wrong])
    assert (changed, [term for term, _reason in refused]) == (0, [wrong])
    assert not GlossaryTerm.objects.exists()


def test_who_sees_the_glossary_downloads_it_and_who_changes_it_imports(client, make_user, locales):
    user = make_user("sv", "change_page")
    client.force_login(user)
    address = reverse("verkosto_localisation:glossary_files")
    assert client.get(address, {"format": "csv"}).status_code == 302
    user.user_permissions.add(Permission.objects.get(codename="view_glossaryterm"))
    import_terms(TERMS)
    assert client.get(address, {"format": "csv"}).content == write_csv(
        terms_of(GlossaryTerm.objects.order_by("source_locale", "source", "locale"))
    )
    assert 'type="file"' not in client.get(address).content.decode()
    upload = {"file": SimpleUploadedFile("x.csv", write_csv([Term("fi", "kuja", "sv", "gränd")]))}
    client.post(address, upload)
    assert not GlossaryTerm.objects.filter(source="kuja").exists()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["add_glossaryterm", "change_glossaryterm"]))
    upload["file"].seek(0)
    assert client.post(address, upload).status_code == 302
    assert GlossaryTerm.objects.get(source="kuja").target == "gränd"
