import pytest
from django.core.exceptions import ValidationError

from event_pages.models import EventIndexPage, EventPage, EventSeriesPage
from event_pages.viewsets import EventListing
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory
from tests.plugin_app.models import ExcursionPage


class ExcursionPageFactory(EventPageFactory):
    class Meta:
        model = ExcursionPage


def test_event_type_of_a_plugin_stands_where_events_stand() -> None:
    for parent in (EventIndexPage, EventSeriesPage):
        assert ExcursionPage in parent.allowed_subpage_models()
    assert ExcursionPage not in HomePage.allowed_subpage_models()


def test_event_type_of_a_plugin_is_in_every_list(homes: dict[str, HomePage]) -> None:
    calendar = EventIndexPageFactory(parent=homes["fi"])
    excursion = ExcursionPageFactory(parent=calendar, title="Retki", kind="excursion", distance_km=12)

    assert [event.specific for event in EventPage.objects.visible().upcoming()] == [excursion]
    assert excursion.get_kind_display() == "Excursion"
    assert EventListing.model in ExcursionPage.__mro__


def test_kind_that_nobody_registered_is_refused(homes: dict[str, HomePage]) -> None:
    event = EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]))
    event.kind = "unknown"

    with pytest.raises(ValidationError):
        event.full_clean()


def test_field_of_a_plugin_has_its_place_in_the_editor() -> None:
    form = ExcursionPage.get_edit_handler().get_form_class()
    assert "distance_km" in form.base_fields
    assert "packing_list" in EventPage._meta.get_field("body").stream_block.child_blocks
