from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override

from event_pages.models import AgendaItem
from tests.factories.events import EventIndexPageFactory, EventPageFactory
from verkosto.core.comparison import text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        (True, "Kyllä"),
        (False, "Ei"),
        (0, "0"),
        (date(2030, 9, 7), "7.9.2030"),
        (time(9), "9.00"),
        (datetime(2030, 9, 7, 6, tzinfo=UTC), "9.00"),
    ],
)
def test_values_are_shown_as_readers_write_them(value: Any, text: str) -> None:
    with override("fi"):
        shown = text_of(value).replace("\xa0", " ")
    assert shown.endswith(text) if isinstance(value, datetime | date | time) else shown == text


@pytest.mark.django_db
def test_comparing_revisions_shows_no_value_of_python(admin_client: Client, homes: dict[str, Any]) -> None:
    event = EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]))
    event.agenda_items = [AgendaItem(title="Avaus", day=event.days[0], starts_at=time(9))]
    first = event.save_revision()
    event.ends_at, event.capacity, event.subject_to_change = None, 30, True
    event.agenda_items = [AgendaItem(title="Avaus", day=event.days[0], starts_at=time(10), ends_at=time(11))]
    second = event.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[event.pk, first.pk, second.pk])
    html = admin_client.get(url).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    compared = strip_tags(main[main.rindex("<tbody") : main.rindex("</tbody>")])
    for wrong in ("None", "True", "False", "09:00:00", "11:00:00", "2126-"):
        assert wrong not in compared
    assert "9.00" in compared


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "Aino Virtanen"])
def test_the_banner_of_an_earlier_version_names_who_made_it_or_nobody(
    admin_client: Client, homes: dict[str, Any], name: str
) -> None:
    event = EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]))
    user = User.objects.create(username="aino", first_name="Aino", last_name="Virtanen") if name else None
    revision = event.save_revision(user=user)
    event.save_revision()
    response = admin_client.get(reverse("wagtailadmin_pages:revisions_revert", args=[event.pk, revision.pk]))
    [message] = response.context["messages"]
    text = " ".join(strip_tags(str(message)).split())
    assert "None" not in text
    assert text.endswith(f", {name})." if name else ").")
    assert ("," in text) == bool(name)
