from argparse import ArgumentParser
from typing import Any

from verkosto.core.repeating_command import RepeatingCommand
from verkosto.registrations.mail.delivery import deliver_due
from verkosto.registrations.mail.outbox import resend_all
from verkosto.registrations.models import Message


class Command(RepeatingCommand):
    help = "Deliver the messages of the outbox that are due, also those that a stopped worker left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--failed",
            action="store_true",
            help="first put all messages that could not be delivered back into the outbox, such as after a long outage",
        )

    def run(self, **options: Any) -> dict[str, int]:
        resent = resend_all(Message.objects.failed()) if options["failed"] else 0
        return {"failed before": resent, "sent": deliver_due()}
