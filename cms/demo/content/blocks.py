"""Functions that declare the blocks of a page's body, its contacts and its related links."""

from cms.demo.declarations import Block, Items, Picture, Ref, Text

NO_TARGET = {"page": None, "url": "", "document": None, "description": ""}


def heading(text: Text) -> Block:
    return Block("heading", {"text": text, "level": "2"})


def paragraphs(text: Text) -> Block:
    return Block("rich_text", {"text": text})


def quotation(text: Text, role: Text, organisation: Text) -> Block:
    return Block("quotation", {"text": text, "speaker": "", "role": role, "organisation": organisation})


def principles(title: Text, *items: Text) -> Block:
    return Block("principles", {"title": title, "items": Items(items)})


def fact_box(title: Text, text: Text | None = None, *, facts: tuple[tuple[Text, Text], ...] = ()) -> Block:
    pairs = tuple({"label": label, "value": value} for label, value in facts)
    return Block("fact_box", {"title": title, "text": text or "", "facts": Items(pairs)})


def image(key: str, alt: Text, caption: Text | None = None) -> Block:
    return Block("image", {"image": Picture(key), "alt_text": alt, "caption": caption or ""})


def notice(text: Text) -> Block:
    return Block("notice", {"kind": "info", "title": "", "text": text})


def links(title: Text, *items: tuple[Text, str]) -> Block:
    entries = tuple({**NO_TARGET, "title": text, "url": url} for text, url in items)
    return Block("links", {"title": title, "links": Items(entries)})


def page_links(title: Text, *items: tuple[str, Text]) -> Block:
    """Declare links to pages of the demo by key, each with a description."""
    entries = tuple({**NO_TARGET, "title": "", "page": Ref(key), "description": text} for key, text in items)
    return Block("links", {"title": title, "links": Items(entries)})


def contacts(*people: str) -> Block:
    return Block("contacts", {"title": "", "contacts": tuple(person(key) for key in people)})


def registration_form(key: str) -> Block:
    return Block("registration_form", {"registrable": Ref(key)})


def event_list(title: Text) -> Block:
    return Block("event_list", {"title": title})


def person(key: str) -> Block:
    return Block("person", Ref(f"person.{key}"), name=key)


def mailbox(label: Text, email: str, phone: str = "") -> Block:
    return Block("mailbox", {"label": label, "email": email, "phone": phone}, name=email)


def page(key: str) -> Block:
    return Block("page", Ref(key), name=key)


def link(title: Text, url: str) -> Block:
    return Block("link", {**NO_TARGET, "title": title, "url": url}, name=url)


def topics(*keys: str) -> tuple[dict[str, object], ...]:
    return tuple({"topic": Ref(f"topic.{key}")} for key in keys)


def organisers(*keys: str) -> tuple[dict[str, object], ...]:
    return tuple({"organisation": Ref(f"organisation.{key}")} for key in keys)


def speakers(*keys: str) -> tuple[dict[str, object], ...]:
    return tuple({"person": Ref(f"person.{key}")} for key in keys)


def networks(*keys: str) -> tuple[dict[str, object], ...]:
    return tuple({"network_page": Ref(f"network.{key}")} for key in keys)


def sentences(*words: Text) -> tuple[Block, ...]:
    return tuple(Block("sentence", sentence) for sentence in words)
