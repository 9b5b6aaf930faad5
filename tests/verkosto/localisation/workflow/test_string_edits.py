"""A suggestion that was chosen, or an old translation that was left as it is, is to be confirmed before it is final."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests.verkosto.localisation.bodies import state
from tests.verkosto.localisation.editing import key_of, save_text
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.admin.string_rows import string_rows


@pytest.fixture
def changed(client, talk, translation, make_user, commit):
    """The segment of a text that has changed; its old translation is offered."""
    with commit():
        page = TalkPage.objects.get(pk=talk.pk)
        page.intro = "Johdantoa"
        page.save_revision().publish()
    client.force_login(make_user("sv", "change_page"))
    return translation.source.stringsegment_set.get(string__data="Johdantoa")


def post(client, translation, segment, commit, text, **data):
    with commit():
        save_text(client, translation, segment, text, **data)


def stored(segment):
    return StringTranslation.objects.get(translation_of=segment.string, context=segment.context)


def test_a_fuzzy_suggestion_counts_as_unreviewed_until_it_is_saved(
    client, translation, changed, swedish, admin_user, commit
):
    html = client.get(reverse("wagtailadmin_pages:edit", args=[swedish.pk])).content.decode()
    assert f'name="use" value="{key_of(changed)}:sv Johdanto"' in html
    post(client, translation, changed, commit, text="sv Johdanto", suggestion="sv Johdanto")
    assert (stored(changed).data, stored(changed).translation_type) == ("sv Johdanto", "machine")
    assert (state(swedish).state, state(swedish).machine_unreviewed) == ("ready", 1)
    (row,) = [each for each in string_rows(translation, admin_user) if each.is_open]
    assert (row.draft, row.is_from_memory) == ("sv Johdanto", True)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[swedish.pk])).content.decode()
    assert "Aiempi käännös: tarkistettu" in html
    post(client, translation, changed, commit, text="sv Johdanto", reviewed=True)
    assert (stored(changed).translation_type, state(swedish).machine_unreviewed) == ("manual", 0)


def test_a_suggestion_that_was_changed_is_final(client, translation, changed, swedish, commit):
    post(client, translation, changed, commit, text="Inledningar", suggestion="sv Johdanto")
    assert (stored(changed).data, stored(changed).translation_type) == ("Inledningar", "manual")


def test_a_translation_of_the_very_same_string_is_final(client, talk, translation, swedish, make_user, commit):
    StringTranslation.objects.filter(data="sv Avaus").delete()
    with commit():
        page = TalkPage.objects.get(pk=talk.pk)
        page.intro = "Avaus"
        page.save_revision().publish()
    client.force_login(make_user("sv", "change_page"))
    first, second = translation.source.stringsegment_set.filter(string__data="Avaus").order_by("pk")
    post(client, translation, first, commit, text="Öppning")
    post(client, translation, second, commit, text="Öppning", suggestion="Öppning")
    assert stored(second).translation_type == "manual"
