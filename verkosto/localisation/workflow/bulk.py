"""Submitting a subtree or a selection: a job of small transactions that skips what exists, and goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from treebeard.mp_tree import MP_Node
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import TranslationCreator

from verkosto.localisation.models import BulkItem, BulkSubmission
from verkosto.localisation.originals import is_original
from verkosto.localisation.states.recount import counted_at_the_end, recount, touch

Outcome = BulkItem.Outcome
COUNTED_TOGETHER = 20  # pages


def start(*, pages: Iterable[Page], locales: Iterable[Locale], by: Any) -> BulkSubmission:
    """Stores what is to be done, in tree order, and enqueues the job. `pages` are originals; others are skipped."""
    with transaction.atomic():
        submission = BulkSubmission.objects.create(by=by)
        submission.locales.set(locales)
        ordered = sorted(pages, key=lambda page: page.path)
        BulkItem.objects.bulk_create([BulkItem(submission=submission, page=page) for page in ordered], batch_size=500)
        transaction.on_commit(lambda: run_job.enqueue(submission.pk))
    return submission


def start_from_form(request: HttpRequest, page: Page) -> str:
    """For wagtail-localize's form with "include subtree"; returns the address of the progress page."""
    locales = Locale.objects.filter(pk__in=request.POST.getlist("locales"))
    subtree = page.get_descendants(inclusive=True).filter(alias_of__isnull=True)
    submission = start(pages=subtree, locales=locales, by=request.user)
    return reverse("verkosto_localisation:bulk", args=[submission.pk])


@task()
def run_job(submission_pk: int) -> None:
    run(BulkSubmission.objects.get(pk=submission_pk))


def run(submission: BulkSubmission) -> None:
    """Does what waits, one transaction a page. A second run, or one after a crash, finds only what is left.

    States are counted for a few pages at a time; after a crash for those first that it may have left uncounted.
    """
    locales = list(submission.locales.all())
    done = submission.items.filter(outcome=Outcome.SUBMITTED).order_by("-page__path")[:COUNTED_TOGETHER]
    if keys := set(done.values_list("page__translation_key", flat=True)):
        recount(keys)
    waiting = submission.items.filter(outcome=Outcome.WAITING).select_related("page").order_by("page__path")
    while items := list(waiting[:COUNTED_TOGETHER]):
        with counted_at_the_end():
            for item in items:
                _do(item, locales, submission.by)
    BulkSubmission.objects.filter(pk=submission.pk).update(finished_at=timezone.now())


def _do(item: BulkItem, locales: list[Locale], by: Any) -> None:
    try:
        with transaction.atomic():
            outcome, reason = submit_page(item.page.specific, locales, by)
    except Exception as error:  # one page's error is that page's outcome: the others go on
        outcome, reason = Outcome.FAILED, f"{type(error).__name__}: {error}"
    BulkItem.objects.filter(pk=item.pk).update(outcome=outcome, reason=reason[:300])


def submit_page(page: Page, locales: list[Locale], by: Any) -> tuple[str, str]:
    """Submits one original into those of the locales where nobody made a version yet; overwrites nothing."""
    if not is_original(page):
        return Outcome.SKIPPED, "not an original"
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
        mend_numchild(page, locale)
    touch(page.translation_key)
    return Outcome.SUBMITTED, ""


def mend_numchild(page: Page, locale: Locale) -> None:
    """wagtail-localize saves the copied parent's stale `numchild` over the count that treebeard had just raised (#773)."""
    target = page.get_translation_or_none(locale)
    if target is None:
        return
    for node in (target, target.get_parent()):
        children = Page.objects.child_of(node).count() if isinstance(node, MP_Node) else 0
        Page.objects.filter(pk=node.pk).exclude(numchild=children).update(numchild=children)
