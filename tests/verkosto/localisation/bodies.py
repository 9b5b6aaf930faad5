"""A body with a block of every kind that matters, and the changes that an editor makes to it."""

import json
import uuid

from home.models import StandardPage
from verkosto.localisation.models import TranslationState

HEADING, TEXT, PLAIN, IMAGE, EMBED, DOCUMENTS, EVENTS, LINKS, NEW = (
    str(uuid.uuid5(uuid.NAMESPACE_DNS, str(number))) for number in range(9)
)
ITEM = str(uuid.uuid5(uuid.NAMESPACE_DNS, "item"))


def block(key, kind, /, **value):
    return {"type": kind, "id": key, "value": value}


def items(value):
    return [{"type": "item", "id": ITEM, "value": value}]


def body(files, mark=""):
    """The raw body; `mark` stands before every word."""
    return [
        block(HEADING, "heading", text=f"{mark}Otsikko", level="2"),
        block(
            TEXT,
            "rich_text",
            text=f'<p>{mark}Katso <a href="https://example.org/1">ohje</a>.</p><p>{mark}Toinen kappale</p>',
        ),
        block(PLAIN, "rich_text", text=f"<p>{mark}Kolmas</p>"),
        block(IMAGE, "image", image=files["images"][0], alt_text="", caption=f"{mark}Kuva"),
        block(EMBED, "embed", title=f"{mark}Video", url="https://example.org/video/1", caption=""),
        block(
            DOCUMENTS,
            "documents",
            title="",
            documents=items({"document": files["documents"][0], "title": f"{mark}Liite"}),
        ),
        block(EVENTS, "event_list", title="", time="upcoming", source=None, topic=None, kind="", count=5),
    ]


def set_body(page, raw):
    page.body = json.dumps(raw)


def publish(page):
    page.save_revision().publish()


def fresh(page):
    return StandardPage.objects.get(pk=page.pk)


def raw_body(page):
    return json.loads(json.dumps(list(fresh(page).body.raw_data)))


def state(page):
    return TranslationState.objects.get(translation_key=page.translation_key, locale=page.locale)


def at(raw, key):
    return next(item["value"] for item in raw if item["id"] == key)


def link_target(raw, files):
    value = at(raw, TEXT)
    value["text"] = value["text"].replace("example.org/1", "example.org/uusi")


def heading_level(raw, files):
    at(raw, HEADING)["level"] = "3"


def embed_address(raw, files):
    at(raw, EMBED)["url"] = "https://example.org/video/2"


def document(raw, files):
    at(raw, DOCUMENTS)["documents"][0]["value"]["document"] = files["documents"][1]


def image(raw, files):
    at(raw, IMAGE)["image"] = files["images"][1]


def event_count(raw, files):
    at(raw, EVENTS)["count"] = 7


def order(raw, files):
    raw[1], raw[2] = raw[2], raw[1]


def block_without_text_added(raw, files):
    raw.insert(1, block(NEW, "image", image=files["images"][1], alt_text="", caption=""))


def block_without_text_removed(raw, files):
    raw[:] = [item for item in raw if item["id"] != EVENTS]


def paragraph_removed(raw, files):
    value = at(raw, TEXT)
    value["text"] = value["text"][: value["text"].index("</p>") + len("</p>")]


def block_with_text_removed(raw, files):
    raw[:] = [item for item in raw if item["id"] != PLAIN]


def heading_in_text(raw, files):
    value = at(raw, PLAIN)
    value["text"] = value["text"].replace("<p>", "<h3>").replace("</p>", "</h3>")


def new_paragraph(raw, files):
    value = at(raw, TEXT)
    value["text"] += "<p>Neljäs</p>"


def new_text_block(raw, files):
    raw.insert(1, block(NEW, "rich_text", text="<p>Uusi</p>"))


def caption(raw, files):
    at(raw, IMAGE)["caption"] = "Toinen kuva"
    at(raw, IMAGE)["image"] = files["images"][1]
