"""Events that take registrations."""

import uuid
from typing import Any

from event_pages.models import EventPage
from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.events import EventIndexPageFactory, EventPageFactory
from tests.factories.home import home_tree
from tests.factories.locales import in_language
from tests.recordings import recorded
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.domain.signup import SignupData, sign_up
from verkosto.registrations.enums import PoolKind
from verkosto.registrations.models import Desk, Pool, Registration


def question(kind: str, label: str, **fields: Any) -> dict[str, Any]:
    """A question's block, as StreamField data. ``choices`` is a list of labels, or of (label, capacity)."""
    value: dict[str, Any] = {"label": label, **fields}
    if "choices" in fields:
        pairs = [choice if isinstance(choice, tuple) else (choice, None) for choice in fields["choices"]]
        value["choices"] = [
            {"type": "item", "id": str(uuid.uuid4()), "value": {"label": words, "capacity": capacity}}
            for words, capacity in pairs
        ]
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


@recorded
def event_with_desk(*, questions: list[dict[str, Any]] | None = None, index: Any = None, **facts: Any) -> EventPage:
    """A published Finnish event that takes registrations."""
    index = index or EventIndexPageFactory(parent=home_tree()["fi"])
    page = EventPageFactory(
        parent=index,
        title=facts.pop("title", "Webinaari"),
        registration_enabled=True,
        privacy_notice=facts.pop("privacy_notice", None) or PrivacyNoticeFactory(),
        questions=questions or [],
        **facts,
    )
    return publish(page)


def publish(page: Any) -> Any:
    """Publish a page as an editor does, and give it back as it is stored."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def in_three_languages(page: EventPage) -> dict[str, EventPage]:
    """The event and its published Swedish and English versions, by language code."""
    versions = {"fi": page}
    for language, title in (("sv", "Webbinarium"), ("en", "Webinar")):
        in_language(page.get_parent().specific, language)
        versions[language] = publish(in_language(page, language, title=title))
    return versions


@recorded
def desk_of(page: Any) -> Desk:
    return Desk.objects.get(translation_key=page.translation_key)


def empty_desk(key: uuid.UUID, capacity: int) -> Desk:
    """A desk with places and nothing else, as quickly as many are needed."""
    desk = Desk.objects.create(translation_key=key, original_language="fi", capacity=capacity)
    Pool.objects.create(desk=desk, kind=PoolKind.DESK, capacity=capacity)
    return desk


def register(desk: Desk, email: str, **given: Any) -> Registration:
    """Sign somebody up with a name made from the address; ``guests`` are names or ``GuestData``."""
    how = {name: given.pop(name) for name in ("questions", "has_proof", "user") if name in given}
    guests = [GuestData(name=guest) if isinstance(guest, str) else guest for guest in given.pop("guests", ())]
    given["guests"] = guests
    data = SignupData(**{"name": email.split("@")[0].title(), "language": "fi", **given}, email=email)
    return sign_up(desk=desk, data=data, **how)
