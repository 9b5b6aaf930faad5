"""The forms of a page as a browser reads them, and what a stranger or a broken browser sends of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from hypothesis import strategies as st

from tests.fuzz.texts import raw_bytes, values

Data = dict[str, list[Any]]
NOT_SENT = {"csrfmiddlewaretoken"}
#: Names by which scripts number the blocks and rows of an editor.
STRUCTURE = re.compile(r"-(count|order|deleted|type|id|ORDER|DELETE|[A-Z_]+_FORMS)$")
TYPED = "all typed"
WAYS = (TYPED, "one", "everything", "missing", "doubled")
MOST_SENT = 900  # names and values of a request; Django refuses more than a thousand


@dataclass(frozen=True)
class Field:
    """What a form sends under one name.

    ``kind`` is "typed", "rich" (JSON of the rich text editor), "scripted" (text in a field that a script adds), "chosen",
    "hidden", "file" or "button".
    """

    name: str
    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form with its fields in the order of the page, and whether a button without a name sends it."""

    action: str
    method: str
    fields: tuple[Field, ...]
    has_plain_button: bool = True

    @property
    def names(self) -> frozenset[str]:
        return frozenset(field.name for field in self.fields)

    @property
    def is_scripted(self) -> bool:
        """Whether scripts add fields to it: what they put there, nobody types."""
        return any(field.kind == "scripted" for field in self.fields)

    @property
    def can_be_sent(self) -> bool:
        """Whether it has a button, or a field from which Enter sends it."""
        return (
            self.has_plain_button
            or self.method != "post"
            or any(each.kind in ("button", "typed") for each in self.fields)
        )

    def data(self) -> Data:
        """Return what a browser sends when nothing is changed."""
        return {field.name: [*field.values] for field in self.fields if field.kind not in ("button", "file")}

    def with_scripts(self, data: dict[str, str]) -> Form:
        """Return the form with the fields that scripts add to it or set."""
        kept = tuple(field for field in self.fields if field.name not in data)
        return replace(self, fields=(*kept, *(_scripted(name, value) for name, value in data.items())))


def forms_of(html: str, path: str) -> list[Form]:
    """Return the forms of a page that have fields, without those of every page of the admin.

    A form without a button, such as that of the editor's session, holds values for scripts; nobody sends it.
    """
    page = BeautifulSoup(html, "html.parser")
    for template in page.find_all("template"):
        template.decompose()
    found = (_read(form, page, path) for form in page.find_all("form"))
    return [form for form in found if form.fields and form.can_be_sent and "/logout/" not in form.action]


def _read(form: Tag, page: BeautifulSoup, path: str) -> Form:
    tags = form.find_all(["input", "textarea", "select", "button"])
    if form.get("id"):
        tags += page.select(f'[form="{form["id"]}"]')
    fields: dict[str, Field] = {}
    for tag in tags:
        name = str(tag.get("name") or "")
        if not name or name in NOT_SENT or tag.has_attr("disabled"):
            continue
        kind, held = _kind(tag), _values(tag)
        known = fields.get(name)
        fields[name] = replace(known, values=(*known.values, *held)) if known else Field(name, kind, held)
    return Form(
        action=urljoin(path, str(form.get("action") or "") or path),
        method=str(form.get("method") or "get").lower(),
        fields=tuple(fields.values()),
        has_plain_button=any(_kind(tag) == "button" and not tag.get("name") for tag in tags),
    )


def _kind(tag: Tag) -> str:
    kind = str(tag.get("type") or "").lower()
    if tag.name == "button" or kind in ("submit", "button", "image"):
        return "button"
    if tag.name == "select" or kind in ("checkbox", "radio"):
        return "chosen"
    if tag.has_attr("data-draftail-input"):
        return "rich"
    return kind if kind in ("file", "hidden") else "typed"


def _scripted(name: str, value: str) -> Field:
    if value.startswith('{"blocks":'):
        return Field(name, "rich", (value,))
    return Field(name, "hidden" if STRUCTURE.search(name) else "scripted", (value,))


def rich(text: str) -> str:
    """Return a text as the rich text editor sends it."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def _values(tag: Tag) -> tuple[str, ...]:
    if tag.name == "textarea":
        return (tag.get_text().removeprefix("\n"),)
    if tag.name == "select":
        options = tag.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")] or (
            [] if tag.has_attr("multiple") else options[:1]
        )
        return tuple(str(option.get("value", option.get_text())) for option in chosen)
    if tag.get("type") in ("checkbox", "radio"):
        return (str(tag.get("value", "on")),) if tag.has_attr("checked") else ()
    return (str(tag.get("value", "")),)


@st.composite
def submissions(draw: Any, form: Form) -> tuple[str, Data]:
    """Draw what is sent of a form, and in which way it is odd."""
    way = draw(st.sampled_from(WAYS))
    odd = draw(st.lists(values, min_size=1, max_size=4))
    data = form.data()
    buttons = [[field.name] for field in form.fields if field.kind == "button"]
    if buttons:
        data |= {name: ["1"] for name in draw(st.sampled_from([*([[]] if form.has_plain_button else []), *buttons]))}
    chosen = draw(st.sets(st.sampled_from(sorted(form.names)), min_size=1, max_size=3))
    if way == "missing":
        data = {name: held for name, held in data.items() if name not in chosen}
    elif way == "doubled":
        data |= {name: [*data.get(name, []), *odd] for name in sorted(chosen)}
    else:
        data |= dict(_replaced(form, way, chosen, odd))
    for field in form.fields:
        if field.kind == "file" and draw(st.booleans()):
            data[field.name] = [SimpleUploadedFile(f"a{draw(values)}.pdf"[:100], draw(raw_bytes))]
    return way, data


def _replaced(form: Form, way: str, chosen: set[str], odd: list[str]) -> Iterator[tuple[str, list[str]]]:
    for number, field in enumerate(form.fields):
        text = odd[number % len(odd)]
        if way == TYPED and field.kind in ("typed", "scripted", "rich"):
            yield field.name, [rich(text) if field.kind == "rich" else text]
        elif (way == "everything" or (way == "one" and field.name in chosen)) and field.kind not in ("button", "file"):
            yield field.name, [text]


def send(client: Client, form: Form, data: Data) -> HttpResponseBase:
    """Send the form as a browser does."""
    kept = dict([*data.items()][:MOST_SENT])
    return client.get(form.action, kept) if form.method == "get" else client.post(form.action, kept)
