import pytest

from event_pages.models import EventIndexPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory
from tests.recordings import recorded

TABLE = (
    "id;title;summary;description;start;end;venue;room\n"
    "1;Aamukahvit;Lyhyesti.;Kuvaus.;20.5.2127 8.30;10.00;Säätytalo;\n"
    "2;Kurssi;Lyhyesti.;;21.5.2127;22.5.2127;Kirjasto;Sali 2\n"
    "3;Ilman alkua;Lyhyesti.;;;;;\n"
)


@pytest.fixture
@recorded
def index(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], title="Tapahtumat", slug="tapahtumat")
