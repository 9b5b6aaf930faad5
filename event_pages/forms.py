"""The form of an event in the editor, which reads times in the zone of the event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.core.forms import PageForm


class EventForm(PageForm):
    """Reads and shows the times of an event in the event's own zone, not in that of the editor's account."""

    zoned_fields = ("starts_at", "ends_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = ZoneInfo(self.instance.timezone or settings.TIME_ZONE)
        for name in self.zoned_fields:
            value = self.initial.get(name)
            if isinstance(value, datetime) and timezone.is_aware(value):
                self.initial[name] = value.astimezone(zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.clean_zoned()
        return self.cleaned_data

    def clean_zoned(self) -> None:
        """Read the times that were entered as times in the chosen zone."""
        cleaned = self.cleaned_data
        zone = cleaned.get("timezone") or settings.TIME_ZONE
        for name in self.zoned_fields:
            value = cleaned.get(name)
            if value is None:
                continue
            # Django has read it in the editor's zone: read the same digits in the event's.
            local = timezone.make_naive(value).replace(tzinfo=ZoneInfo(zone))
            if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
                self.add_error(name, _("This time does not exist: clocks move past it when summer time begins."))
            cleaned[name] = local
