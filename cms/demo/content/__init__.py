"""The demo content as data, a module a subject. It knows no database and no model class."""

from cms.demo.content import (
    case_a,
    case_a_events,
    case_a_groups,
    case_a_networks,
    case_b,
    case_c,
    case_d,
    news,
    organisations,
    people,
    places,
    site,
    upcoming,
    upcoming_changed,
    upcoming_webinar,
)

#: Everything in the order of making: what is referred to stands before what refers to it.
NODES = (
    *organisations.NODES,
    *people.NODES,
    *places.NODES,
    *site.NODES,
    *case_a_groups.PROGRAMMES,
    *case_c.NODES,
    case_a.INDEX,
    *case_a_networks.NODES,
    *case_a_groups.GROUPS,
    *case_a_events.NODES,
    *case_b.NODES,
    *case_d.NODES,
    *upcoming.NODES,
    *upcoming_changed.NODES,
    *upcoming_webinar.NODES,
    *news.NODES,
    site.SETTINGS,
)

__all__ = ["NODES"]
