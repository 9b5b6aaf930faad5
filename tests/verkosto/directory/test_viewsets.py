"""Entries of the same name: said when one is saved, and told apart where one is chosen."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from tests.factories import OrganisationFactory, PersonFactory
from verkosto.directory.models import Organisation, Person

pytestmark = pytest.mark.django_db


def test_second_organisation_of_the_same_name_is_said(admin_client: Client, homes: object) -> None:
    """Finding: the same organisation was entered twice without a word."""
    finnish = Locale.objects.get(language_code="fi")
    OrganisationFactory(name="Väylävirasto", locale=finnish)
    url = reverse(Organisation.snippet_viewset.get_url_name("add"))  # type: ignore[attr-defined]
    data = {"abbreviation": "", "website": "", "about": "null"}

    again = admin_client.post(f"{url}?locale=fi", {**data, "name": "väylävirasto"}, follow=True).content.decode()
    other = admin_client.post(f"{url}?locale=fi", {**data, "name": "Ruokavirasto"}, follow=True).content.decode()

    warning = "Nimellä Väylävirasto on jo tietue."
    assert (warning in again, "on jo tietue" in other) == (True, False)
    assert Organisation.objects.filter(locale=finnish).count() == 3


def test_namesakes_are_told_apart_in_the_chooser(admin_client: Client, homes: object) -> None:
    finnish = Locale.objects.get(language_code="fi")
    for title, organisation in (("Johtaja", "Ruokavirasto"), ("Suunnittelija", "Väylävirasto")):
        home = OrganisationFactory(name=organisation, locale=finnish)
        PersonFactory(name="Aino Esimerkki", title=title, organisation=home, locale=finnish)
    chooser = Person.snippet_viewset.chooser_viewset  # type: ignore[attr-defined]

    html = admin_client.get(reverse(chooser.get_url_name("choose_results"))).content.decode()

    names = re.findall(r"data-chooser-modal-choice[^>]*>\s*([^<]*?)\s*</a>", html)
    assert names == ["Aino Esimerkki"] * 2  # each can be chosen by its name
    assert [text in html for text in ("Johtaja", "Ruokavirasto", "Suunnittelija", "Väylävirasto")] == [True] * 4
