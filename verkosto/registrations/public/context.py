"""The data that a registration form shows to visitors, read in a constant number of queries."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from verkosto.core.content_cache import cached
from verkosto.core.formats import format_opening
from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.enums import Eligibility, Opening, PoolKind
from verkosto.registrations.facts import StoredVersion
from verkosto.registrations.forms.signup import SignUpForm
from verkosto.registrations.models import Desk, Pool, Question
from verkosto.registrations.public import proof_of_work

LAST_PLACES = 10  # lists of events say how many places are left from this number on
FEW_PLACES = 5  # so many or fewer are shown as few


@dataclass(frozen=True)
class VenueOption:
    """One of the venues among which people choose. ``left`` is None for no limit; ``language`` that of the location."""

    location: str
    language: str
    left: int | None
    shows_left: bool
    takes_waiting: bool

    @property
    def is_full(self) -> bool:
        return self.left == 0


@dataclass
class FormContext:
    """A desk, its form and its state.

    ``state`` is "open", "waiting" (only the waiting list takes registrations), "full", "not_yet", "closed" or
    "cancelled".
    """

    desk: Desk
    questions: Sequence[Question]
    pools: Sequence[Pool]
    notices: Sequence[Any] = field(default=())
    language: str = ""

    @property
    def pool(self) -> Pool | None:
        return next((pool for pool in self.pools if pool.kind == PoolKind.DESK), None)

    @property
    def left(self) -> int | None:
        """Places left; None when there is no limit, or visitors are not to see the number."""
        is_shown = self.desk.show_places_left and not self.is_by_invitation
        return self.pool.left if self.pool and is_shown else None

    @property
    def is_by_invitation(self) -> bool:
        return self.desk.eligibility == Eligibility.INVITED

    @property
    def eligibility_note(self) -> str:
        """Who may register and what they need; "" if everybody may, and when registration is over."""
        if self.state not in ("open", "waiting", "not_yet"):
            return ""
        match self.desk.eligibility_now:
            case Eligibility.INVITED:
                return _(
                    "Registration is by personal invitation. If you have one, open the link in it, or enter its code in "
                    "the form with the address it was sent to. If you have none, contact the organiser."
                )
            case _ if self.desk.keeps_some_places and self.desk.members_until:
                return self._kept_places_note
            case Eligibility.MEMBERS if self.desk.members_until:
                opens = format_opening(self.desk.members_until, self.desk.timezone)
                return _(
                    "Until registration opens to everyone on %(opens)s, it is for members of the network. Use the email "
                    "address in the member list."
                ) % {"opens": opens}
            case Eligibility.MEMBERS:
                return _("Registration is for members of the network. Use the email address in the member list.")
        return ""

    @property
    def _kept_places_note(self) -> str:
        """How many places are kept for members and until when, and what it means for others."""
        kept, places = self.desk.kept_places, self.desk.capacity
        until = format_opening(self.desk.members_until, self.desk.timezone) if self.desk.members_until else ""
        note = _("%(kept)s of %(places)s places are kept for members until %(time)s.") % {
            "kept": kept,
            "places": places,
            "time": until,
        }
        if not self.others_wait:
            return note
        return f"{note} " + _("The others are taken: if you are not a member, you join the waiting list.")

    @property
    def others_wait(self) -> bool:
        """Whether the only places left are kept for members."""
        return any(pool.kind == PoolKind.OTHERS and pool.is_full for pool in self.pools)

    @property
    def nearly_full(self) -> bool:
        """Whether a registration may leave few places in a pool, so that cached pages have to be renewed with each.

        In a pool that is full it changes nothing: those who join a long waiting list do not renew all pages of the site.
        """
        limit = LAST_PLACES + self.desk.places_per_registration
        return any(pool.left and pool.left <= limit for pool in self.pools)

    @property
    def state(self) -> str:
        if self.desk.opening != Opening.OPEN:
            return self.desk.opening.value
        # Free places that are kept for a group on the waiting list are not for visitors.
        are_kept = any(getattr(pool, "has_kept_places", False) for pool in self.pools)
        if self.pool and (self.pool.is_full or are_kept) and not self.desk.needs_approval:
            waiting_list = next((pool for pool in self.pools if pool.kind == PoolKind.WAITING), None)
            return "waiting" if waiting_list and not waiting_list.is_full else "full"
        return "open"

    @property
    def full_options(self) -> frozenset[str]:
        """The options whose places are all taken, as the original's labels in lower case; none once registration is over."""
        if self.state not in ("open", "waiting", "full"):
            return frozenset()
        full = {pool.key for pool in self.pools if pool.kind == PoolKind.CHOICE and pool.is_full}
        return frozenset(
            choice.labels.get(self.desk.original_language, "").casefold()
            for question in self.questions
            for choice in question.choices
            if f"{question.key}:{choice.key}" in full
        )

    @property
    def venues(self) -> list[VenueOption]:
        """The venues among which people choose, in the form's order; [] for an event with one location."""
        stored = self.texts.get("venues")
        question = next((asked for asked in self.questions if stored and asked.key == stored["question"]), None)
        if stored is None or question is None:
            return []
        left = {pool.key: pool.left for pool in self.pools if pool.kind == PoolKind.CHOICE}
        return [
            VenueOption(
                location=stored["locations"].get(choice.key) or question.choice_label(choice.key),
                language=self.texts["language"],
                left=left.get(f"{question.key}:{choice.key}"),
                shows_left=self.desk.show_places_left and self.state == "open",
                takes_waiting=self.desk.waiting_list,
            )
            for choice in question.choices
            if not choice.retired
        ]

    @property
    def takes_form(self) -> bool:
        return self.state in ("open", "waiting")

    @property
    def asks_proof_of_work(self) -> bool:
        """Whether the form asks the visitor's browser for a proof of work."""
        return proof_of_work.is_asked()

    @property
    def privacy_notice(self) -> PrivacyNotice | None:
        """The privacy notice in the visitor's language, else in the original's."""
        by_language = {notice.locale.language_code: notice for notice in self.notices}
        return (
            by_language.get(self.language)
            or by_language.get(self.desk.original_language)
            or next(iter(by_language.values()), None)
        )

    @property
    def texts(self) -> StoredVersion:
        return self.desk.version(self.language)

    def form(self, *args: Any, **kwargs: Any) -> SignUpForm:
        """Return the desk's form; the arguments are those of a Django form."""
        about: dict[str, Any] = {"desk": self.desk, "questions": self.questions, "pools": self.pools}
        return SignUpForm(*args, **about, notice=self.privacy_notice, **kwargs)

    @property
    def days_left(self) -> int | None:
        """Whole days until the registration closes; None when it does not close before the event ends."""
        return (self.desk.stated_deadline - timezone.now()).days if self.desk.stated_deadline else None


def form_context_of(desk: Desk) -> FormContext:
    """Return the form context of a desk that the caller has read already; the context uses the same object. One query."""
    form_context = form_context_at(desk.translation_key)
    for question in form_context.questions if form_context else ():
        question.desk = desk
    return replace(form_context, desk=desk) if form_context else FormContext(desk=desk, questions=[], pools=[])


def form_context_at(translation_key: UUID) -> FormContext | None:
    """Return the form context of the desk with a key; None if there is none.

    One query; three after a change of content, when questions and privacy notices are read again.
    """
    # Every desk has a pool of its own.
    pools = list(
        Pool.objects.filter(desk__translation_key=translation_key)
        .shown_to_visitors()
        .select_related("desk")
        .order_by("pk")
    )
    if not pools:
        return None
    desk = pools[0].desk
    questions, notices = cached(partial(_form_rows, translation_key), "registration-form", translation_key)
    questions = [copy(question) for question in questions]
    for question in questions:
        question.desk = desk
    language = get_language() or desk.original_language
    return FormContext(desk=desk, questions=questions, pools=pools, notices=notices, language=language)


def form_context_for(page: Page) -> FormContext | None:
    """Return the form context of a page, read once for all that shows it in one rendering; None without a desk."""
    target = getattr(page, "registration_page", None)
    if target is None:
        return None
    if not hasattr(page, "_form_context"):
        page._form_context = form_context_at(target.translation_key)
    return page._form_context


def _form_rows(translation_key: UUID) -> tuple[list[Question], list[PrivacyNotice]]:
    """Return the rows that only publishing changes: a desk's questions, and its privacy notice in all languages."""
    questions = Question.objects.filter(desk__translation_key=translation_key).in_use()
    desks = Desk.objects.filter(translation_key=translation_key).order_by()
    notices = privacy_notices_of(desks.values("privacy_notice"))
    return list(questions), list(notices)


def load_embedded_page(page: Page) -> Page:
    """Return a registrable page as its own type, to show its form inside another page. One query."""
    model = page.specific_class
    if model is None:
        return page
    return model._default_manager.get(pk=page.pk)


def privacy_notices_of(notice_pks: Iterable[int] | QuerySet) -> QuerySet[PrivacyNotice]:
    """Return privacy notices in all their languages. ``notice_pks`` are those of one language."""
    same = PrivacyNotice.objects.filter(pk__in=notice_pks).values("translation_key")
    return PrivacyNotice.objects.filter(translation_key__in=same).select_related("locale", "controller")
