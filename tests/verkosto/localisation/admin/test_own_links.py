"""External links that lead to another address in another language."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Site
from wagtail_localize.models import OverridableSegment, SegmentOverride

from tests.verkosto.localisation.bodies import state
from tests.verkosto.localisation.conftest import translate_strings
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.workflow.own_links import link_field_name

SOURCE = (
    '<p>Katso <a href="https://example.fi/fi/ohje">ohje</a> ja <a href="https://example.org/kartta">kartta</a>.</p>'
    '<p>Lue <a href="https://oma.example.fi/fi/puhe/">puhe</a> ja <a href="https://example.org/kartta">kartta</a>.</p>'
)
GUIDE, MAP, TALK = "https://example.fi/fi/ohje", "https://example.org/kartta", "https://oma.example.fi/fi/puhe/"


@pytest.fixture
def texts(talk, home, translation, swedish, locales, commit):
    """A live translation of a text with four links to three addresses."""
    Site.objects.create(hostname="oma.example.fi", port=443, root_page=home)
    write(talk, SOURCE, commit)
    with commit():
        translate_strings(translation.source, locales["sv"])
    with commit():
        translation.save_target(publish=True)
    return translation


@pytest.fixture
def translator(client, make_user, swedish):
    user = make_user("sv", "change_page", "publish_page")
    client.force_login(user)
    return user


@pytest.fixture
def edit(swedish):
    return reverse("wagtailadmin_pages:edit", args=[swedish.pk])


def write(talk, html, commit):
    with commit():
        page = TalkPage.objects.get(pk=talk.pk)
        page.text = html
        page.save_revision().publish()


def context_of(address):
    return OverridableSegment.objects.get(data_json=json.dumps(address)).context_id


def field_of(address, now=""):
    return link_field_name(context_of(address), now)


def own_addresses():
    return [override.data for override in SegmentOverride.objects.order_by("pk")]


def test_each_link_is_shown_once_with_what_may_be_right(client, translator, texts, edit, swedish):
    html = client.get(edit).content.decode()
    assert html.count('class="localisation-own-link"') == 3
    boxes = {address: html.split(f'id="link-{context_of(address)}"')[1] for address in (GUIDE, MAP, TALK)}
    proposals = {
        address: box.split('class="localisation-own-link"')[0].partition('name="link" value="')[2].partition('"')[0]
        for address, box in boxes.items()
    }
    assert proposals == {
        GUIDE: f"{context_of(GUIDE)}:https://example.fi/sv/ohje",
        MAP: "",
        TALK: f"{context_of(TALK)}:{TalkPage.objects.get(pk=swedish.pk).full_url}",
    }
    assert swedish.slug in proposals[TALK]
    assert "Linkki johtaa omalle sivustollemme." in html


def test_an_address_of_its_own_is_published(client, translator, texts, edit, swedish, commit):
    with commit():
        client.post(edit, {"action": "save", field_of(MAP): " https://example.org/karta "})
    assert own_addresses() == ["https://example.org/karta"]
    assert SegmentOverride.objects.get().last_translated_by == translator
    assert state(swedish).state == "ready"
    with commit():
        client.post(edit, {"action": "publish"})
    live = TalkPage.objects.get(pk=swedish.pk).text
    assert (live.count('https://example.org/karta"'), live.count(MAP)) == (2, 0)
    assert state(swedish).state == "up_to_date"
    with commit():
        client.post(edit, {"action": "save", field_of(MAP, "https://example.org/karta"): ""})
    assert (own_addresses(), state(swedish).state) == ([], "ready")


def test_a_wrong_address_is_kept_in_its_box_with_the_reason(client, translator, texts, edit):
    answer = client.post(edit, {"action": "save", field_of(MAP): "javascript:alert(1)"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="javascript:alert(1)"' in html
    assert html.count("Kirjoita verkko-osoite, jonka alussa on https:// tai http://.") == 2
    assert own_addresses() == []


def test_a_script_gets_the_name_of_the_box_or_the_reason(client, translator, texts, edit):
    headers = {"accept": "application/json"}
    data = {"action": "save", field_of(MAP): "https://example.org/karta"}
    told = client.post(edit, data, headers=headers)
    assert told.json() == {"error": "", "name": field_of(MAP, "https://example.org/karta")}
    data = {"action": "save", field_of(MAP): "https://example.org/annan"}
    told = client.post(edit, data, headers=headers)
    assert told.status_code == 409
    assert "https://example.org/karta" in told.json()["error"]
    assert own_addresses() == ["https://example.org/karta"]


def test_a_proposal_is_used_without_a_script_and_an_untouched_form_changes_nothing(client, translator, texts, edit):
    data = {field_of(address): "" for address in (GUIDE, MAP, TALK)}
    client.post(edit, {**data, "action": "save"})
    assert own_addresses() == []
    client.post(edit, {**data, "link": f"{context_of(GUIDE)}:https://example.fi/sv/ohje"})
    client.post(edit, {**data, "action": "save", "link": f"{context_of(GUIDE)}:https://example.fi/sv/ohje"})
    assert own_addresses() == ["https://example.fi/sv/ohje"]


def test_an_address_whose_link_changed_in_the_original_is_proposed_again(
    client, translator, texts, edit, talk, swedish, commit
):
    client.post(edit, {"action": "save", field_of(MAP): "https://example.org/karta"})
    with commit():
        client.post(edit, {"action": "publish"})
    write(talk, SOURCE.replace(MAP, "https://example.org/uusi"), commit)
    assert TalkPage.objects.get(pk=swedish.pk).text.count("https://example.org/uusi") == 2
    html = client.get(edit).content.decode()
    context = context_of("https://example.org/uusi")
    assert f'name="link" value="{context}:https://example.org/karta"' in html
