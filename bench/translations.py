"""``python -m bench.translations PAGES TREE ROUNDS``: measure localisation in one process, and print JSON."""

import json
import sys
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - apps first
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Locale, Page  # noqa: E402
from wagtail_localize import models as upstream  # noqa: E402
from wagtail_localize.operations import translate_object, translate_page_subtree  # noqa: E402

from home.models import HomePage, StandardPage  # noqa: E402
from tests.factories import home_tree  # noqa: E402
from verkosto.core.jobs import engine  # noqa: E402
from verkosto.localisation.states.recount import recount  # noqa: E402
from verkosto.localisation.workflow import bulk_submission as bulk  # noqa: E402

STRINGS = 15  # a page
DONE = 5  # of a page's strings are left undone on every fourth page
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def timed(work: Callable[[], Any]) -> dict[str, Any]:
    """Return the seconds in total, of CPU time and in SQL, the query count, and the result of a call."""
    queries, in_sql = 0, 0.0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries, in_sql
        queries += 1
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            in_sql += time.perf_counter() - began

    with connection.execute_wrapper(count):
        began, cpu = time.perf_counter(), time.process_time()
        answer = work()
        spent, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"seconds": spent, "cpu": cpu, "queries": queries, "sql": in_sql, "answer": answer}


def many(model: Any, rows: Iterable[Any]) -> list[Any]:
    return model.objects.bulk_create(rows, batch_size=1000)


def write_pages(count: int, locales: list[Any]) -> None:
    """Create pages in every language with their sources, strings and translations, without sending signals."""
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
    """Create a tree of about ``pages`` pages, ten below each."""
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


def copies(root: Any, locale: Any) -> tuple[int, int]:
    """Return the number of copies of a tree in a language, and of those with a wrong child count."""
    keys = root.get_descendants(inclusive=True).values("translation_key")
    made = Page.objects.filter(locale=locale, translation_key__in=keys)
    return len(made), sum(page.numchild != Page.objects.child_of(page).count() for page in made)


def trees(home: Any, locale: Any, pages: int) -> dict[str, Any]:
    """Submit equal trees to one language, through wagtail-localize and through ours, which is interrupted and resumed."""
    theirs, ours = plant(home, "theirs", pages), plant(home, "ours", pages)

    def upstream() -> None:
        with transaction.atomic():  # as its view does
            translate_object(theirs, [locale])
            translate_page_subtree(theirs.pk, [locale], None, None)

    submission = bulk.start(pages=ours.get_descendants(inclusive=True), locales=[locale], by=None)

    def half() -> None:
        done = 0
        one = bulk.submit_page

        def stops(*arguments: Any, **options: Any) -> Any:
            nonlocal done
            done += 1
            if done > pages // 2:
                raise KeyboardInterrupt
            return one(*arguments, **options)

        bulk.submit_page = stops  # as if the worker were stopped
        try:
            engine.run(submission)
        except KeyboardInterrupt:
            pass
        finally:
            bulk.submit_page = one

    def rest() -> None:
        engine.resume(submission)
        engine.run(submission)

    took = [timed(half), timed(rest)]
    ours_took = {what: sum(each[what] for each in took) for what in ("seconds", "cpu", "queries")}
    return {
        "theirs": timed(upstream) | {"copies": copies(theirs, locale)},
        "ours": ours_took | {"copies": copies(ours, locale)},
    }


def screens(rounds: int) -> dict[str, Any]:
    """Measure the dashboard and a plain Wagtail report page in turn. Return the median of each by time."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.create_superuser("translator", "bench@example.fi", "bench"))
    addresses = {
        "desk": reverse("verkosto_localisation:dashboard"),
        "report": reverse("wagtailadmin_reports:aging_pages"),
    }
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in addresses}
    for _ in range(rounds + 1):  # the first is slow
        for name, address in addresses.items():
            spent = timed(lambda address=address: client.get(address).status_code)
            if spent["answer"] != 200:
                raise RuntimeError(address)
            found[name].append(spent)
    return {name: spent[1:] for name, spent in found.items()}


def main(pages: int, tree: int, rounds: int) -> dict[str, Any]:
    """Return seconds, query counts and results by name."""
    home = HomePage.objects.filter(locale__language_code="fi").first() or home_tree()["fi"]
    locales = [Locale.objects.get(language_code=code) for code in ("fi", "sv", "en")]
    found = trees(home, locales[1], tree)
    write_pages(pages, locales)
    found["rebuild"] = timed(recount)
    found["again"] = timed(recount)
    return found | screens(rounds)


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
