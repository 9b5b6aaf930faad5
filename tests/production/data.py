"""What the checks need besides the demo's pages. It is loaded in the site's own process, with its own settings."""

import json
import uuid
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.demo.loader.nodes import stable_key
from cms.groups import REGISTRARS, allow_desks, allow_pages, group_with_admin
from event_pages.models import EventIndexPage, EventPage
from tests.factories.locales import in_language
from tests.factories.registrations import event_with_desk, publish, question
from tests.production.site import PASSWORD
from tests.verkosto.registrations.test_markup import EVIL, as_editor_saves
from verkosto.directory.models import PrivacyNotice

HOSTILE = "</script><script>alert(1)</script>\r\nATTENDEE:mailto:x@evil.example\r\nBcc: x@evil.example"
SECRET = "Salainen johtoryhmä"


def load() -> dict[str, str]:
    """Create users, events and private files. Return paths, keys and texts by name."""
    index = EventIndexPage.objects.get(translation_key=stable_key("events"), locale__language_code="fi")
    notice = PrivacyNotice.objects.filter(locale__language_code="fi").first()
    _users()
    ten = _event(index, notice, title="Kymmenen paikkaa", capacity=10, waiting_list=True)
    for code, title in (("sv", "Tio platser"), ("en", "Ten places")):
        publish(in_language(ten, code, title=title))
    diet = question("dietary_needs", "Ruokavalio")
    past = _event(index, notice, title="Säilytys", questions=[diet], retention_days=100, sensitive_retention_days=10)
    hostile = _event(index, notice, title=HOSTILE, summary=HOSTILE, **_rich_texts())
    private = _event(index, notice, title=SECRET, summary=SECRET)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    return {
        "index": index.url,
        **_named("ten", ten),
        **_named("past", past),
        "past_diet": str(diet["id"]),
        **_named("hostile", hostile),
        "private_url": private.url,
        **_private_files(),
    }


def _event(index: EventIndexPage, notice: Any, /, **facts: Any) -> EventPage:
    return event_with_desk(index=index, privacy_notice=notice, slug=f"check-{uuid.uuid4().hex[:8]}", **facts)


def _rich_texts() -> dict[str, Any]:
    """Return markup as the editor stores it in each kind of rich text, and in the text of the email."""
    text = as_editor_saves(EVIL)
    body = json.dumps(
        [{"type": "rich_text", "value": text}, {"type": "fact_box", "value": {"title": EVIL, "text": text}}]
    )
    return {"body": body, "notice": text, "text_before": text, "text_after": text, "text_in_mail": EVIL}


def _named(name: str, page: EventPage) -> dict[str, str]:
    return {f"{name}_key": str(page.translation_key), f"{name}_url": page.url}


def _users() -> None:
    """An editor and registrar of one network in Swedish, a translator into Swedish, and a registrar."""
    network = Page.objects.get(translation_key=stable_key("network.management-forum"), locale__language_code="sv")
    others = group_with_admin("Network A")
    allow_pages(others, network, "add", "change", "publish")
    allow_desks(others, network)
    for name, group in (
        ("network-a", others),
        ("translator-sv", Group.objects.get(name="Translators (sv)")),
        ("registrar", Group.objects.get(name=REGISTRARS)),
        ("guessed", others),
        ("neighbour", others),
    ):
        User.objects.create_user(name, f"{name}@example.fi", PASSWORD).groups.add(group)


def _private_files() -> dict[str, str]:
    collection = Collection.get_first_root_node().add_child(name=SECRET)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    content = BytesIO()
    Picture.new("RGB", (20, 20)).save(content, "PNG")
    content.seek(0)
    image = get_image_model().objects.create(
        title=SECRET, file=ImageFile(content, name="secret.png"), collection=collection
    )
    document = get_document_model().objects.create(
        title=SECRET, file=ContentFile(SECRET.encode(), name="secret.txt"), collection=collection
    )
    return {
        "private_rendition": image.get_rendition("width-10").url,
        "private_document": document.url,
        "private_original": image.file.url,
    }
