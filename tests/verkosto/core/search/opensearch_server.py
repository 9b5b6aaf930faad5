"""A small OpenSearch: it stores mappings and documents, and answers the part of the query language that we send."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from verkosto.core.search.normalisation import stem_of

Document = dict[str, Any]


class Engine:
    """The indexes by name, and what was asked of them.

    The stemmers are those of `normalisation.stem_of`: what OpenSearch's own do is not tested here.
    """

    def __init__(self) -> None:
        self.settings: dict[str, Any] = {}
        self.properties: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, dict[str, Document]] = {}
        self.searches: list[dict[str, Any]] = []

    def answer(self, method: str, path: str, options: dict[str, list[str]], body: str) -> tuple[int, Any]:
        """Return the status and the body of the answer to a request."""
        match method, path.strip("/").split("/"):
            case "PUT", [index]:
                self.settings[index] = json.loads(body)
                return 200, {"acknowledged": True}
            case "PUT", [index, "_mapping"]:
                self.properties.setdefault(index, {}).update(json.loads(body)["properties"])
                return 200, {"acknowledged": True}
            case "PUT", [index, "_doc", key]:
                self.documents.setdefault(index, {})[key] = json.loads(body)
                return 201, {"result": "created"}
            case "POST", [index, "_bulk"]:
                return 200, self.stored(index, body)
            case "DELETE", [index, "_doc", key]:
                return 200 if self.documents.get(index, {}).pop(key, None) else 404, {}
            case "POST", [index, "_search"]:
                query = json.loads(body)
                self.searches.append(query)
                return 200, self.found(index, query, options)
            case "POST", [index, "_count"]:
                return 200, {"count": len(self.matches(index, json.loads(body)["query"]))}
        return 404, {}

    def stored(self, index: str, body: str) -> Document:
        lines = [json.loads(line) for line in body.splitlines()]
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            self.documents.setdefault(index, {})[action["index"]["_id"]] = document
        return {"errors": False, "items": [{"index": {"status": 201}} for _ in lines[::2]]}

    def found(self, index: str, body: Document, options: dict[str, list[str]]) -> Document:
        first, size = (int(options.get(name, [default])[0]) for name, default in (("from", "0"), ("size", "10")))
        scored = sorted(self.matches(index, body["query"]), key=lambda hit: hit[::-1], reverse=True)
        hits = [{"_score": score, "fields": {"pk": [key]}} for key, score in scored[first : first + size]]
        return {"hits": {"hits": hits}}

    def matches(self, index: str, query: Document) -> list[tuple[str, float]]:
        """Return the keys and scores of the documents that a query finds."""
        documents = self.documents.get(index, {})
        scores = {key: self.score(index, query, document) for key, document in documents.items()}
        return [(key, score) for key, score in scores.items() if score is not None]

    def score(self, index: str, query: Document, document: Document) -> float | None:
        """Return the score of a document, None if the query does not find it. Leaves count 1 outside filters."""
        ((kind, clause),) = query.items()
        if kind == "bool":
            return self._score_of_clauses(index, clause, document)
        if kind == "constant_score":
            return None if self.score(index, clause["filter"], document) is None else 1
        if kind == "match_all":
            return 1
        ((field, wanted),) = clause.items()
        return 1 if self._leaf(kind, self.tokens(index, field, document), field, wanted, index) else None

    def _score_of_clauses(self, index: str, clause: Document, document: Document) -> float | None:
        scores = {
            name: [self.score(index, part, document) for part in (parts if isinstance(parts, list) else [parts])]
            for name, parts in clause.items()
            if name != "minimum_should_match"
        }
        should = [score for score in scores.get("should", []) if score is not None]
        needed = [*scores.get("must", []), *scores.get("filter", [])]
        if None in needed or any(score is not None for score in scores.get("must_not", [])):
            return None
        if len(should) < clause.get("minimum_should_match", 0 if needed else 1) and "should" in clause:
            return None
        return sum(score or 0 for score in [*scores.get("must", []), *should])

    def _leaf(self, kind: str, tokens: Sequence[str], field: str, wanted: Any, index: str) -> bool:
        text = str(wanted.get("value", wanted.get("query")) if isinstance(wanted, dict) else wanted)
        analysed = self.analysed(index, field, text)
        tests: dict[str, Callable[[], bool]] = {
            "term": lambda: (str(wanted).lower() if isinstance(wanted, bool) else str(wanted)) in tokens,
            "terms": lambda: any(str(value) in tokens for value in wanted),
            "prefix": lambda: any(token.startswith(text) for token in tokens),
            "wildcard": lambda: any(fnmatchcase(token, text) for token in tokens),
            "fuzzy": lambda: any(differ_by_a_letter(token, text) for token in tokens),
            "match": lambda: any(word in tokens for word in analysed),
            "match_phrase": lambda: f" {' '.join(analysed)} " in f" {' '.join(tokens)} ",
        }
        return tests[kind]()

    def tokens(self, index: str, field: str, document: Document) -> list[str]:
        value = document.get(field)
        if value is None:
            return []
        if isinstance(value, bool):
            return [str(value).lower()]
        values = value if isinstance(value, list) else [value]
        return [token for each in values for token in self.analysed(index, field, str(each))]

    def analysed(self, index: str, field: str, text: str) -> list[str]:
        """Return the tokens of a text as the analyzer of a field makes them."""
        name = self.properties[index].get(field, {}).get("analyzer", "")
        if not name.startswith("verkosto_"):
            return [text]
        words = text.split()
        kind = name.removeprefix("verkosto_")
        if kind == "parts":
            lengths = self._part_lengths(index)
            return [word[at : at + size] for word in words for size in lengths for at in range(len(word) - size + 1)]
        return words if kind == "words" else [stem_of(word, kind) for word in words]

    def _part_lengths(self, index: str) -> range:
        made = next(settings for name, settings in self.settings.items() if name.startswith(index))
        parts = made["settings"]["analysis"]["filter"]["verkosto_parts"]
        return range(parts["min_gram"], parts["max_gram"] + 1)


def differ_by_a_letter(one: str, other: str) -> bool:
    """Return whether one letter more, less or other makes a word the other one, as fuzziness does."""
    if one == other:
        return True
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = (
        (one[start + 1 :], other[start:]),
        (one[start:], other[start + 1 :]),
        (one[start + 1 :], other[start + 1 :]),
    )
    return any(rest == remaining for rest, remaining in rests)


@contextmanager
def opensearch() -> Iterator[tuple[str, Engine]]:
    """Serve an engine on a port of this machine. Yield its address and the engine."""
    engine = Engine()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_request(self) -> None:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, answer = engine.answer(self.command, address.path, parse_qs(address.query), body)
            data = b"" if self.command == "HEAD" else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_request

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", engine
    finally:
        server.shutdown()
        server.server_close()
