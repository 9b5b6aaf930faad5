import pytest
from django.utils.translation import override

from tests.factories.home import NewsPageFactory
from verkosto.core.share_links import share_links

pytestmark = pytest.mark.django_db


def test_links_to_share_carry_the_address_whole(homes) -> None:
    page = NewsPageFactory(parent=homes["sv"], title="Vem & varför?", slug="vem")
    with override("sv"):
        links = share_links(page)
        assert str(links[0].label) == "Per e-post"
    address = page.full_url.replace(":", "%3A").replace("/", "%2F")
    assert links[0].url == f"mailto:?subject=Vem%20%26%20varf%C3%B6r%3F&body={address}"
    assert all(address in link.url for link in links)
