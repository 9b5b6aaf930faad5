"""``python -m bench localisation``: the translators' desk among many pages, and a tree submitted beside upstream's own.

The desk stands beside a bare report page of Wagtail in the same database, and the job beside wagtail-localize's own
submission of an equal tree; only those comparisons outlive the machine.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from tests import services

STRINGS = 15  # a page
DONE = 5  # of a page's strings are left undone on every fourth page
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def timed(work: Callable[[], Any]) -> tuple[float, int, Any]:
    """Seconds, queries and the answer of a piece of work."""
    from django.db import connection

    asked = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        start = time.perf_counter()
        answer = work()
        return time.perf_counter() - start, asked, answer


def many(model: Any, rows: Iterable[Any]) -> list[Any]:
    return model.objects.bulk_create(rows, batch_size=1000)


def write_pages(count: int, locales: list[Any]) -> None:
    """Pages in every language with their sources, strings and translations, written past all signals."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.utils import timezone
    from wagtail.models import Page
    from wagtail_localize import models as upstream

    from home.models import StandardPage

    specific, base = (ContentType.objects.get_for_model(model) for model in (StandardPage, Page))
    original, *others = locales
    keys = [uuid.uuid4() for _ in range(count)]
    for number, locale in enumerate(locales):
        many(Page, (
            Page(
                path=f"0001{9000 + number}{''.join(LETTERS[n // 36**p % 36] for p in (3, 2, 1, 0))}",
                depth=3, title=f"Sivu {n}", draft_title=f"Sivu {n}", slug=f"sivu-{n}", url_path=f"/{number}/sivu-{n}/",
                locale=locale, translation_key=key, content_type=specific, live=True,
            )
            for n, key in enumerate(keys)
        ))  # fmt: skip
    many(upstream.TranslatableObject, (upstream.TranslatableObject(pk=key, content_type=base) for key in keys))
    source = upstream.TranslationSource
    facts = {"specific_content_type": specific, "locale": original, "content_json": "{}"}
    now = timezone.now()
    sources = many(source, (source(object_id=key, object_repr="x", last_updated_at=now, **facts) for key in keys))
    many(upstream.Translation, (upstream.Translation(source=s, target_locale=o) for s in sources for o in others))
    context = upstream.TranslationContext
    places = [(key, n) for key in keys for n in range(STRINGS)]
    contexts = many(context, (context(object_id=key, path=f"body.{n}", path_id=uuid.uuid4()) for key, n in places))
    words = (f"Yksi kaksi kolme {n}" for n in range(len(places)))
    strings = many(
        upstream.String, (upstream.String(locale=original, data=data, data_hash=uuid.uuid4()) for data in words)
    )
    pairs = list(enumerate(zip(contexts, strings, strict=True)))
    many(upstream.StringSegment, (
        upstream.StringSegment(source=sources[n // STRINGS], context=place, string=string, order=n, attrs="{}")
        for n, (place, string) in pairs
    ))  # fmt: skip
    for locale in others:
        many(upstream.StringTranslation, (
            upstream.StringTranslation(translation_of=string, context=place, locale=locale, data="Ett")
            for n, (place, string) in pairs
            if n // STRINGS % 4 or n % STRINGS >= DONE
        ))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plant(home: Any, name: str, pages: int) -> Any:
    """A tree of about ``pages`` pages, ten below each."""
    from home.models import StandardPage

    text = [("paragraph", f"<p>{'Verkosto kokoaa yhteen ne, jotka kehittävät työtä. ' * 3}</p>")]
    root = home.add_child(instance=StandardPage(title=name, slug=name, summary="Tiivistelmä.", body=text))
    parents, made = [root], 1
    while made < pages:
        parent = parents[(made - 1) // 10]
        title = f"{name} {made}"
        page = StandardPage(title=title, slug=f"{name}-{made}", summary="Tiivistelmä.", body=text)
        parents.append(parent.add_child(instance=page))
        made += 1
    return StandardPage.objects.get(pk=root.pk)


def right_counts(root: Any, locale: Any) -> str:
    from wagtail.models import Page

    copies = Page.objects.filter(
        locale=locale, translation_key__in=root.get_descendants(inclusive=True).values("translation_key")
    )
    wrong = sum(page.numchild != Page.objects.child_of(page).count() for page in copies)
    return f"{copies.count()} pages, {wrong} with a wrong count of children"


def trees(home: Any, locale: Any, pages: int) -> None:
    """An equal tree for each, submitted into one language."""
    from wagtail_localize.operations import translate_object, translate_page_subtree

    from localisation import bulk

    theirs, ours = plant(home, "theirs", pages), plant(home, "ours", pages)

    def upstream() -> None:
        translate_object(theirs, [locale])
        translate_page_subtree(theirs.pk, [locale], None, None)

    def job() -> Any:
        tree = ours.get_descendants(inclusive=True)
        submission = bulk.start(pages=tree, locales=[locale], by=None)
        bulk.run(submission)
        return submission

    from django.db import transaction

    with transaction.atomic():  # as its view does
        theirs_took, theirs_asked, _ = timed(upstream)
    print(
        f"{'tree: wagtail-localize':<28}{theirs_took:>8.1f} s {theirs_asked:>8} queries  {right_counts(theirs, locale)}"
    )
    took, asked, submission = timed(job)
    print(f"{'tree: job':<28}{took:>8.1f} s {asked:>8} queries  {right_counts(ours, locale)}", end="")
    print(f"  {took / theirs_took:.2f} of its time")
    again, asked, _ = timed(job)
    print(f"{'tree: job, second time':<28}{again:>8.1f} s {asked:>8} queries  nothing made anew")
    assert submission.done == submission.total == pages


def measure(options: argparse.Namespace) -> bool:
    """Prints the figures; returns whether the desk asks fewer than 30 queries."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from wagtail.models import Locale

    from localisation.counting import recount
    from tests.factories import home_tree

    call_command("migrate", verbosity=0)
    home = home_tree()["fi"]
    locales = [Locale.objects.get(language_code=code) for code in ("fi", "sv", "en")]
    trees(home, locales[1], options.tree)
    write_pages(options.pages, locales)
    for name in ("rebuild", "rebuild, nothing new"):
        took, asked, changed = timed(recount)
        print(f"{name:<28}{took:>8.1f} s {asked:>8} queries  {changed} rows changed")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.create_superuser("bench", "bench@example.fi", "bench"))
    desk, floor = reverse("localisation:desk"), reverse("wagtailadmin_reports:aging_pages")
    spent: dict[str, list[float]] = {desk: [], floor: []}
    queries = {}
    for url in [desk, floor] * (options.rounds + 1):
        took, queries[url], response = timed(lambda url=url: client.get(url))
        assert response.status_code == 200, url
        spent[url].append(took)
    medians = {url: statistics.median(times[1:]) for url, times in spent.items()}
    print(f"{'Wagtail report page':<28}{medians[floor] * 1000:>8.0f} ms{queries[floor]:>8} queries")
    print(f"{'desk':<28}{medians[desk] * 1000:>8.0f} ms{queries[desk]:>8} queries", end="")
    holds = queries[desk] < 30
    print(f"  {medians[desk] / medians[floor]:.2f} of its time; under 30 queries: {'holds' if holds else 'FAILS'}")
    return holds


def main(arguments: list[str]) -> int:
    """Runs on a database of its own, and removes it."""
    parser = argparse.ArgumentParser(prog="python -m bench localisation", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000, help="pages in each of three languages")
    parser.add_argument(
        "--tree", type=int, default=100, help="pages of the tree that is submitted; the issue says 500"
    )
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    os.environ.pop("DATABASE_URL", None)  # somebody's own
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="verkosto-bench-"))
        database = stack.enter_context(services.postgresql()) or f"sqlite:///{folder}/bench.sqlite3"
        print(f"Measuring on {database.partition(':')[0]}: {options.pages} pages in three languages.\n", flush=True)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": database,
            "MEDIA_STORAGE_URL": f"file://{folder}/media",
        }
        try:
            return 0 if measure(options) else 1
        finally:
            from django.db import connections

            connections.close_all()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
