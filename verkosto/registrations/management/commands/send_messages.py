from typing import Any

from verkosto.core.repeating_command import RepeatingCommand
from verkosto.registrations.mail.delivery import deliver_due


class Command(RepeatingCommand):
    help = "Deliver the messages of the outbox that are due, also those that a stopped worker left."

    def run(self, **options: Any) -> dict[str, int]:
        return {"sent": deliver_due()}
