import shutil
import subprocess

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from verkosto.localisation.exchange import FORMATS, import_units, units_for
from verkosto.localisation.exchange.units import BrokenFile
from verkosto.localisation.exchange.xliff import NAMESPACE
from verkosto.localisation.states.recount import recount

# Strings are HTML in wagtail-localize, also those of plain fields.
NEW = 'Uusi "johdanto" &amp; muuta'


def everybody(translation):
    return True


@pytest.fixture
def outdated(talk, translation):
    talk.intro = 'Uusi "johdanto" & muuta'
    talk.save_revision().publish()
    recount()
    return translation


def written(name, translation, **kwargs):
    units = list(units_for([translation], **kwargs))
    return FORMATS[name].write(units, source_language="fi", language="sv"), units


@pytest.mark.parametrize("name", ["po", "xliff"])
def test_a_file_comes_back_as_it_went(name, outdated):
    data, units = written(name, outdated)
    language, read = FORMATS[name].read(data)
    assert language == "sv"
    assert [(u.translation, u.path, u.source, u.target, u.fuzzy) for u in read] == [
        (u.translation, u.path, u.source, u.target, u.fuzzy) for u in units
    ]
    changed, refused = import_units(read, by=None, may_write=everybody)
    assert (changed, refused) == (0, [])


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_msgfmt_accepts_the_file(outdated, tmp_path):
    path = tmp_path / "x.po"
    path.write_bytes(written("po", outdated)[0])
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(path)], check=True)  # noqa: S607


def test_an_independent_reader_edits_the_xliff(outdated, tmp_path):
    xliff2 = pytest.importorskip("translate.storage.xliff2")
    path = tmp_path / "x.xlf"
    path.write_bytes(written("xliff", outdated, only_open=True)[0])
    store = xliff2.Xliff2File.parsefile(str(path))
    (unit,) = store.units
    assert unit.source == NEW
    unit.target = "Ny inledning"
    store.savefile(str(path))
    _language, units = FORMATS["xliff"].read(path.read_bytes())
    assert import_units(units, by=None, may_write=everybody) == (1, [])
    assert StringTranslation.objects.filter(data="Ny inledning").exists()


def test_only_what_waits_is_sent(outdated):
    assert [unit.source for unit in units_for([outdated], only_open=True)] == [NEW]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"fuzzy": True}, "Fuzzy: not confirmed by a person."),
        ({"target": "<b>obestämd"}, "The text’s markup is not valid"),
        ({"target": "<script>x</script>"}, "The text’s markup is not valid"),
        ({"source": "Muuta"}, "The original has changed since the file was exported."),
        ({"path": "nowhere"}, "This text is no longer in the original."),
        ({"translation": "nonsense"}, "This translation does not exist."),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_half_imported(change, reason, outdated, settings):
    from dataclasses import replace

    from django.utils import translation as language

    units = [replace(unit, target="Ny text") for unit in units_for([outdated])]
    units[-1] = replace(units[-1], **change)
    with language.override("en"):
        changed, refused = import_units(units, by=None, may_write=everybody)
    assert changed == 0
    assert [str(refusal.reason)[: len(reason)] for refusal in refused] == [reason]
    assert not StringTranslation.objects.filter(data="Ny text").exists()
    changed, refused = import_units(units, by=None, may_write=everybody, despite_refusals=True)
    assert (changed, len(refused)) == (len(units) - 1, 1)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("po", b"\xff\xfe\x00"),
        ("po", b'msgid "x"\nmsgstr "y'),
        ("xliff", b"<xliff>"),
        ("xliff", b"<other/>"),
        ("xliff", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
    ],
)
def test_a_broken_file_is_told_so(name, data):
    with pytest.raises(BrokenFile):
        FORMATS[name].read(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused_in_every_encoding(encoding):
    data = f'''<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>
    <xliff xmlns="{NAMESPACE}" version="2.0" trgLang="sv"><file id="t-1"><unit id="u1" name="title"><segment>
    <source>&a;</source><target>&a;</target></segment></unit></file></xliff>'''.encode(encoding)
    with pytest.raises(BrokenFile, match=r"^a document type is not allowed$"):
        FORMATS["xliff"].read(data)


@pytest.mark.parametrize("encoding", ["shift_jis", "no-such-encoding"])
def test_an_unreadable_encoding_is_a_broken_file(encoding):
    with pytest.raises(BrokenFile):
        FORMATS["xliff"].read(f'<?xml version="1.0" encoding="{encoding}"?><xliff/>'.encode())


@pytest.mark.parametrize("element", ["<unit/>", '<a b=""/>'])
def test_a_file_of_too_many_elements_is_refused(element, monkeypatch):
    monkeypatch.setattr("verkosto.localisation.exchange.xliff.MAX_NODES", 10)
    data = f'<xliff xmlns="{NAMESPACE}" version="2.0"><file id="t-1">{element * 20}</file></xliff>'.encode()
    with pytest.raises(BrokenFile, match=r"^more than 10 elements and attributes$"):
        FORMATS["xliff"].read(data)


def test_through_the_admin(client, make_user, outdated, locales):
    client.force_login(make_user("sv", "change_page"))
    url = reverse("verkosto_localisation:exchange")
    query = {"format": "po", "source": locales["fi"].pk, "locale": locales["sv"].pk, "only_open": "on"}
    response = client.get(url, query)
    po = polib.pofile(response.content.decode())
    (entry,) = [entry for entry in po if entry.msgid == NEW]
    entry.msgstr = "Ny inledning"
    upload = SimpleUploadedFile("x.po", str(po).encode())
    assert client.post(url, {"file": upload}).status_code == 302
    assert StringTranslation.objects.filter(data="Ny inledning", translation_type="manual").exists()


def test_another_languages_strings_are_not_imported(client, make_user, outdated, locales, home):
    data, _units = written("po", outdated)
    po = polib.pofile(data.decode())
    po[0].msgstr = "Förstört"
    home.copy_for_translation(locales["en"]).save_revision().publish()
    client.force_login(make_user("en", "change_page"))
    client.post(reverse("verkosto_localisation:exchange"), {"file": SimpleUploadedFile("x.po", str(po).encode())})
    assert not StringTranslation.objects.filter(data="Förstört").exists()
