"""The audit log for other systems: who did what to what, as ids. What else Wagtail's log keeps is not sent."""

import logging
from functools import partial

from django.db import transaction
from wagtail.models import BaseLogEntry

logger = logging.getLogger("verkosto.audit")


def ship(sender: type, instance: object, created: bool = False, **kwargs: object) -> None:
    """Log an entry of the audit log after the commit; connected to ``post_save``."""
    if created and isinstance(instance, BaseLogEntry):
        transaction.on_commit(partial(_ship, instance), robust=True)


def _ship(entry: BaseLogEntry) -> None:
    data = {
        "action": entry.action,
        "object_type": f"{entry.content_type.app_label}.{entry.content_type.model}" if entry.content_type else "",
        "object_id": str(getattr(entry, "page_id", None) or getattr(entry, "object_id", "")),
        "user_id": entry.user_id,
        "at": entry.timestamp.isoformat(),
        "entry": f"{entry._meta.label_lower}:{entry.pk}",
    }
    logger.info("%s", " ".join(f"{name}={value}" for name, value in data.items()), extra={"data": data})
