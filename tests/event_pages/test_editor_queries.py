"""The editor costs the same for an event of one part and for one of thirty.

Finding of operations: "event editor 56", which grew with every speaker. One asks for the languages of
the checklist. All but some ten are asked by Wagtail and
wagtail-localize for an empty page too.
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from event_pages.models import NetworkLink
from tests.factories.events import (
    EventIndexPageFactory,
    EventPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    fill_event,
)


def test_the_editor_of_an_event_costs_the_same_at_one_and_at_thirty_parts(admin_client, homes):
    index = EventIndexPageFactory(parent=homes["fi"])
    networks = NetworkIndexPageFactory(parent=homes["fi"])
    event, big = (EventPageFactory(parent=index, title=title) for title in ("Yksi", "Kolmekymmentä"))
    for page, count in ((event, 1), (big, 30)):
        for _number in range(count):
            network = NetworkPageFactory(parent=networks)
            NetworkLink.objects.create(page=page, network_page=network)
            page.related.append(("page", network.page_ptr))
        fill_event(page, count).save()
        page.save_revision()

    def queries(page):
        with CaptureQueriesContext(connection) as captured:
            html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert all(item.title in html for item in page.agenda_items.all())
        return [query["sql"] for query in captured]

    queries(event)  # the first visit stores whether the editor follows the page's comments
    queries(big)
    one, thirty = queries(event), queries(big)
    assert len(thirty) == len(one) == 56
