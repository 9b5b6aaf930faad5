"""The closed sets of values that this app stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PushState(TextChoices):
    """What a LinkedEvents server has of an event."""

    WAITING = "waiting", _("To be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    WITHDRAWN = "withdrawn", _("Not there")
    FAILED = "failed", _("Could not be sent")


class PushProblem(TextChoices):
    """Why an event is not sent: what the server demands is missing, or the server refuses it."""

    NO_DATE = "no_date", _("The date is not known yet")
    NO_VENUE = "no_venue", _("The event has no venue")
    UNKNOWN_VENUE = "unknown_venue", _("The venue was not imported from the server")
    NO_KEYWORD = "no_keyword", _("None of the topics has a concept in an ontology")
    OVER = "over", _("The event is over")
    REFUSED = "refused", _("The server refuses the event")
    IMAGE_REFUSED = "image_refused", _("Sent without its image, which the server refuses")
    UNREACHABLE = "unreachable", _("The server does not answer as it should")


class PlaceState(TextChoices):
    """How a place of a server differs from the directory."""

    NEW = "new", pgettext_lazy("place of a server", "New")
    SAME_NAME = "same_name", _("In the directory with the same name")
    CHANGED = "changed", pgettext_lazy("place of a server", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("place of a server", "Unchanged")
