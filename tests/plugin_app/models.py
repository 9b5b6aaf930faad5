from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from event_pages.models import EventPage


class ExcursionPage(EventPage):
    """An event that is a journey."""

    distance_km = models.PositiveIntegerField(default=0)

    template = "verkosto_events/event_page.html"
    schedule_panels = [*EventPage.schedule_panels, FieldPanel("distance_km")]
    override_translatable_fields = [
        *EventPage.override_translatable_fields,
        SynchronizedField("distance_km", overridable=False),
    ]
