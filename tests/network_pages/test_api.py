"""What the API says of networks."""

from collections.abc import Callable

from django.test import Client

from home.models import HomePage
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory


def test_network_says_what_its_page_says(
    client: Client, homes: dict[str, HomePage], count_queries: Callable[..., int]
) -> None:
    index = NetworkIndexPageFactory(parent=homes["fi"])
    network = NetworkPageFactory(
        parent=index, title="Verkko", purpose="<p>Oppia <b>yhdessä</b>.</p>", rhythm="Kuukausittain", founded=2019
    )
    NetworkPageFactory(parent=index, title="Luonnos", live=False)

    (item,) = client.get("/api/v1/networks").json()["items"]
    assert item == {
        "id": str(network.translation_key),
        "language": "fi",
        "url": network.full_url,
        "title": "Verkko",
        "summary": "Tiivistelmä.",
        "topics": [],
        "published_at": None,
        "updated_at": None,
        "kind": "professional",
        "purpose": "Oppia yhdessä.",
        "who_belongs": "",
        "joining": "position",
        "joining_note": "",
        "rhythm": "Kuukausittain",
        "founded": 2019,
    }
    one = count_queries("/api/v1/networks?limit=50", cold=True)
    NetworkPageFactory.create_batch(29, parent=index)
    assert count_queries("/api/v1/networks?limit=50", cold=True) == one == 10
