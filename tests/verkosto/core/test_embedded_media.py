"""The player of embedded media, from known origins alone: no other server is asked."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from wagtail.embeds import embeds
from wagtail.embeds.exceptions import EmbedNotFoundException

from verkosto.core.templatetags.core_tags import embedded_media

ADDRESS = "https://video.example.fi/1?a=1&b=<2>"
LINK = '<a href="https://video.example.fi/1?a=1&amp;b=&lt;2&gt;" rel="external">Video &amp; puhe</a>'
ORIGINS = ["https://player.example.fi"]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """found(html): what the provider answers; the list holds the addresses that it is asked for."""

    def answer(html: str) -> list[str]:
        asked: list[str] = []

        def get_embed(url: str, max_width: int) -> SimpleNamespace:
            asked.append(url)
            if not html:
                raise EmbedNotFoundException
            return SimpleNamespace(html=html)

        monkeypatch.setattr(embeds, "get_embed", get_embed)
        return asked

    return answer


def test_without_known_origins_media_are_a_link_and_nobody_is_asked(found, settings) -> None:
    settings.VERKOSTO_EMBED_ORIGINS = []
    asked = found("<iframe src='https://player.example.fi/1'></iframe>")
    assert (embedded_media(ADDRESS, "Video & puhe"), asked) == (LINK, [])


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<iframe src='https://other.example.fi/1'></iframe>",
        "<iframe src='https://player.example.fi.evil.example/1'></iframe>",
        "<iframe src='https://player.example.fi/1'></iframe><IFRAME width=1 SRC=https://other.example.fi/></IFRAME>",
    ],
)
def test_without_a_player_of_a_known_origin_media_are_a_link(html: str, found, settings) -> None:
    settings.VERKOSTO_EMBED_ORIGINS = ORIGINS
    asked = found(html)
    assert (embedded_media(ADDRESS, "Video & puhe"), asked) == (LINK, [ADDRESS])


def test_a_player_is_a_named_group(found, settings) -> None:
    settings.VERKOSTO_EMBED_ORIGINS = ORIGINS
    player = "<iframe src='https://player.example.fi/1'></iframe>"
    found(player)
    shown = f'<div class="embed__frame" role="group" aria-label="Video &amp; puhe">{player}</div>'
    assert embedded_media(SimpleNamespace(url=ADDRESS), "Video & puhe") == shown
    assert embedded_media("", "Video") == ""
