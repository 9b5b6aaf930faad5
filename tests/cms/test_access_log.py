"""What deploy/nginx.conf.template logs: no query, where names are searched, and no personal link."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, get_resolver

from tests.proxy import TEMPLATE

GUNICORN = settings.BASE_DIR / "gunicorn.conf.py"


def routes(patterns: list, prefix: str = "/") -> Iterator[str]:
    """The routes of a URL configuration, with the converters in them."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def test_access_log_of_the_proxy_has_no_query_no_referrer_and_no_personal_link() -> None:
    """Security finding P: names that staff search for, and tokens, stood in the logs of a proxy."""
    logging = TEMPLATE.read_text()
    logged = set(re.findall(r"\$\w+", re.findall(r"log_format paths '(.*)';", logging)[0]))
    assert logged == {
        "$remote_addr",
        "$time_iso8601",
        "$request_method",
        "$uri",
        "$status",
        "$body_bytes_sent",
        "$request_time",
    }
    (left_out,) = re.findall(r"map \$uri \$logged { ~(\S+) 0; default 1; }", logging)
    public = [route for route in routes(get_resolver().url_patterns) if not route.startswith("/admin/")]
    assert set(re.findall(r"access_log .*;", logging)) == {"access_log ${VERKOSTO_LOG} paths if=$logged;"}
    with_token = [route for route in public if re.search(r"<str:(token|code|secret)>", route)]
    assert len(with_token) == 13
    assert [route for route in with_token if not re.search(left_out, route)] == []


def test_gunicorn_writes_no_access_log_of_its_own() -> None:
    """Its default format has the query and the referrer."""
    assert "accesslog" not in GUNICORN.read_text()
