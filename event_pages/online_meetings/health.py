"""The health check of meetings online: whether the events that want one have it."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from event_pages.models import EventPage, OnlineMeeting
from event_pages.online_meetings.providers import meeting_providers
from event_pages.querysets import is_over
from verkosto.core.health import Finding, HealthCheck, Status


def find_meetings_without_link() -> Finding:
    """Find the coming events whose meeting could not be prepared, or whose provider is not installed. One query."""
    coming = EventPage.objects.live().exclude(is_over(timezone.now())).exclude(meeting_provider="")
    rows = OnlineMeeting.objects.filter(translation_key__in=coming.values("translation_key"), wanted__isnull=False)
    without_provider = ~Q(wanted__provider__in=list(meeting_providers()))
    found = rows.aggregate(
        all=Count("pk"),
        homeless=Count("pk", filter=without_provider),
        failing=Count("pk", filter=~Q(failure="") & ~without_provider),
    )
    figures = {"online_meetings_failing": found["failing"], "online_meetings_without_provider": found["homeless"]}
    if found["homeless"]:
        text = ngettext(
            "%(count)s coming event has lost its online meeting: its provider is not installed.",
            "%(count)s coming events have lost their online meetings: their provider is not installed.",
            found["homeless"],
        )
        advice = _(
            "Their links are withdrawn. Install the provider again, for Jitsi Meet with JITSI_URL, or have the editors give "
            "joining links."
        )
        return Finding(Status.ATTENTION, text % {"count": found["homeless"]}, advice, figures)
    if found["failing"]:
        text = ngettext(
            "The online meeting of %(count)s coming event could not be prepared.",
            "The online meetings of %(count)s coming events could not be prepared.",
            found["failing"],
        )
        advice = _("The list of online meetings says why, and has a button that tries it again.")
        return Finding(Status.ATTENTION, text % {"count": found["failing"]}, advice, figures)
    return Finding(Status.OK, _("Every coming event has the online meeting that it wants."), figures=figures)


HEALTH_CHECKS = [
    HealthCheck(
        "online_meetings",
        gettext_lazy("Online meetings"),
        find_meetings_without_link,
        "verkosto_events_meetings:list",
        "",
        gettext_lazy("See the online meetings"),
    )
]
