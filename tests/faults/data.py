"""The desks of a site in which everything breaks. They are made in a process of the site."""

from tests.factories.registrations import event_with_desk, question

PLACES = 40
FAULTS = ("migrated", "web", "worker", "postgresql", "redis", "mail", "disk", "clock", "versions", "calm", "rush")


def load() -> dict[str, str]:
    """Publish an event for each fault. Return the keys of their desks by name, and that of the question for a file."""
    upload = question("file", "Liite", megabytes=5)
    keys, index = {"file": f"q-{upload['id']}"}, None
    for name in FAULTS:
        questions = [upload] if name == "disk" else []
        page = event_with_desk(index=index, title=name, slug=name, capacity=PLACES, questions=questions)
        index = index or page.get_parent().specific
        keys[name] = str(page.translation_key)
    return keys
