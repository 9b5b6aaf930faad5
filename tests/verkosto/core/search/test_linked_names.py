"""Pages are found by the names of what they refer to."""

from wagtail.documents import get_document_model
from wagtail.models import Page

from event_pages.models import AgendaItem, AgendaSpeaker
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    OrganisationFactory,
    PersonFactory,
    StandardPageFactory,
    VenueFactory,
)
from verkosto.core.search.linked_names import linked_names


def found(query: str) -> list[str]:
    return [page.title for page in Page.objects.search(query)]


def test_names_are_those_of_rows_in_rows_blocks_and_fields(homes: dict[str, HomePage]) -> None:
    document = get_document_model().objects.create(title="Työjärjestys", file="a.pdf")
    locale = homes["fi"].locale
    person = PersonFactory(name="Aino Esimerkki", locale=locale, organisation=OrganisationFactory(locale=locale))
    venue = VenueFactory(name="Työväentalo", city="Oulu", locale=locale)
    event = EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]), title="Kokous", venue=venue)
    item = AgendaItem.objects.create(page=event, title="Avaus", locale=locale)
    AgendaSpeaker.objects.create(item=item, person=person, locale=locale)
    event.body = [("documents", {"title": "", "documents": [{"document": document}]})]
    event.save()

    assert sorted(linked_names(event)) == ["Aino Esimerkki", "Työjärjestys", "Työväentalo, Oulu"]
    assert [found(query) for query in ("aino", "tyojarjestys", "oulu")] == [["Kokous"]] * 3


def test_a_changed_name_is_found_on_the_pages_that_show_it(homes: dict[str, HomePage]) -> None:
    document = get_document_model().objects.create(title="Vanha nimi", file="a.pdf")
    StandardPageFactory(
        parent=homes["fi"], title="Sivu", body=[("documents", {"documents": [{"document": document}]})]
    )
    assert (found("vanha"), found("uudempi")) == (["Sivu"], [])

    document.title = "Uudempi nimi"
    document.save()

    assert (found("vanha"), found("uudempi")) == ([], ["Sivu"])
