"""Translation memories that other tools wrote, in small files of the shapes that they have."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from verkosto.localisation.exchange import FORMATS, format_of
from verkosto.localisation.exchange.units import BrokenFile

OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
    creationtoolversion="6.0.0" segtype="paragraph" srclang="fi"/>
  <body>
    <tu><tuv xml:lang="fi"><seg>Kahvi &amp; tee</seg></tuv>
      <tuv xml:lang="sv" changeid="anna"><seg>Kaffe &amp; te</seg></tuv></tu>
    <tu><tuv xml:lang="fi"><seg><bpt i="0" x="0">&lt;b0&gt;</bpt>Avaus<ept i="0">&lt;/b0&gt;</ept></seg></tuv>
      <tuv xml:lang="sv">
        <seg><bpt i="0" x="0">&lt;b0&gt;</bpt>Öppning<ept i="0">&lt;/b0&gt;</ept></seg></tuv></tu>
  </body>
</tmx>"""
MEMOQ = """<?xml version="1.0" encoding="utf-8"?>
<tmx version="1.4">
  <header creationtool="MemoQ" creationtoolversion="10.5" segtype="sentence" adminlang="en-us" creationid="x"
    srclang="fi-fi" o-tmf="MemoQTM" datatype="unknown"><prop type="name">Muisti</prop></header>
  <body>
    <tu changedate="20260101T101010Z"><prop type="client"></prop><prop type="x-context-pre">&lt;seg&gt;x&lt;/seg&gt;</prop>
      <tuv xml:lang="fi-fi"><prop type="x-context-post"/>
        <seg>Lue <bpt i="1" type="bold">{}</bpt>ensin<ept i="1">{}</ept> ohje.</seg></tuv>
      <tuv xml:lang="sv-se">
        <seg>Läs <bpt i="1" type="bold">{}</bpt>först<ept i="1">{}</ept> anvisningen.</seg></tuv></tu>
  </body>
</tmx>"""
TRADOS = """<?xml version="1.0" encoding="utf-16"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="SDL Language Platform" creationtoolversion="8.1" o-tmf="SDL TM8 Format" datatype="xml"
    segtype="sentence" adminlang="FI-FI" srclang="FI-FI" creationdate="20260101T101010Z"/>
  <body>
    <tu creationdate="20260101T101010Z"><prop type="x-LastUsedBy">anna</prop>
      <tuv xml:lang="FI-FI">
        <seg>Rivi<ph x="1" type="lb"/>toinen <hi>tärkeä</hi><it pos="begin" x="2">&lt;w:r&gt;</it></seg></tuv>
      <tuv xml:lang="SV-SE">
        <seg>Rad<ph x="1" type="lb"/>andra <hi>viktig</hi><it pos="begin" x="2">&lt;w:r&gt;</it></seg></tuv></tu>
  </body>
</tmx>"""
ANY_DIRECTION = """<tmx version="1.4"><header srclang="*all*" datatype="html"/><body>
<tu><tuv lang="EN-GB"><seg>Coffee</seg></tuv><tuv lang="FI"><seg>Kahvi</seg></tuv><tuv lang="SV"><seg>Kaffe</seg></tuv></tu>
</body></tmx>"""


def read(data):
    return [(unit.source_language, unit.source, unit.language, unit.target) for unit in FORMATS["tmx"].read(data)[1]]


@pytest.mark.parametrize(
    ("data", "pairs"),
    [
        pytest.param(
            OMEGAT.encode(),
            [("fi", "Kahvi &amp; tee", "sv", "Kaffe &amp; te"), ("fi", "Avaus", "sv", "Öppning")],
            id="OmegaT",
        ),
        pytest.param(
            MEMOQ.encode("utf-8-sig"),
            [("fi-fi", "Lue <b>ensin</b> ohje.", "sv-se", "Läs <b>först</b> anvisningen.")],
            id="memoQ",
        ),
        pytest.param(
            TRADOS.encode("utf-16"),
            [("FI-FI", "Rivi<br/>toinen tärkeä", "SV-SE", "Rad<br/>andra viktig")],
            id="Trados",
        ),
        pytest.param(
            TRADOS.encode("utf-8-sig"),
            [("FI-FI", "Rivi<br/>toinen tärkeä", "SV-SE", "Rad<br/>andra viktig")],
            id="another encoding than it says",
        ),
    ],
)
def test_files_of_other_tools_are_read(data, pairs):
    assert format_of(data) is FORMATS["tmx"]
    assert read(data) == pairs


def test_a_file_of_any_direction_has_each():
    assert [(source, into) for source, _text, into, _target in read(ANY_DIRECTION.encode())] == [
        ("EN-GB", "FI"),
        ("EN-GB", "SV"),
        ("FI", "EN-GB"),
        ("FI", "SV"),
        ("SV", "EN-GB"),
        ("SV", "FI"),
    ]


def test_a_file_with_entities_of_its_own_is_refused():
    with pytest.raises(BrokenFile):
        read(b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx version="1.4"><header srclang="fi"/><body/></tmx>')


def test_a_memory_fills_in_what_is_not_translated(client, make_user, talk, swedish, translation, commit):
    """As unreviewed: it was written for another place. What is translated already stays as it is."""
    client.force_login(make_user("sv", "change_page"))
    StringTranslation.objects.filter(translation_of__data__in=["Kahvi", "Avaus"], locale=swedish.locale).delete()
    with commit():
        talk.refresh_from_db()
        talk.text = "<p>Lue <b>ensin</b> ohje.</p><p>Kahvi & tee</p>"
        talk.save_revision().publish()
    for data in (ANY_DIRECTION.encode(), OMEGAT.encode(), MEMOQ.encode("utf-16")):
        file = SimpleUploadedFile("muisti.tmx", data)
        with commit():
            html = client.post(reverse("verkosto_localisation:exchange"), {"file": file}, follow=True).content.decode()
    assert "1 teksti täytetty käännösmuistista." in html
    rows = StringTranslation.objects.filter(locale=swedish.locale, translation_type="machine").order_by("data")
    assert [(row.translation_of.data, row.data, row.tool_name) for row in rows] == [
        ("Kahvi", "Kaffe", "memory"),
        ("Kahvi &amp; tee", "Kaffe &amp; te", "memory"),
        ("Lue <b>ensin</b> ohje.", "Läs <b>först</b> anvisningen.", "memory"),
        ("Avaus", "Öppning", "memory"),
    ]
    assert not rows.filter(has_error=True).exists()
    html = client.post(
        reverse("verkosto_localisation:exchange"), {"file": SimpleUploadedFile("x.tmx", OMEGAT.encode())}, follow=True
    ).content.decode()
    assert "Tiedostossa ei ole käännöstä" in html
