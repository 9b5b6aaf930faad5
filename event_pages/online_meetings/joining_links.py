"""The links and the checks of meetings online, for the pages and the editors of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from event_pages.models.online_meeting import OnlineMeeting

if TYPE_CHECKING:
    from event_pages.models import EventPage


def joining_link_of(event: EventPage) -> str:
    """Return the private joining link: that of the editor, or else of the meeting that was made; "" for none.

    One query for an event whose editor chose a provider, none for others.
    """
    if event.joining_url or not event.meeting_provider:
        return event.joining_url
    return (
        OnlineMeeting.objects.filter(translation_key=event.translation_key).values_list("url", flat=True).first() or ""
    )


def meeting_warning(event: EventPage) -> str:
    """Return what is wrong with the meeting that is to be made for an event, for its editor; "" for nothing. One query."""
    row = OnlineMeeting.objects.filter(translation_key=event.translation_key).exclude(failure="").first()
    if row is None:
        return ""
    return _("The online meeting could not be prepared: %(reason)s") % {"reason": row.failure}
