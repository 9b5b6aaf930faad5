"""A visitor of a project that is served, without a browser."""

import http.cookiejar
import urllib.parse
import urllib.request

from bs4 import BeautifulSoup


class Visitor:
    """A client without a browser."""

    def __init__(self, site: str) -> None:
        self.site = site
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def get(self, path: str) -> str:
        with self.opener.open(self.site + path, timeout=60) as answer:
            return answer.read().decode()

    def send(self, html: str, selector: str, at: str, **typed: str) -> str:
        """Send the form of a page with what was typed into it; return the page that follows."""
        form = BeautifulSoup(html, "html.parser").select_one(selector)
        assert form, html
        fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
        data = urllib.parse.urlencode(fields | typed).encode()
        address = urllib.parse.urljoin(self.site + at, str(form.get("action") or at))
        request = urllib.request.Request(address, data, {"Origin": self.site, "Referer": self.site + at})
        with self.opener.open(request, timeout=60) as answer:
            return answer.read().decode()
