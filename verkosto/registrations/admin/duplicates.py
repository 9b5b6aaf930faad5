"""Find people who seem to be registered twice at one desk: with another address, or with the names in another order."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from verkosto.core.email_addresses import fold_email
from verkosto.core.jobs import engine
from verkosto.core.users import SignedInUser
from verkosto.registrations.models import Desk, Job, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet

JOB = "find_duplicates"
IN_REQUEST = 2000  # registrations that are compared while the page is waited for
PORTION = 2000  # registrations that a job reads at once
MOST_GROUPS = 500  # that a job stores: whoever has looked at them searches again


class Person(Protocol):
    """What is compared of a registration."""

    pk: int
    name: str
    email: str


def normalised(text: str) -> str:
    """Return the letters and digits alone, without case and accents: "Ängström, Åke" → "angstromake"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def matching_keys(person: Person) -> set[tuple[str, str]]:
    """Return the keys that duplicates share: the name in any order, the address without its tag and dots."""
    names = sorted(filter(None, map(normalised, person.name.split())))
    keys = {("name", " ".join(names))} if len(names) > 1 else set()
    mailbox, _at, domain = fold_email(person.email).rpartition("@")
    if domain:
        keys.add(("email", f"{mailbox.replace('.', '')}@{domain}"))
    return keys


def compared(desk: Desk) -> RegistrationQuerySet:
    """Return the registrations that are compared: active and not erased, the oldest first."""
    return desk.registrations.active().filter(purged_at__isnull=True).order_by("created_at", "pk")


def needs_job(desk: Desk) -> bool:
    """Return whether a desk has too many registrations to compare in a request."""
    return compared(desk).order_by()[: IN_REQUEST + 1].count() > IN_REQUEST


def find_duplicates(desk: Desk) -> list[list[Registration]]:
    """Return groups of active registrations that seem to be of one person, the oldest first."""
    return load_groups(desk, group_by_keys(_people(desk)))


def load_groups(desk: Desk, groups: Iterable[Iterable[int]]) -> list[list[Registration]]:
    """Return the registrations of groups of keys. What has ended since is left out, and groups of one. One query."""
    groups = [list(group) for group in groups]
    wanted = [pk for group in groups for pk in group]
    rows = {row.pk: row for row in compared(desk).filter(pk__in=wanted).defer("answers", "agreed")}
    found = [[rows[pk] for pk in group if pk in rows] for group in groups]
    return [group for group in found if len(group) > 1]


def group_by_keys(people: Iterable[Person]) -> list[list[int]]:
    """Return the primary keys grouped by what they share, without those that share nothing."""
    parent: dict[int, int] = {}

    def root(pk: int) -> int:
        while parent[pk] != pk:
            parent[pk] = pk = parent[parent[pk]]
        return pk

    seen: dict[tuple[str, str], int] = {}
    for person in people:
        parent[person.pk] = person.pk
        for key in matching_keys(person):
            first = seen.setdefault(key, person.pk)
            parent[root(person.pk)] = root(first)
    groups: dict[int, list[int]] = defaultdict(list)
    for pk in parent:
        groups[root(pk)].append(pk)
    return [members for members in groups.values() if len(members) > 1]


def start_search(desk: Desk, user: SignedInUser) -> Job:
    """Start a job that compares all registrations of a desk, and return it; the one that is running, if there is one."""
    running = Job.objects.filter(desk=desk, kind=JOB).unfinished().first()
    return running or engine.start(Job(kind=JOB, desk=desk, user=user, total=compared(desk).count()))


def last_search(desk: Desk) -> Job | None:
    """Return the job that last compared the registrations of a desk."""
    return Job.objects.filter(desk=desk, kind=JOB, state=Job.State.DONE).order_by("-finished_at").first()


def search(job: Job) -> dict[str, object]:
    """Compare all registrations of the job's desk. The result is primary keys, no personal data.

    A search that was interrupted begins again: what it compared was in its memory.
    """
    if job.desk is None:
        return {"groups": [], "found": 0}
    people = _people(job.desk)
    Job.objects.filter(pk=job.pk).update(done=0)

    def with_progress() -> Iterator[Person]:
        position = 0
        for number, person in enumerate(people, 1):
            yield person
            if number % PORTION == 0:
                position = engine.advance(job, position, PORTION)

    groups = group_by_keys(with_progress())
    Job.objects.filter(pk=job.pk).update(done=job.total)
    return {"groups": groups[:MOST_GROUPS], "found": len(groups)}


def _people(desk: Desk) -> Iterator[Person]:
    # Tuples: making a model instance of each row would take longer than comparing it.
    return compared(desk).values_list("pk", "name", "email", named=True).iterator(chunk_size=PORTION)
