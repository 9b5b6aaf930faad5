"""The block that lists events on any page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Locale, Page
from wagtail.snippets.blocks import SnippetChooserBlock

from event_pages.event_types import event_types
from event_pages.models import EventPage


class EventListBlock(blocks.StructBlock):
    """A list of upcoming or past events in the language of the page."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    time = blocks.ChoiceBlock(
        label=_("Events to show"),
        choices=[("upcoming", _("Upcoming, next first")), ("past", _("Past, latest first"))],
        default="upcoming",
    )
    source = blocks.PageChooserBlock(
        label=_("Events under page"),
        required=False,
        help_text=_(
            "A network, a series or any page with events below it. If left empty, all events in the language are "
            "shown."
        ),
    )
    topic = SnippetChooserBlock("verkosto_directory.Topic", label=_("Topic"), required=False)
    kind = blocks.ChoiceBlock(label=_("Event type"), choices=event_types, required=False)
    count = blocks.IntegerBlock(label=_("Maximum number"), default=5, min_value=1, max_value=50)

    class Meta:
        label = _("Events")
        icon = "calendar"
        group = _("Lists")
        template = "verkosto_events/blocks/event_list.html"
        description = _("Upcoming or past events, listed automatically.")
        preview_value = {"title": "Coming up", "time": "upcoming", "count": 3}

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        """Return the block's context with ``events``."""
        context = super().get_context(value, parent_context=parent_context)
        page = context.get("page")
        locale_id = page.locale_id if page and getattr(page, "locale_id", None) else Locale.get_active().pk
        context["events"] = chosen_events(value, locale_id)
        return context


def chosen_events(value: blocks.StructValue, locale_id: int) -> list[EventPage]:
    """Return the events that the block's settings select in a language. One query, and one more for view restrictions."""
    events = EventPage.objects.visible().in_locale(locale_id)
    if source := value.get("source"):
        # The chosen page may be in another language: use its version in this one.
        version = Page.objects.filter(translation_key=source.translation_key, locale_id=locale_id).first()
        events = events.of_network(version or source)
    if topic := value.get("topic"):
        events = events.about(topic.slug)
    if kind := value.get("kind"):
        events = events.of_kind(kind)
    events = events.past() if value.get("time") == "past" else events.upcoming()
    return list(events.for_listing()[: value.get("count") or 5])
