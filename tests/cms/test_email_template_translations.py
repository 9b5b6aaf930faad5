"""A mail that was reworded in the original's language waits for its translator beside the page."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from cms.email_template_translations import email_templates_to_translate
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, register
from tests.verkosto.localisation.admin.guard.test_localize_views import refused
from verkosto.core.originals import original_locale_id
from verkosto.localisation.permissions.groups import create_groups
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import EmailTemplate, Message


@pytest.fixture
def event(db):
    return event_with_desk()


@pytest.fixture
def swedish(event):
    page = in_three_languages(event)["sv"]
    assert original_locale_id(page) == event.locale_id
    source, _created = TranslationSource.get_or_create_from_instance(event)
    Translation.objects.create(source=source, target_locale=page.locale)
    return page


@pytest.fixture
def wording(event):
    return EmailTemplate.objects.create(
        desk=desk_of(event), kind="confirmed", language="fi", subject="Nähdään: {title}", body="Tervetuloa, {name}."
    )


def translator(django_user_model, code):
    create_groups(Locale.objects.get(language_code=code))
    user = django_user_model.objects.create_user(f"translator-{code}", password="p")
    user.groups.add(Group.objects.get(name=f"Translators ({code})"))
    return user


def test_the_translator_finds_and_translates_it(client, django_user_model, event, swedish, wording):
    client.force_login(translator(django_user_model, "sv"))
    edit = reverse("wagtailadmin_pages:edit", args=[swedish.pk])
    url = reverse("email_template_translation", args=[swedish.pk, "confirmed"])
    assert f'href="{url}"' in client.get(edit).content.decode()
    assert "Tervetuloa, {name}." in client.get(url).content.decode()
    refusal = client.post(url, {"subject": "Vi ses", "body": "Välkommen, {nmae}."})
    assert (refusal.status_code, EmailTemplate.objects.count()) == (200, 1)
    assert client.post(url, {"subject": "Vi ses: {title}", "body": "Välkommen, {name}."})["Location"] == edit
    registration = register(desk_of(event), "kim@example.fi", language="sv")
    message = Message.objects.get(registration=registration, kind="confirmed")
    assert compose(message).subject == "Vi ses: Webbinarium"
    assert "Välkommen, Kim." in compose(message).text()


def test_another_language_and_an_ordinary_mail_are_closed(client, django_user_model, event, swedish, wording):
    user = translator(django_user_model, "en")
    client.force_login(user)
    url = reverse("email_template_translation", args=[swedish.pk, "confirmed"])
    for method in ("get", "post"):
        assert refused(getattr(client, method)(url, {"subject": "x", "body": "x"}))
    own = event.get_translations().get(locale__language_code="en")
    assert client.get(reverse("email_template_translation", args=[own.pk, "waiting"]), follow=True).status_code == 404
    assert list(EmailTemplate.objects.values_list("language", flat=True)) == ["fi"]


def test_a_mail_reworded_again_waits_again(event, swedish, wording):
    EmailTemplate.objects.create(
        desk=wording.desk, kind="confirmed", language="sv", subject="Vi ses", body="Välkommen."
    )
    assert [row.is_done for row in email_templates_to_translate(event, swedish)] == [True]
    wording.body = "Tervetuloa, {name}. Ota kuulokkeet mukaan."
    wording.save()
    assert [row.is_done for row in email_templates_to_translate(event, swedish)] == [False]
