"""Every public address of the site, found in its URLconf: what is added there is tested too."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from cms.demo.loader.nodes import stable_key
from tests.instance import Instance
from tests.journeys.signing_up import OPEN

#: Wagtail's own, which need a signature, a sign-in or a page.
NOT_OURS = ("admin/", "documents/")
FEEDS = (
    *("calendar.ics", "events.rss", "events.atom", "events.json", "event.ics", "event.jsonld"),
    *("news.rss", "news.atom", "news.json"),
)


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Addresses below a list of patterns, with something fitting or unknown for each of their parameters."""
    for entry in patterns:
        pattern = entry.pattern
        if isinstance(entry, URLResolver):
            route = str(pattern)  # the language's prefix, or a path
            if route not in NOT_OURS and "_" not in str(entry.namespace or ""):
                yield from routes(entry.url_patterns, prefix + route)
        elif hasattr(pattern, "_route"):
            filled = str(pattern)
            for name, converter in pattern.converters.items():
                values = {UUIDConverter: str(stable_key(OPEN)), IntConverter: "999999999999"}
                kind = next(key for key in str(pattern).split("<")[1:] if key.split(":")[-1].startswith(f"{name}>"))
                filled = filled.replace(f"<{kind.split('>')[0]}>", values.get(type(converter), "unknown"))
            yield "/" + prefix + filled


def endpoints(instance: Instance) -> list[str]:
    """Every address of our own, the lists with their feeds, and a page of each registrable kind."""
    found = list(routes(get_resolver("cms.urls").url_patterns))
    for node in ("events", "series.season", "network.management-forum", OPEN, "news", "home"):
        page = instance.path(node, "sv")
        found += [page, *(page + name for name in FEEDS)]
    return sorted({*found})
