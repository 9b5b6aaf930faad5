from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail import blocks
from wagtail.admin.compare import StructBlockComparison

from event_pages.models import AgendaItem
from tests.factories.events import EventIndexPageFactory, EventPageFactory
from verkosto.core.revision_comparison import text_of


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


class Block(blocks.StructBlock):
    name = blocks.CharBlock(required=False)
    at = blocks.TimeBlock(required=False)
    day = blocks.DateBlock(required=False)
    number = blocks.IntegerBlock(required=False)
    asked = blocks.BooleanBlock(required=False)
    kind = blocks.ChoiceBlock(choices=[("web", "Webinaari"), ("site", "Paikan päällä")], required=False)
    page = blocks.PageChooserBlock(required=False)


def shown(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The values of a block's two versions as the comparison shows them: old and new, or the same."""
    block = Block()
    html = StructBlockComparison(block, True, True, block.to_python(before), block.to_python(after)).htmldiff()
    parts = [part.split("</dd>")[0].replace("<span", " <span") for part in html.split("<dd>")[1:]]
    return [" ".join(strip_tags(part).split()) for part in parts]


def test_comparing_blocks_shows_no_value_of_python() -> None:
    """Blocks of a StreamField showed None, True, 09:00:00 and the keys of choices, as fields did."""
    empty = {"name": None, "at": None, "day": None, "number": None, "asked": False, "kind": None, "page": None}
    full = {"name": "Aino", "at": "09:00:00", "day": "2030-09-07", "number": 3, "asked": True, "kind": "web"}
    with override("fi"):
        assert shown(empty, full) == ["Aino", "– klo 9.00", "– 7.9.2030", "– 3", "Ei Kyllä", "– Webinaari", "–"]
        assert shown(full, {**full, "kind": "site"})[4:] == ["Kyllä", "Webinaari Paikan päällä", "–"]
        html = str(StructBlockComparison(Block(), True, True, None, None).htmlvalue(Block().to_python(full)))
    assert "09:00:00" not in html
    assert "True" not in html
