"""What webhooks say: references, statuses, numbers, times and addresses of pages. Times are ISO 8601 in UTC."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from verkosto.core.page_urls import absolute_url, path_of, site_of
from verkosto.registrations.enums import PoolKind
from verkosto.registrations.models import Desk, Pool, Registration
from verkosto.webhooks.models import Delivery


def desk_data(desk: Desk) -> dict[str, object]:
    """Return a desk with its places. One query."""
    pools = dict(
        Pool.objects.filter(desk=desk, kind__in=[PoolKind.DESK, PoolKind.WAITING]).values_list("kind", "taken")
    )
    original = desk.version(desk.original_language)
    return {
        "key": str(desk.translation_key),
        "title": original.get("title", ""),
        "url": absolute_url(original.get("url", "")),
        "status": desk.status,
        "starts_at": moment(desk.starts_at),
        "ends_at": moment(desk.ends_at),
        "capacity": desk.capacity,
        "taken": pools.get(PoolKind.DESK, 0),
        "waiting": pools.get(PoolKind.WAITING, 0),
    }


def registration_data(registration: Registration) -> dict[str, object]:
    """Return a registration without personal data."""
    return {
        "reference": registration.reference,
        "status": registration.status,
        "has_offer": registration.has_offer,
        "places": registration.places,
        "language": registration.language,
        "attendance": registration.attendance,
        "registered_at": moment(registration.created_at),
    }


def page_data(page: Page) -> dict[str, object]:
    """Return one language version of a page. ``key`` is the same in all languages."""
    return {
        "id": page.pk,
        "key": str(page.translation_key),
        "type": page.specific_class._meta.label if page.specific_class else "",
        "language": page.locale.language_code,
        "title": page.title,
        "url": absolute_url(path_of(page), site_of(page)),
        "first_published_at": moment(page.first_published_at),
        "published_at": moment(page.last_published_at),
    }


def moment(value: datetime | None) -> str | None:
    """Return a time in ISO 8601, in UTC."""
    return value.astimezone(UTC).isoformat(timespec="seconds") if value else None


def body_of(delivery: Delivery) -> bytes:
    """Return what is sent: JSON with the type, the time when it happened and the data (Standard Webhooks, “Payload”).

    Personal data is added here, and only for an endpoint that includes it: as it is now, and never after its erasure.
    """
    data: dict[str, Any] = dict(delivery.data)
    if delivery.endpoint.includes_personal_data and "registration" in data:
        data["registration"] = {**data["registration"], **_person(data["registration"])}
    occurred = moment(delivery.created_at or timezone.now())
    return json.dumps({"type": delivery.event, "timestamp": occurred, "data": data}, ensure_ascii=False).encode()


def _person(data: Mapping[str, object]) -> dict[str, str]:
    registration = Registration.objects.filter(reference=data.get("reference"), purged_at__isnull=True).first()
    if registration is None:
        return {}
    return {"name": registration.name, "email": registration.email, "organisation": registration.organisation}
