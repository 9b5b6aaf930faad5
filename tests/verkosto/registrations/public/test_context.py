"""What a form shows, on its own page, in other pages and in previews."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests.factories import StandardPageFactory
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, question, register
from tests.verkosto.registrations.form_posts import address
from verkosto.registrations.templatetags.registrations_tags import registration_form

pytestmark = pytest.mark.django_db


def test_places_left_are_a_short_cached_fragment(client, desk):
    register(desk, "a@example.fi")
    answer = client.get(f"{address(desk)}places/")
    assert answer["Cache-Control"] == "public, max-age=5"
    assert "1" in answer.content.decode()
    assert not answer.cookies


def test_form_takes_a_constant_number_of_queries(event, django_assert_num_queries):
    index, asked = event.get_parent(), [question("choice", f"Q{n}", choices=["A", "B"]) for n in range(30)]
    few = event_with_desk(index=index, title="Lyhyt", questions=asked[:1])
    many = event_with_desk(index=index, title="Pitkä", questions=asked)
    for page in (few, many):
        # Breadcrumbs of the event, pools with their desk; and, until something changes, questions and privacy notices.
        with django_assert_num_queries(4):
            context = registration_form({}, page)
            assert context["form"].rows
            assert context["form_context"].privacy_notice
        page = type(page).objects.get(pk=page.pk)
        with django_assert_num_queries(2):
            assert registration_form({}, page)["form"].rows


def test_form_stands_in_any_pages_body_in_the_readers_language(client, event, desk):
    versions = in_three_languages(event)
    home = event.get_parent().get_parent()
    for language, root in (("fi", home), ("sv", home.get_translation(versions["sv"].locale))):
        page = StandardPageFactory(parent=root, slug="muu", title="Muu sivu")
        page.body = [("registration_form", {"registrable": event})]
        html = client.get(publish(page).url).content.decode()
        assert f'action="{address(desk, language)}"' in html
        assert f'aria-label="{versions[language].title}"' in html


@pytest.mark.parametrize(
    ("mode", "says"), [("open", "<form"), ("full", "varasijajono on täynnä"), ("closed", "päättynyt")]
)
def test_editor_previews_the_form_of_a_draft_in_its_states(event, mode, says):
    event.questions = [question("text", "Uusi kysymys")]
    assert (f"registration_{mode}", "") in [(name, "") for name, _label in event.preview_modes]
    html = event.make_preview_request(preview_mode=f"registration_{mode}").render().content.decode()
    assert says in html
    assert ("Uusi kysymys" in html) == (mode == "open")
    assert not desk_of(event).questions.exists()


def test_closed_desk_says_so_and_offers_no_registration(client):
    event = event_with_desk(starts_at=timezone.now() - timedelta(days=30))
    html = client.get(event.url).content.decode()
    assert "Ilmoittautuminen on päättynyt" in html
    assert 'href="#register"' not in html
    assert "Ilmoittaudu</a>" not in html
    future = event_with_desk(index=event.get_parent(), title="Tuleva")
    assert 'href="#register"' in client.get(future.url).content.decode()
    future.registration_enabled = False
    assert 'href="#register"' not in client.get(publish(future).url).content.decode()


@pytest.mark.parametrize("state", ["not_yet", "open", "waiting", "full", "closed"])
def test_text_before_the_form_is_shown_in_every_state(client, state):
    """What a visitor needs to plan, such as a price, is not shown only once the registration is open."""
    now = timezone.now()
    facts = {
        "not_yet": {"registration_opens_at": now + timedelta(days=2)},
        "waiting": {"capacity": 1},
        "full": {"capacity": 1, "waiting_list": False},
        "closed": {"registration_closes_at": now - timedelta(days=1)},
    }.get(state, {})
    page = event_with_desk(text_before="<p>Osallistumismaksu on 50 euroa.</p>", **facts)
    if "capacity" in facts:
        register(desk_of(page), "a@example.fi")
    html = client.get(page.url).content.decode()
    assert client.get(address(desk_of(page))).context["form_context"].state == state
    assert html.count("Osallistumismaksu on 50 euroa.") == 1
    assert ("Oletko jo ilmoittautunut" in html) == (state != "not_yet")


def test_closing_date_is_shown_before_the_registration_opens(client):
    opens = timezone.now() + timedelta(days=2)
    page = event_with_desk(registration_opens_at=opens, registration_closes_at=opens + timedelta(days=3))
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    closes = f"{(opens + timedelta(days=3)).astimezone(ZoneInfo('Europe/Helsinki')):%-d.%-m.}"
    (fact,) = [row.dd.text for row in soup.select("dl div") if row.dt and row.dt.text == "Ilmoittaudu viimeistään"]
    assert closes in fact
    sentence = " ".join(soup.select_one("#register").text.split())
    assert f"Ilmoittaudu viimeistään {' '.join(fact.split())}." in sentence


@pytest.mark.parametrize(
    ("eligibility", "note", "button"),
    [
        ("invited", "Ilmoittautumiseen tarvitaan henkilökohtainen kutsu.", "Ilmoittaudu kutsulla"),
        ("members", "Ilmoittautuminen on tarkoitettu verkoston jäsenille.", "Ilmoittaudu"),
        ("anyone", "", "Ilmoittaudu"),
    ],
)
def test_action_and_form_say_who_may_register(client, eligibility, note, button):
    page = event_with_desk(eligibility=eligibility, capacity=250)
    html = client.get(page.url).content.decode()
    soup = BeautifulSoup(html, "html.parser")
    action = soup.select_one('a[href="#register"]')
    assert action.text == button
    assert note in html
    # An event by invitation does not look open to all.
    assert ("button" in action.get("class", [])) == (eligibility != "invited")
    status = [label.text for label in soup.select(".status--invited")]
    assert status == (["Kutsusta"] if eligibility == "invited" else [])
    assert ("250 paikkaa jäljellä" in html) == (eligibility != "invited")
