"""The desks of a site in which everything breaks. They are made in a process of the site."""

from tests.factories.registrations import event_with_desk, question

PLACES = 40
FAULTS = ("migrated", "web", "worker", "postgresql", "redis", "mail", "disk", "clock", "versions", "calm", "rush")


def load() -> dict[str, str]:
    """Publish an event for each fault. Return the keys of their desks by name, and that of the question for a file."""
    upload = question("file", "Liite", megabytes=5)
    keys = {"file": f"q-{upload['id']}"}
    for name in FAULTS:
        questions = [upload] if name == "disk" else []
        keys[name] = str(event_with_desk(title=name, slug=name, capacity=PLACES, questions=questions).translation_key)
    return keys
