"""The language of organisers' names on pages in other languages (WCAG 2.2 SC 3.1.2)."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from event_pages.models import Organiser
from tests.factories.directory import OrganisationFactory
from tests.factories.events import EventIndexPageFactory, EventPageFactory

pytestmark = pytest.mark.django_db


def test_organisers_in_the_originals_language_are_marked(homes: dict[str, Any]) -> None:
    event = EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]))
    Organiser.objects.create(
        page=event, organisation=OrganisationFactory(name="Esimerkkivirasto"), locale=event.locale
    )
    with override("sv"):
        html = render_to_string("verkosto_events/components/organisers.html", {"rows": event.organisers.all()})
    assert '<span lang="fi">Esimerkkivirasto</span>' in html
