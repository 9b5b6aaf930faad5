"""Visitors who register while things break, and send their form again as its page asks them to."""

import http.client
import ssl
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, SoupStrainer

HOST = "verkosto.example.fi"
#: The certificate is the site's own.
TRUSTING = ssl.create_default_context()
TRUSTING.check_hostname, TRUSTING.verify_mode = False, ssl.CERT_NONE
BROKEN = 0  # instead of a status: the connection was broken
BOUNDARY = "a-form-with-a-file"


@dataclass(frozen=True)
class Answer:
    """What a visitor was answered: a status (or ``BROKEN``), a page, and after how many seconds."""

    status: int
    html: str = ""
    seconds: float = 0

    @property
    def is_queue_page(self) -> bool:
        """Whether it asks to wait: on a busy machine anybody may get it."""
        return self.status == 503 and "Juuri nyt moni ilmoittautuu" in self.html


@dataclass
class Visitor:
    """A person who fills in the form. ``form`` is what was typed; ``file`` is the name of a field and its content.

    ``connection`` is one that stays open, as a browser's does for a minute and more; without it each form has its own.
    """

    url: str
    form: dict[str, str]
    file: tuple[str, bytes] | None = None
    answers: list[Answer] = field(default_factory=list)
    connection: http.client.HTTPSConnection | None = None

    @property
    def email(self) -> str:
        return self.form["email"]

    @property
    def is_acknowledged(self) -> bool:
        """Whether the visitor was led to the receipt."""
        return bool(self.answers) and self.answers[-1].status == 302

    def register(self, until: float, pause: float) -> None:
        """Send the form, and again after a pause while the answer asks for it, until a time of the monotonic clock."""
        url, form = self.url, self.form
        while True:
            answer = self.send(url, form)
            self.answers.append(answer)
            if answer.status not in (BROKEN, 502, 503, 504) or time.monotonic() > until:
                return
            time.sleep(pause)
            if answer.status == 503:
                action, form = form_to_send_again(answer.html)
                url = urljoin(self.url, action)

    def send(self, url: str, form: Mapping[str, str]) -> Answer:
        """Send a form once."""
        body, kind = encoded(form, self.file)
        return ask(url, body, {"Content-Type": kind, "Origin": f"https://{HOST}"}, self.connection)


def connected(url: str) -> http.client.HTTPSConnection:
    """Return a connection on which the page at a URL was loaded."""
    connection = http.client.HTTPSConnection(urlsplit(url).netloc, timeout=60, context=TRUSTING)
    connection.connect()
    assert ask(url, kept=connection).status == 200
    return connection


def ask(
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    kept: http.client.HTTPSConnection | None = None,
) -> Answer:
    """Ask for a URL, with POST if there is a body, on a connection that is kept or on one of its own."""
    parts = urlsplit(url)
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection = kept or http.client.HTTPSConnection(parts.netloc, timeout=60, context=TRUSTING)
    started = time.monotonic()
    try:
        connection.request("POST" if body else "GET", address, body, {"Host": HOST, **(headers or {})})
        response = connection.getresponse()
        html = response.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        connection.close()
        return Answer(BROKEN, seconds=time.monotonic() - started)
    finally:
        if connection is not kept:
            connection.close()
    return Answer(response.status, html, time.monotonic() - started)


def encoded(form: Mapping[str, str], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    """Return the body of a form and its content type (RFC 7578 with a file)."""
    if file is None:
        return urlencode(form).encode(), "application/x-www-form-urlencoded"
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in form.items()]
    name, content = file
    parts.append(f'Content-Disposition: form-data; name="{name}"; filename="cv.pdf"\r\n\r\n'.encode() + content)
    body = b"".join(b"--" + BOUNDARY.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"


def form_to_send_again(html: str) -> tuple[str, dict[str, str]]:
    """Return the address and the fields of the form that a page has kept."""
    # The clients share the machine with the site: they do not read more of a page than they need.
    form = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer("form", method="post")).form
    assert form, f"the page has lost what was typed: {html[:2000]}"
    fields = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name], textarea[name]")}
    return str(form.get("action", "")), fields


class Crowd:
    """Visitors of one form, who register side by side while something happens to the site."""

    def __init__(self, url: str, label: str, number: int) -> None:
        self.url = url
        form = hidden_fields(url)
        people = [f"{label}{each}@example.fi" for each in range(number)]
        self.visitors = [Visitor(url, form | {"name": "Vieras", "email": email}) for email in people]

    def load_form(self) -> None:
        """Have all load the form, each on a connection that stays open until the form is sent, and again."""
        with ThreadPoolExecutor(8) as pool:
            for visitor, connection in zip(
                self.visitors, pool.map(connected, [self.url] * len(self.visitors)), strict=True
            ):
                visitor.connection = connection

    def register(
        self,
        meanwhile: Callable[["Crowd"], None] = lambda crowd: None,
        *,
        at_once: int = 8,
        pause: float = 0.5,
        within: float = 300,
    ) -> None:
        """Have all register, ``at_once`` side by side, and call ``meanwhile`` when they have begun."""
        until = time.monotonic() + within
        with ThreadPoolExecutor(at_once) as pool:
            done = [pool.submit(visitor.register, until, pause) for visitor in self.visitors]
            meanwhile(self)
            for each in done:
                each.result()

    def wait_for(self, acknowledged: int, within: float = 300) -> None:
        """Wait until so many have been led to the receipt."""
        deadline = time.monotonic() + within
        while len(self.acknowledged) < acknowledged:
            assert time.monotonic() < deadline, f"only {len(self.acknowledged)} are registered: {self.statuses}"
            time.sleep(0.02)

    @property
    def acknowledged(self) -> set[str]:
        return {visitor.email for visitor in self.visitors if visitor.is_acknowledged}

    @property
    def answers(self) -> list[Answer]:
        return [answer for visitor in self.visitors for answer in visitor.answers]

    @property
    def queue_pages(self) -> int:
        return sum(answer.is_queue_page for answer in self.answers)

    @property
    def statuses(self) -> dict[int, int]:
        """How many answers had each status, without queue pages."""
        return dict(Counter(answer.status for answer in self.answers if not answer.is_queue_page))


def hidden_fields(url: str) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    html = ask(url).html
    fields = BeautifulSoup(html, "html.parser").select("form[data-registration] input[type=hidden]")
    return {str(each["name"]): str(each.get("value", "")) for each in fields}
