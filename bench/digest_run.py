"""``python -m bench.digest_run FEW MANY``: write the digests to few and to many followers in one process, and print JSON.

Each follows up to three of forty topics and the whole site, in one of two languages; a third of the events has a topic.
"""

import json
import resource
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 - apps first

from bench.content import calendar  # noqa: E402
from event_pages.models import EventPage  # noqa: E402
from home.models import HomePage  # noqa: E402
from tests.factories import home_tree  # noqa: E402
from verkosto.directory.models import Topic, TopicLink  # noqa: E402
from verkosto.registrations.models import Message  # noqa: E402
from verkosto.subscriptions.digests import DIGEST, write_digests  # noqa: E402
from verkosto.subscriptions.models import Follow, Follower, PageChange  # noqa: E402

TOPICS, EVENTS, BATCH = 40, 120, 2000
NOW = timezone.now()


def content() -> HomePage:
    """Make topics, and events that were published an hour ago. Return the home page."""
    home = HomePage.objects.filter(locale__language_code="fi").first() or home_tree()["fi"]
    index = calendar(home, "uutta")
    topics = [Topic.objects.create(locale=home.locale, name=f"Aihe {n}", slug=f"aihe-{n}") for n in range(TOPICS)]
    for number in range(EVENTS):
        event = index.add_child(
            instance=EventPage(
                title=f"Tapahtuma {number}",
                slug=f"tapahtuma-{number}",
                summary="Tule.",
                locale=home.locale,
                starts_at=NOW + timedelta(days=number + 1),
            )
        )
        if number % 3 == 0:
            TopicLink.objects.create(page=event, topic=topics[number % TOPICS], locale=home.locale)
        PageChange.objects.update_or_create(
            page_id=event.pk, defaults={"facts": "", "new_at": NOW - timedelta(hours=1)}
        )
    return home


def add_followers(home: HomePage, frequency: str, number: int) -> None:
    """Make followers with a frequency who have not been told of anything."""
    earlier = NOW - timedelta(days=5)
    for start in range(0, number, BATCH):
        followers = Follower.objects.bulk_create(
            Follower(
                email=f"{frequency}{each}@example.fi",
                language="sv" if each % 5 == 0 else "fi",
                frequency=frequency,
                notified_until=earlier,
            )
            for each in range(start, min(start + BATCH, number))
        )
        Follow.objects.bulk_create(
            Follow(follower=follower, kind=kind, key=key, confirmed_at=earlier)
            for each, follower in enumerate(followers)
            for kind, key in (
                *(("topic", f"aihe-{(each + step) % TOPICS}") for step in (0, 13, 27)[: 1 + each % 3]),
                ("site", str(home.translation_key)),
            )
        )


def peak() -> float:
    """Return the peak memory of the process in MiB. Linux reports it in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(few: int, many: int) -> dict[str, float]:
    """Return the seconds and the messages of the run to many, and how much more memory it took than the one to few."""
    home = content()
    add_followers(home, "weekly", few)
    write_digests(NOW)
    before, first = peak(), Message.objects.filter(kind=DIGEST).count()
    add_followers(home, "daily", many)
    between = peak()
    began = time.perf_counter()
    write_digests(NOW + timedelta(days=1))
    seconds = time.perf_counter() - began
    messages = Message.objects.filter(kind=DIGEST)
    twice = messages.count() - messages.values("recipient").distinct().count()
    written = messages.count() - first
    return {"seconds": seconds, "written": written, "twice": twice, "memory": peak() - max(before, between)}


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
