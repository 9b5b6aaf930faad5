"""A LinkedEvents server for tests, with the rules that its own published serializers have.

The source is https://github.com/City-of-Helsinki/linkedevents (``events/serializers.py``, ``events/api.py``): what a public
event must have, which series it may name, which statuses it takes, and how images are added. Written by us.
"""

from dataclasses import dataclass, field
from typing import Any

REQUIRED = ("keywords", "location", "start_time", "short_description", "description")
SERIES = ("recurring", "umbrella")
SCHEDULED, CANCELLED = "EventScheduled", "EventCancelled"
SET_BY_THE_SERVER = ("EventPostponed", "EventRescheduled")


@dataclass
class Server:
    """What the server got, as (method, path, body), what it has, and answers that it gives first."""

    url: str = ""
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    events: dict[str, Any] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    images: dict[int, Any] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    answers: list[tuple[int, Any]] = field(default_factory=list)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Return the status and content of an answer, as LinkedEvents gives it."""
        if self.answers:
            return self.answers.pop(0)
        kind, identifier = [*path.partition("?")[0].removeprefix("/v1/").split("/"), ""][:2]
        if kind == "place":
            found = self.places.get(identifier)
            listed = {"meta": {"count": len(self.places), "next": None}, "data": list(self.places.values())}
            return (200, found or listed) if found or not identifier else (404, {"detail": "Not found."})
        if kind == "image":
            return self._image(method, identifier, body)
        return self._event(method, identifier, body)

    def shown(self, identifier: str) -> tuple[str | None, list[str]]:
        """Return the id of the series of an event, and the addresses of its images, as visitors of the server see them."""
        event = self.events[identifier]
        series = event["super_event"] and id_of(event["super_event"])
        images = [
            self.images[int(id_of(image))]["url"] for image in event["images"] if int(id_of(image)) in self.images
        ]
        return (series if series in self.events else None), images

    def _image(self, method: str, identifier: str, body: Any) -> tuple[int, Any]:
        if method == "POST":
            if not body.get("url"):
                return 400, ["You must provide either image or url."]
            number = max(self.images, default=40) + 1
            self.images[number] = body
            return 201, {**body, "id": number}
        if int(identifier) not in self.images:
            return 404, {"detail": "Not found."}
        del self.images[int(identifier)]
        return 204, None

    def _event(self, method: str, identifier: str, body: Any) -> tuple[int, Any]:
        if identifier in self.deleted:
            return 410, {"detail": "Event has been deleted."}
        if method != "POST" and identifier not in self.events:
            return 404, {"detail": "Not found."}
        if method == "DELETE":
            del self.events[identifier]
            self.deleted.add(identifier)
            return 204, None
        if problems := self._problems(method, body):
            return 400, problems
        if method == "POST":
            self.statuses[body["id"]] = SCHEDULED
        else:
            self.statuses[identifier] = self._next_status(identifier, body)
        self.events[body["id"]] = body
        return (201 if method == "POST" else 200), {**body, "event_status": self.statuses[body["id"]]}

    def _problems(self, method: str, body: Any) -> dict[str, str]:
        series = body["super_event"] and self.events.get(id_of(body["super_event"]))
        if body["super_event"] and (series or {}).get("super_event_type") not in SERIES:
            return {"super_event": "Invalid hyperlink - object does not exist."}
        if any(int(id_of(image)) not in self.images for image in body["images"]):
            return {"images": "Invalid hyperlink - object does not exist."}
        if method == "PUT" and self._is_refused(body):
            return {"event_status": "The status cannot be set directly."}
        if body.get("event_status") == CANCELLED or (method == "PUT" and not body["start_time"]):
            return {}
        missing = [name for name in REQUIRED if not body[name]]
        texts = [
            name for name in ("short_description", "description") if not set(body["name"]) <= set(body[name] or {})
        ]
        offers = [] if any("is_free" in offer for offer in body["offers"]) else ["offers"]
        return dict.fromkeys([*missing, *texts, *offers], "This field must be specified before an event is published.")

    def _is_refused(self, body: Any) -> bool:
        before, asked = self.statuses[body["id"]], body.get("event_status")
        if asked in SET_BY_THE_SERVER:
            return bool(asked != before)
        return asked == SCHEDULED and before != SCHEDULED

    def _next_status(self, identifier: str, body: Any) -> str:
        if body.get("event_status") == CANCELLED:
            return CANCELLED
        if not body["start_time"]:
            return "EventPostponed"
        is_moved = body["start_time"] != self.events[identifier]["start_time"]
        return "EventRescheduled" if is_moved else self.statuses[identifier]


def id_of(reference: Any) -> str:
    """Return the id that a reference ends with."""
    return str(reference["@id"]).rstrip("/").rsplit("/", 1)[-1]
