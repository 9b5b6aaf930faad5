"""The closed sets of values that the webhooks store."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeliveryState(TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued", pgettext_lazy("webhook delivery", "Queued")
    SENDING = "sending", _("Sending")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")
