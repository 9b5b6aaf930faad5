import subprocess
from dataclasses import replace

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation as language
from translate.storage import tmx, xliff2
from wagtail_localize.models import StringTranslation

from tests.verkosto.localisation.editing import save_text
from verkosto.localisation.exchange import FORMATS, format_of, import_units, units_for
from verkosto.localisation.exchange.units import BrokenFile
from verkosto.localisation.exchange.xliff import NAMESPACE
from verkosto.localisation.states.recount import recount
from verkosto.localisation.workflow.approval import missing_strings

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
    code, read = FORMATS[name].read(data)
    assert code == "sv"
    assert [(u.translation, u.path, u.source, u.target, u.fuzzy) for u in read] == [
        (u.translation, u.path, u.source, u.target, u.fuzzy) for u in units
    ]
    changed, refused = import_units(read, by=None, may_write=everybody)
    assert (changed, refused) == (0, [])


def test_a_memory_goes_out_as_tmx_and_comes_back(outdated, tmp_path):
    data, units = written("tmx", outdated)
    code, read = FORMATS["tmx"].read(data)
    reviewed = [unit for unit in units if unit.target and not unit.fuzzy]
    assert code == "sv"
    assert format_of(data) is FORMATS["tmx"]
    assert [(u.translation, u.path, u.source, u.target) for u in read] == [
        (u.translation, u.path, u.source, u.target) for u in reviewed
    ]
    assert import_units(read, by=None, may_write=everybody) == (0, [])
    changed = [replace(read[0], target="Annat"), *read[1:]]
    assert import_units(changed, by=None, may_write=everybody)[0] == 1
    path = tmp_path / "x.tmx"
    path.write_bytes(data)
    with path.open("rb") as file:
        found = tmx.tmxfile(file, "fi", "sv").units
    assert [(unit.source, unit.target) for unit in found] == [(unit.source, unit.target) for unit in reviewed]


@pytest.mark.gettext
def test_msgfmt_accepts_the_file(outdated, tmp_path):
    path = tmp_path / "x.po"
    path.write_bytes(written("po", outdated)[0])
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(path)], check=True)  # noqa: S607


def test_an_independent_reader_edits_the_xliff(outdated, tmp_path):
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
    monkeypatch.setattr("verkosto.localisation.exchange.xml.MAX_NODES", 10)
    data = f'<xliff xmlns="{NAMESPACE}" version="2.0"><file id="t-1">{element * 20}</file></xliff>'.encode()
    with pytest.raises(BrokenFile, match=r"^more than 10 elements and attributes$"):
        FORMATS["xliff"].read(data)


def translated_units(translation, **changes):
    return [replace(unit, **changes) for unit in units_for([translation])]


@pytest.mark.parametrize("name", ["po", "xliff"])
def test_an_untouched_file_is_accepted_even_of_a_page_in_moderation(name, outdated):
    """Unchanged texts were refused because nobody could change them now."""
    StringTranslation.objects.filter(data="sv Kahvi").update(translation_type="machine")
    _language, read = FORMATS[name].read(written(name, outdated)[0])
    assert import_units(read, by=None, may_write=lambda translation: False) == (0, [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * 201, "“Intro” can have at most 200 characters. This text has 201."),
        ("&amp;" * 200, ""),
    ],
)
def test_a_text_that_its_field_cannot_hold_is_refused_wherever_it_is_imported(
    text, reason, client, make_user, outdated, swedish, commit
):
    segment = outdated.source.stringsegment_set.get(string__data=NEW)
    units = [replace(unit, target=text) for unit in units_for([outdated]) if unit.path == "intro"]
    with language.override("en"):
        _changed, refused = import_units(units, by=None, may_write=everybody)
    assert [refusal.reason for refusal in refused] == [reason] * bool(reason)
    client.force_login(make_user("sv", "change_page"))
    StringTranslation.objects.filter(context=segment.context, translation_of=segment.string).delete()
    save_text(client, outdated, segment, text)
    assert StringTranslation.objects.filter(data=text).exists() is not bool(reason)
    # wagtail-localize's own editor and file, and any plugin: stored as wrong, with the reason, and not translated.
    stored, _created = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=swedish.locale,
        defaults={"data": text, "has_error": False, "field_error": ""},
    )
    assert (stored.has_error, bool(stored.field_error)) == (bool(reason), bool(reason))
    assert missing_strings(outdated) == [NEW] * bool(reason)


def test_tags_in_a_plain_title_are_refused(client, make_user, outdated):
    """They were “Saved”, and stripped on the page."""
    segment = outdated.source.stringsegment_set.get(context__path="title")
    client.force_login(make_user("sv", "change_page"))
    html = save_text(client, outdated, segment, "<b>Tal</b>").content.decode()
    assert "poista tunnisteet" in html
    assert "&lt;b&gt;Tal&lt;/b&gt;</textarea>" in html
    assert not StringTranslation.objects.filter(data="<b>Tal</b>").exists()


def test_a_file_of_another_language_is_refused(outdated):
    units = translated_units(outdated, target="Ny text")
    with language.override("en"):
        changed, refused = import_units(units, by=None, may_write=everybody, language="en")
    assert (changed, {refusal.reason for refusal in refused}) == (0, {"The file says that its language is “en”."})


def test_a_text_that_stands_twice_or_has_plural_forms_is_refused(outdated):
    (unit,) = [unit for unit in units_for([outdated]) if unit.source == NEW]
    po = polib.pofile(FORMATS["po"].write([unit], source_language="fi", language="sv").decode())
    po[0].msgstr = "Ny"
    twice = FORMATS["po"].read(str(po).encode())[1] * 2
    po[0].msgid_plural, po[0].msgstr, po[0].msgstr_plural = "Uudet", "", {0: "Ny", 1: "Nya"}
    plural = FORMATS["po"].read(str(po).encode())[1]
    with language.override("en"):
        reasons = [
            [refusal.reason for refusal in import_units(units, by=None, may_write=everybody)[1]]
            for units in (twice, plural)
        ]
    assert reasons == [["The file has this text more than once."] * 2, ["Plural forms cannot be imported."]]


def test_a_po_file_says_what_was_there_before_and_how_long_a_text_may_be(outdated):
    po = polib.pofile(written("po", outdated, only_open=True)[0].decode())
    assert [(entry.previous_msgid, entry.comment) for entry in po] == [
        ("Johdanto", "Puhe\nintro, at most 200 characters"),
    ]


def test_a_hundred_refusals_are_shown(client, make_user, outdated):
    (unit,) = [unit for unit in units_for([outdated]) if unit.source == NEW]
    units = [replace(unit, path=f"nowhere{number}", target="Ny") for number in range(101)]
    data = FORMATS["po"].write(units, source_language="fi", language="sv")
    client.force_login(make_user("sv", "change_page"))
    response = client.post(reverse("verkosto_localisation:exchange"), {"file": SimpleUploadedFile("x.po", data)})
    assert (len(response.context["refused"]), response.context["refused_total"]) == (100, 101)


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
