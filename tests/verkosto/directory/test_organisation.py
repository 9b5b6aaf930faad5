"""The name of an organisation is a link wherever it is shown, as the help text says."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from event_pages.models import Organiser
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    OrganisationFactory,
    ProgrammePageFactory,
    ProgrammeRoundPageFactory,
)
from verkosto.directory.models import Organisation

ROLE = "yhteistyökumppani"
SHOWN = (
    '<p><span class="muted">Yhteistyökumppani:</span> '
    '<a href="https://example.fi/" rel="external">Valtion yhdistys ry</a></p>'
)


@pytest.fixture
def organisation(homes: dict[str, HomePage]) -> Organisation:
    return OrganisationFactory(name="Valtion yhdistys ry", website="https://example.fi/", locale=homes["fi"].locale)


def test_name_is_a_link_where_there_is_a_website(organisation: Organisation) -> None:
    with override("fi"):
        assert organisation.name_html == '<a href="https://example.fi/" rel="external">Valtion yhdistys ry</a>'
        organisation.website, organisation.name = "", "A & B"
        assert organisation.name_html == "A &amp; B"
    with override("sv"):
        assert organisation.name_html == '<span lang="fi">A &amp; B</span>'


@pytest.mark.parametrize("kind", ["event", "series", "programme", "round"])
def test_organisers_are_shown_with_their_role_before_a_colon(
    kind: str, organisation: Organisation, homes: dict[str, HomePage], client: Client
) -> None:
    """Findings: “yhteistyössä Valtion yhdistys ry”; a programme page dropped the roles; names were no links."""
    programme = ProgrammePageFactory(parent=homes["fi"])
    calendar = EventIndexPageFactory(parent=homes["fi"])
    page = {
        "event": lambda: EventPageFactory(parent=calendar),
        "series": lambda: EventSeriesPageFactory(parent=calendar),
        "programme": lambda: programme,
        "round": lambda: ProgrammeRoundPageFactory(parent=programme, starts_on=date(2126, 1, 1)),
    }[kind]()
    page.organisers.add(Organiser(organisation=organisation, role=ROLE))
    page.save_revision().publish()

    assert SHOWN in client.get(page.url).content.decode()
