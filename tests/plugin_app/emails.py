from django.utils import timezone

from verkosto.registrations.models import Message


def bus_can_be_caught(message: Message) -> bool:
    """Whether the mail is still of use: it may wait for days while the mail server is down."""
    desk = message.desk
    return desk is None or desk.starts_at is None or desk.starts_at > timezone.now()
