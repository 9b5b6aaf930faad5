from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from event_pages.models import EventPage


class ExcursionPage(EventPage):
    """An event that is a journey."""

    distance_km = models.PositiveIntegerField(default=0)

    template = "verkosto_events/event_page.html"
    schedule_panels = [*EventPage.schedule_panels, FieldPanel("distance_km"), InlinePanel("stages")]
    override_translatable_fields = [
        *EventPage.override_translatable_fields,
        SynchronizedField("distance_km", overridable=False),
    ]


class Stage(TranslatableMixin, ClusterableModel, Orderable):
    page = ParentalKey(ExcursionPage, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=100)

    panels = [FieldPanel("name"), InlinePanel("stops")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Stop(TranslatableMixin, ClusterableModel, Orderable):
    stage = ParentalKey(Stage, on_delete=models.CASCADE, related_name="stops")
    name = models.CharField(max_length=100)

    panels = [FieldPanel("name")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Sight(TranslatableMixin, Orderable):
    stop = ParentalKey(Stop, on_delete=models.CASCADE, related_name="sights")
    name = models.CharField(max_length=100)

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Altitude(Orderable):
    """Without words, and so without a key."""

    stop = ParentalKey(Stop, on_delete=models.CASCADE, related_name="altitudes")
    metres = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.metres} m"
