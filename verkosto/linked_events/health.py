"""The health check of what is sent to a LinkedEvents server: whether it answers and takes the events."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verkosto.core.health import Finding, HealthCheck, Status
from verkosto.linked_events import conf
from verkosto.linked_events.enums import PushProblem
from verkosto.linked_events.models import PushedEvent


def find_failing_pushes() -> Finding:
    """Find the events that the server refuses or for which it does not answer. One query.

    What an event itself lacks, such as a venue, is for its editor and not for the operator.
    """
    if not conf.pushes():
        return Finding(Status.OK, _("This site sends its events to no LinkedEvents server."))
    failing = PushedEvent.objects.filter(problem__in=(PushProblem.REFUSED, PushProblem.UNREACHABLE)).count()
    figures = {"linked_events_failing": failing}
    if not failing:
        return Finding(Status.OK, _("The LinkedEvents server takes the events."), figures=figures)
    text = ngettext(
        "%(count)s event cannot be sent to the LinkedEvents server.",
        "%(count)s events cannot be sent to the LinkedEvents server.",
        failing,
    )
    advice = _(
        "The list says what the server answers. Check the address and the key, correct the event or tell whoever maintains "
        "the server; then send the events again."
    )
    return Finding(Status.ATTENTION, text % {"count": failing}, advice, figures)


HEALTH_CHECKS = [
    HealthCheck(
        "linked_events",
        gettext_lazy("LinkedEvents"),
        find_failing_pushes,
        "linked_events:index",
        "",
        gettext_lazy("See the events on LinkedEvents"),
    )
]
