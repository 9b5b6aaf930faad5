"""Where this room's pages stand in the trees of the rooms to its right."""

from network_pages.models import NetworkPage, ProgrammePage


def let_news_stand_below_networks() -> None:
    """Name news among the pages that a network and a programme hold: their room does not know of news."""
    for page_type in (NetworkPage, ProgrammePage):
        page_type.subpage_types = [*page_type.subpage_types, "home.NewsPage"]
