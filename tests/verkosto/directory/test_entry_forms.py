"""New entries from a chooser: in the language of the page, with the organisation, asked twice for a known name."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, ModelLogEntry

from home.models import HomePage
from tests.factories import OrganisationFactory, PersonFactory
from verkosto.directory.entry_forms import NewPersonForm
from verkosto.directory.models import Organisation, Person, Venue

pytestmark = pytest.mark.django_db

FINNISH = "fi"


def form_for(user: User, **data: str) -> NewPersonForm:
    locale = Locale.objects.get(language_code=FINNISH)
    sent = {"name": "Aino Esimerkki", "locale": str(locale.pk), **data}
    return NewPersonForm({f"new_entry-{name}": value for name, value in sent.items()}, user=user)


def test_a_person_is_created_with_a_known_and_with_a_new_organisation(admin_user: User, homes: object) -> None:
    known = OrganisationFactory(name="Väylävirasto", locale=Locale.objects.get(language_code=FINNISH))
    in_known = form_for(admin_user, title="Johtaja", organisation_name="väylävirasto")
    in_new = form_for(admin_user, name="Eino Esimerkki", organisation_name=" Ruokavirasto ")

    assert (in_known.errors, in_new.errors) == ({}, {})
    people = [in_known.save(), in_new.save()]

    assert [(person.name, person.title, str(person.organisation)) for person in people] == [
        ("Aino Esimerkki", "Johtaja", "Väylävirasto"),
        ("Eino Esimerkki", "", "Ruokavirasto"),
    ]
    assert people[0].organisation == known
    assert {entry.locale.language_code for entry in (*people, people[1].organisation)} == {FINNISH}
    logged = ModelLogEntry.objects.filter(action="wagtail.create", user=admin_user).values_list("label", flat=True)
    assert sorted(logged) == ["Aino Esimerkki", "Eino Esimerkki", "Ruokavirasto"]


def test_a_name_in_the_directory_is_created_only_when_confirmed(admin_user: User, homes: object) -> None:
    """Finding: the same person or organisation could be entered twice without a word."""
    locale = Locale.objects.get(language_code=FINNISH)
    PersonFactory(name="Aino Esimerkki", title="Johtaja", organisation=None, locale=locale)
    with override("en"):
        refused = form_for(admin_user, name="aino esimerkki")
        errors = refused.errors
        shown = [field.name for field in refused.visible_fields()]
    confirmed = form_for(admin_user, is_another="on")

    assert errors == {
        "name": [
            "The directory has this name already: Aino Esimerkki, Johtaja. Choose it on the first tab if it is the same."
        ]
    }
    assert ("is_another" in shown, confirmed.errors) == (True, {})
    confirmed.save()
    assert Person.objects.filter(name="Aino Esimerkki").count() == 2
    assert "is_another" not in [field.name for field in NewPersonForm(user=admin_user).visible_fields()]


def test_a_new_organisation_needs_the_right_to_add_one(homes: object) -> None:
    user = User.objects.create_user("editor")
    with override("en"):
        errors = form_for(user, organisation_name="Ruokavirasto").errors
    user.user_permissions.add(Permission.objects.get(codename="add_organisation"))
    allowed = form_for(User.objects.get(pk=user.pk), organisation_name="Ruokavirasto").errors

    assert (errors, allowed) == ({"organisation_name": ["Choose an organisation that is in the directory."]}, {})
    assert not Organisation.objects.filter(name="Ruokavirasto").exists()


def chooser_url(model: Any, view: str) -> str:
    return reverse(model.snippet_viewset.chooser_viewset.get_url_name(view))


def test_chooser_opens_in_the_language_of_the_page(admin_client: Client, homes: dict[str, HomePage]) -> None:
    for code, name in (("fi", "Aino Esimerkki"), ("sv", "Anna Exempel")):
        PersonFactory(name=name, locale=Locale.objects.get(language_code=code))
    swedish = reverse("wagtailadmin_pages:edit", args=[homes["sv"].pk])
    added = reverse("wagtailadmin_pages:add", args=["verkosto_events", "eventindexpage", homes["sv"].pk])

    for referer in (f"http://testserver{swedish}", added):
        modal = admin_client.get(chooser_url(Person, "choose"), headers={"referer": referer}).json()["html"]
        assert [name in modal for name in ("Aino Esimerkki", "Anna Exempel")] == [False, True]
        assert f'<option value="{homes["sv"].locale_id}" selected>' in modal
    for referer in ("", "http://[", "/admin/", "/missing/"):
        modal = admin_client.get(chooser_url(Person, "choose"), headers={"referer": referer}).json()["html"]
        assert [name in modal for name in ("Aino Esimerkki", "Anna Exempel")] == [True, True]


def test_entries_of_each_type_are_created_in_their_chooser(admin_client: Client, homes: dict[str, HomePage]) -> None:
    locale = str(homes["fi"].locale_id)
    sent = {
        Person: {"name": "Aino Esimerkki", "title": "Johtaja"},
        Organisation: {"name": "Ruokavirasto", "abbreviation": "RV"},
        Venue: {"name": "Säätytalo", "city": "Helsinki"},
    }
    for model, data in sent.items():
        posted = {f"new_entry-{name}": value for name, value in {**data, "locale": locale}.items()}
        answer = admin_client.post(chooser_url(model, "create"), posted).json()
        entry = model._default_manager.get(name=data["name"])
        assert (answer["step"], answer["result"]["string"]) == ("chosen", str(entry))
        assert {name: getattr(entry, name) for name in data} == data


def test_who_may_not_add_entries_gets_no_tab(client: Client, homes: object) -> None:
    user = User.objects.create_user("reader")
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "change_person", "view_person"])
    )
    client.force_login(user)

    modal = client.get(chooser_url(Person, "choose")).json()["html"]
    refused = client.post(chooser_url(Person, "create"), {"new_entry-name": "Aino Esimerkki"})

    assert "data-chooser-modal-creation-form" not in modal
    assert (refused.status_code, Person.objects.filter(name="Aino Esimerkki").exists()) == (302, False)
