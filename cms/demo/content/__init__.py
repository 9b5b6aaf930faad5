"""The demo content as data, independent of the database and of model classes."""

from cms.demo.content import (
    development_programme,
    dialogue_tour,
    media_network,
    ministry,
    ministry_events,
    ministry_groups,
    ministry_networks,
    news,
    organisations,
    people,
    site,
    upcoming,
    upcoming_changed,
    upcoming_elsewhere,
    upcoming_season,
    upcoming_venues,
    upcoming_webinar,
    venues,
)

#: All nodes in the order in which they are created: a node comes after the nodes that it refers to.
NODES = (
    *organisations.NODES,
    *people.NODES,
    *venues.NODES,
    *site.NODES,
    *ministry_groups.PROGRAMMES,
    *development_programme.NODES,
    ministry.INDEX,
    *ministry_networks.NODES,
    *ministry_groups.GROUPS,
    *ministry_events.NODES,
    *dialogue_tour.NODES,
    *media_network.NODES,
    *upcoming_season.NODES,
    *upcoming.NODES,
    *upcoming_changed.NODES,
    *upcoming_webinar.NODES,
    *upcoming_elsewhere.NODES,
    *upcoming_venues.NODES,
    *news.NODES,
    site.SETTINGS,
)

__all__ = ["NODES"]
