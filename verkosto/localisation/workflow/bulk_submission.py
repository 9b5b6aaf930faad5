"""The submission of many pages for translation, as a background job with one transaction for each page."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import TranslationCreator

from verkosto.core.jobs import engine
from verkosto.core.originals import get_original, is_original
from verkosto.core.users import SignedInUser
from verkosto.localisation.models import BulkSubmission, BulkSubmissionItem
from verkosto.localisation.permissions.access import may_edit
from verkosto.localisation.states.recount import recount, recount_after_commit, recount_once

Outcome = BulkSubmissionItem.Outcome
KIND = "submit_for_translation"
PAGES_PER_RECOUNT = 100
# The children are found by a range of paths, as treebeard does, so that the database uses the index.
_NUMBER_OF_CHILDREN = (
    Page.objects.filter(
        depth=OuterRef("depth") + 1,
        path__range=(OuterRef("path"), Concat(OuterRef("path"), Value("Z" * Page.steplen))),
    )
    .order_by()
    .values("depth")
    .annotate(number=Count("pk"))
    .values("number")
)


def start(*, pages: Iterable[Page], locales: Iterable[Locale], by: SignedInUser) -> BulkSubmission:
    """Store the pages to submit, parents first, and start the job. Of a translation, its original is submitted."""
    ordered = sorted(pages, key=lambda page: page.path)
    with transaction.atomic():
        submission = engine.start(BulkSubmission(kind=KIND, user=by, total=len(ordered)))
        submission.locales.set(locales)
        BulkSubmissionItem.objects.bulk_create(
            [BulkSubmissionItem(submission=submission, page=page) for page in ordered], batch_size=500
        )
    return submission


def submit_pages(submission: BulkSubmission) -> None:
    """Do the job: submit the pages that are not submitted yet.

    States are recounted once for ``PAGES_PER_RECOUNT`` pages.
    """
    locales = list(submission.locales.all())
    # If the job was interrupted, the states of the last pages may not have been recounted.
    done = submission.items.filter(outcome=Outcome.SUBMITTED).order_by("-page__path")[:PAGES_PER_RECOUNT]
    if keys := set(done.values_list("page__translation_key", flat=True)):
        recount(keys)
    waiting = submission.items.filter(outcome=Outcome.WAITING).select_related("page").order_by("page__path")
    position = submission.done
    while items := list(waiting[:PAGES_PER_RECOUNT]):
        with recount_once():
            for item in items:
                position = _submit_item(submission, position, item, locales)


def _submit_item(submission: BulkSubmission, position: int, item: BulkSubmissionItem, locales: list[Locale]) -> int:
    """Submit one page with its progress; an error is that page's outcome. Return the job's new position."""
    try:
        with transaction.atomic():
            engine.advance(submission, position, 1)
            outcome, reason = submit_page(item.page.specific, locales, submission.user)
            _write_outcome(item, outcome, reason)
    except engine.JobTakenOver:
        raise
    except Exception as error:  # every error is stored with its page; none may stop the others
        with transaction.atomic():
            engine.advance(submission, position, 1)
            _write_outcome(item, Outcome.FAILED, f"{type(error).__name__}: {error}")
    return position + 1


def _write_outcome(item: BulkSubmissionItem, outcome: str, reason: str) -> None:
    BulkSubmissionItem.objects.filter(pk=item.pk).update(outcome=outcome, reason=reason[:300])


def submit_page(page: Page, locales: list[Locale], by: SignedInUser | None) -> tuple[str, str]:
    """Submit a page's original for translation into those locales that have no version yet. Nothing is overwritten.

    Return the outcome and its reason. `by` must be allowed to change the original, which may be in another language;
    None for a management command.
    """
    if not is_original(page):
        original = get_original(page)
        if original is None or (by is not None and not may_edit(by, original)):
            return Outcome.FAILED, gettext("You cannot change the original, which is in another language.")
        page = original
    taken = set(
        Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True).values_list(
            "locale_id", flat=True
        )
    ) | set(
        Translation.objects.filter(source__object_id=page.translation_key).values_list("target_locale_id", flat=True)
    )
    wanted = [locale for locale in locales if locale.pk not in taken]
    if not wanted:
        return Outcome.SKIPPED, ""
    TranslationCreator(by, wanted).create_translations(page)
    for locale in wanted:
        correct_numchild(page, locale)
    recount_after_commit(page.translation_key)
    return Outcome.SUBMITTED, ""


def correct_numchild(page: Page, locale: Locale) -> None:
    """Correct `numchild` of a new translation and its parent, which wagtail-localize overwrites (#773)."""
    translations = Page.objects.filter(translation_key=page.translation_key, locale=locale)
    for path in translations.values_list("path", flat=True):
        nodes = Page.objects.filter(path__in=[path, path[: -Page.steplen]])
        nodes.update(numchild=Coalesce(Subquery(_NUMBER_OF_CHILDREN), 0))
