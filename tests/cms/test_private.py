"""A private page or collection: nothing of it for the anonymous, by any way there is."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.factories import StandardPageFactory
from tests.factories.registrations import desk_of, event_with_desk, publish
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.domain import invitations
from verkosto.registrations.models import Registration
from verkosto.registrations.tokens import Purpose, issue_token

pytestmark = pytest.mark.django_db
SECRET = "Salainen kokous"


@pytest.fixture
def event():
    made = event_with_desk(title=SECRET, summary=f"{SECRET} tiivistettynä.")
    PageViewRestriction.objects.create(page=made, restriction_type="login")
    return made


def test_private_event_is_nowhere_for_the_anonymous(client: Client, event) -> None:
    index, key = event.get_parent(), desk_of(event).translation_key
    embedding = StandardPageFactory(parent=index.get_parent(), title="Muu sivu", slug="muu")
    embedding.body = [("registration_form", {"registrable": event})]
    publish(embedding)
    mine = f"/fi/registrations/{key}/"
    addresses = [
        event.url, f"{event.url}calendar.ics", index.url, f"{index.url}?month=2126-09",
        f"{event.url}event.ics", f"{event.url}event.jsonld", "/linkedevents/v1/event/",
        *(f"{index.url}{name}" for name in ("calendar.ics", "events.rss", "events.atom", "events.json")),
        "/fi/", "/sv/", embedding.url, "/sitemap-1.xml", "/fi/search/?q=tiivistettynä",
        mine, f"{mine}places/", f"{mine}calendar/", f"/en/registrations/{key}/",
    ]  # fmt: skip
    for path in addresses:
        answer = client.get(path)
        assert SECRET not in answer.content.decode(), path
        assert f'action="{mine}"' not in answer.content.decode(), path
    assert client.post(mine, fill(desk_of(event))).status_code == 404
    assert not Registration.objects.exists()

    client.force_login(User.objects.create_user("member"))
    assert SECRET in client.get(mine).content.decode()
    assert f'action="{mine}"' in client.get(embedding.url).content.decode()
    assert client.post(mine, fill(desk_of(event))).status_code == 302


def test_invited_person_meets_the_form_of_a_private_page(client: Client, event) -> None:
    event.eligibility = "invited"
    desk = desk_of(publish(event))
    invitees, _errors = invitations.read_invitees("aino@example.fi, Aino, fi")
    invitations.invite(desk=desk, invitees=invitees, language="fi", user=None)
    code = issue_token(invitation=desk.invitations.get(), purpose=Purpose.INVITATION)
    assert client.get(address(desk)).status_code == 404
    answer = client.get(f"/fi/registrations/invitation/{code}/", follow=True)
    assert SECRET in answer.content.decode()
    assert client.post(address(desk), fill(desk, code=code)).status_code == 302
    assert Client().post(address(desk), fill(desk, code="guessed")).status_code == 404


def test_picture_of_a_private_collection_is_for_its_readers_alone(client: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = BytesIO()
    Picture.new("RGB", (20, 20)).save(file, "PNG")
    kept, public = Collection.get_first_root_node().add_child(name="Johtoryhmä"), Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(collection=kept, restriction_type="login")
    urls = [
        get_image_model()
        .objects.create(title="Kuva", file=ImageFile(BytesIO(file.getvalue()), name="kuva.png"), collection=collection)
        .get_rendition("width-10")
        .url
        for collection in (public, kept)
    ]
    assert [client.get(url).status_code for url in urls] == [200, 404]
    client.force_login(User.objects.create_user("member"))
    answer = client.get(urls[1])
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
