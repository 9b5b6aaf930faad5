"""States of webhooks and deliveries, as the lists show them."""

from django.utils.translation import gettext_lazy as _

from verkosto.webhooks.enums import DeliveryState
from verkosto.webhooks.models import Delivery, Endpoint
from verkosto.webhooks.webhook_events import TEST, webhook_events

DELIVERY_ICONS: dict[str, str] = {
    DeliveryState.QUEUED: "time",
    DeliveryState.SENDING: "rotate",
    DeliveryState.DELIVERED: "check",
    DeliveryState.FAILED: "warning",
}
DELIVERY_TONES: dict[str, str] = {DeliveryState.DELIVERED: "good", DeliveryState.FAILED: "bad"}


def endpoint_state(endpoint: Endpoint) -> dict[str, object]:
    """Return the label, icon and tone of an endpoint's state."""
    if not endpoint.is_active:
        label = _("Switched off after failing") if endpoint.switched_off_at else _("Switched off")
        return {"label": label, "icon": "cross", "tone": "bad" if endpoint.switched_off_at else "quiet"}
    if endpoint.failing_since:
        return {"label": _("Failing"), "icon": "warning", "tone": "attention"}
    return {"label": _("Active"), "icon": "check", "tone": "good"}


def delivery_state(delivery: Delivery) -> dict[str, object]:
    """Return the label, icon and tone of a delivery's state."""
    is_delayed = delivery.state == DeliveryState.QUEUED and delivery.attempts
    return {
        "label": _("Will be tried again") if is_delayed else delivery.get_state_display(),
        "icon": DELIVERY_ICONS.get(delivery.state, "help"),
        "tone": DELIVERY_TONES.get(delivery.state, "plain"),
    }


def event_label(name: str) -> str:
    """Return what a type of event is called; its name where no app knows it any more."""
    if name == TEST:
        return str(_("Test"))
    known = webhook_events().get(name)
    return str(known.label) if known else name
