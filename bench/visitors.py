"""Requests of many concurrent visitors, with the standard library (and wrk if it is installed)."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from bench.site import Server

CLIENTS = 8


class PostForm(HTMLParser):
    """Return the action and the hidden fields of the page's first POST form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action: str | None = None
        self.hidden: dict[str, str] = {}
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = self.action is None and given.get("method", "").lower() == "post"
            if self._open:
                self.action = given.get("action", "")
        elif tag == "input" and self._open and given.get("type") == "hidden" and "name" in given:
            self.hidden[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


def ask(
    origin: str, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
) -> tuple[int, dict, str]:
    """Send one request on a new connection. Return its status, headers (lower case) and text."""
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=60)
    try:
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read().decode(errors="replace")
    finally:
        connection.close()


class Visitor:
    """A visitor who loads a page with a form and sends it."""

    def __init__(self, origin: str, path: str, number: int) -> None:
        self.origin, self.path, self.number = origin, path, number
        self.form: PostForm | None = None
        self.cookies = ""

    def load(self) -> None:
        """Load the page, and store its form and cookies."""
        _, headers, text = ask(self.origin, "GET", self.path)
        self.form = PostForm(text)
        jar = SimpleCookie(headers.get("set-cookie", ""))
        self.cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())

    def send(self) -> int:
        """Send the form. Return the status."""
        if not self.form or self.form.action is None:
            return 0
        fields = self.form.hidden | {"name": f"Visitor {self.number}", "email": f"visitor{self.number}@example.com"}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin, "Cookie": self.cookies}
        status, _, _ = ask(self.origin, "POST", urljoin(self.path, self.form.action), urlencode(fields), headers)
        return status


def together(work: Callable[[int], None], total: int, clients: int = CLIENTS) -> float:
    """Call ``work(0) … work(total - 1)`` on ``clients`` threads. Return the seconds."""
    numbers = iter(range(total))
    lock = threading.Lock()

    def client() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            work(number)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def page_rate(server: Server, path: str, seconds: float) -> tuple[float, float]:
    """Return the pages per second for eight clients, and the server's CPU seconds per page."""
    before = server.cpu()
    if shutil.which("wrk"):
        address = server.origin + path
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", address]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in output:
            raise RuntimeError(f"{path}: {output}")
        rate, pages = re.search(r"Requests/sec:\s+([\d.]+)", output), re.search(r"(\d+) requests in", output)
        if not rate or not pages or not int(pages[1]):
            raise RuntimeError(f"{path}: no answer in {seconds} s")
        return float(rate[1]), (server.cpu() - before) / int(pages[1])
    deadline = time.perf_counter() + seconds
    counts: Counter[int] = Counter()

    def loop(number: int) -> None:
        while time.perf_counter() < deadline:
            counts[ask(server.origin, "GET", path)[0]] += 1

    spent = together(loop, CLIENTS)
    if set(counts) != {200}:
        raise RuntimeError(f"{path}: {counts}")
    return counts[200] / spent, (server.cpu() - before) / counts[200]


def form_rate(
    server: Server, path: str, total: int, first: int, good: int, *, loaded: bool = False
) -> tuple[float, float]:
    """Return the forms per second, and the server's CPU seconds per form. Every response must have status ``good``.

    With ``loaded`` all visitors have loaded the form before, and only sending it is measured.
    """
    answers: Counter[int] = Counter()
    crowd = [Visitor(server.origin, path, first + number) for number in range(total)]

    def send(number: int) -> None:
        answers[crowd[number].send()] += 1

    def visit(number: int) -> None:
        crowd[number].load()
        send(number)

    if loaded:
        together(lambda number: crowd[number].load(), total)
    before = server.cpu()
    spent = together(send if loaded else visit, total)
    if set(answers) != {good}:
        raise RuntimeError(f"{path}: answers {dict(answers)}")
    return total / spent, (server.cpu() - before) / total


def burst(origin: str, path: str, visitors: int) -> Counter[int]:
    """Have all visitors load the form, then send it at the same moment. Return the count of each status."""
    crowd = [Visitor(origin, path, number) for number in range(visitors)]
    together(lambda number: crowd[number].load(), visitors)
    start = threading.Barrier(visitors)
    answers: Counter[int] = Counter()

    def send(number: int) -> None:
        start.wait(60)
        answers[crowd[number].send()] += 1

    together(send, visitors, clients=visitors)
    return answers
