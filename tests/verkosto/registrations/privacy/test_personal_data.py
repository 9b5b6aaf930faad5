"""Erasure forgets no store: the erased address and name are searched for in the dumped database and on disk."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from network_pages.models import Membership
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory
from tests.factories.events import EventIndexPageFactory
from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.admin.mailings import send_mailing
from verkosto.registrations.domain import invitations
from verkosto.registrations.models import (
    Desk,
    DeskSubscription,
    Invitation,
    Mailing,
    Message,
    Registration,
    SensitiveAnswers,
)
from verkosto.registrations.models.answers import private_storage
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.privacy.personal_data import unregistered_models
from verkosto.registrations.privacy.redaction import redacted
from verkosto.registrations.privacy.retention import purge
from verkosto.registrations.tokens import issue_token

pytestmark = pytest.mark.django_db
# Contacts that a public body publishes: content, which its editors change.
PUBLISHED = {
    "home.AccessibilityPage",
    "home.SiteSettings",
    "verkosto_directory.Person",
    "verkosto_directory.PrivacyNotice",
}
NAME, EMAIL = "Äijä Kuikka-Räsänen", "aija.kuikka@example.fi"


def files():
    folders = (Path(settings.MEDIA_ROOT), Path(private_storage().location))
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def traces(earlier):
    """Where the address or the name is found: labels of models, and paths of files that other tests have not left."""
    words = [word.casefold() for word in (NAME, EMAIL, "Kuikka")]
    found = set()
    for model in (model for model in apps.get_models() if model._meta.managed):
        for row in serializers.serialize("python", model._default_manager.all()):
            text = json.dumps(row["fields"], default=str, ensure_ascii=False).casefold()
            if any(word in text for word in words):
                found.add(model._meta.label)
    for path in files() - earlier:
        content = path.read_bytes().decode("utf-8", "ignore").casefold()
        if any(word in content or word in path.name.casefold() for word in words):
            found.add(str(path))
    return found


def remembered_everywhere(client, admin_user, home):
    """The same person in every store, at two events."""
    cv, diet = question("file", "Liite"), question("dietary_needs", "Ruokavalio")
    index = EventIndexPageFactory(parent=home)
    desk = desk_of(event_with_desk(questions=[cv, diet], index=index))
    other = desk_of(event_with_desk(title="Toinen", index=index))
    upload = SimpleUploadedFile("kuikka.txt", f"CV: {NAME}".encode())
    form = {f"q-{cv['id']}": upload, f"q-{diet['id']}": f"{NAME}: ei pähkinää"}
    assert client.post(address(desk), fill(desk, name=NAME, email=EMAIL, **form)).status_code == 302
    registration = Registration.objects.get()
    registration.notes.create(author=admin_user, text=f"{NAME} soitti.")
    somebody = register(desk, "joku@example.fi", name="Joku Muu")
    somebody.notes.create(author=admin_user, text=f"Tulee yhdessä: {NAME}, {EMAIL}")
    invitations.invite(
        desk=other, invitees=[invitations.Invitee(email=EMAIL, name=NAME)], language="fi", user=admin_user
    )
    send_mailing(
        desk=desk,
        subjects={"fi": f"{NAME} puhuu"},
        bodies={"fi": f"Kysy: {EMAIL}"},
        selection={"q": [EMAIL]},
        user=admin_user,
        send_at=timezone.now() + timedelta(days=1),
    )
    Message.objects.create(kind="links", recipient=EMAIL, language="fi")
    Message.objects.create(
        kind="bulk",
        registration=somebody,
        desk=desk,
        recipient=somebody.email,
        language="fi",
        text=f"Hei, {NAME} puhuu.",
    )
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=home), title="Johtajaverkosto")
    Membership.objects.create(translation_key=network.translation_key, email=EMAIL, name=NAME)
    return registration, other


@pytest.fixture
def earlier():
    return files()


@pytest.fixture
def remembered(earlier, client, admin_user, homes, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        return remembered_everywhere(client, admin_user, homes["fi"])


def test_erased_address_and_name_are_in_no_table_and_no_file(earlier, remembered, django_capture_on_commit_callbacks):
    assert len(traces(earlier)) > 7
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_address(email=EMAIL.upper()) == 1
    assert traces(earlier) == set()
    assert data_of_address(EMAIL) == {"email": EMAIL, "registrations": [], "invitations": [], "messages": []}


def test_own_erasure_reaches_everything_if_the_person_asks(
    client, earlier, remembered, django_capture_on_commit_callbacks
):
    registration, _other = remembered
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    page = f"/fi/registrations/manage/{registration.reference}/erase/"
    assert f"osoitteella {EMAIL}" in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"everything": "yes"}).status_code == 200
    assert traces(earlier) == set()


def test_own_erasure_of_one_registration_leaves_nothing_at_its_event(
    client, earlier, remembered, django_capture_on_commit_callbacks
):
    registration, other = remembered
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/fi/registrations/manage/{registration.reference}/erase/")
    assert traces(earlier) == {
        "verkosto_networks.Membership",
        "verkosto_registrations.Invitation",
        "verkosto_registrations.Message",
    }
    assert Invitation.objects.get().desk == other
    assert set(Message.objects.filter(recipient=EMAIL).values_list("kind", "desk")) == {
        ("invitation", other.pk),
        ("links", None),
    }


def test_retention_erases_what_staff_wrote(remembered):
    Desk.objects.update(starts_at=timezone.now() - timedelta(days=900), ends_at=timezone.now() - timedelta(days=900))
    purge()
    mailing = Mailing.objects.get()
    assert (mailing.subjects, mailing.bodies, mailing.selection) == ({}, {}, {})
    assert (SensitiveAnswers.objects.count(), Invitation.objects.count()) == (0, 0)
    assert purge()["desks"] == []


def test_every_model_with_personal_data_is_registered():
    """A new model with an address or a relation to a registration fails here until an app registers its store."""
    assert set(unregistered_models()) == PUBLISHED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kysy: AIJA.KUIKKA@example.fi.", "Kysy: –."),
        ("äijä kuikka-räsänen ja muut", "– ja muut"),
        ("xaija.kuikka@example.fi", "xaija.kuikka@example.fi"),
        ({"q": [EMAIL, 3]}, {"q": ["–", 3]}),
    ],
)
def test_words_are_removed_from_text_and_json(text, expected):
    assert redacted(text, [EMAIL, NAME]) == expected
    assert redacted(text, []) == text


def test_what_staff_chose_to_hear_of_is_given_out_erased_and_goes_with_a_closed_account(admin_user, django_user_model):
    desk = desk_of(event_with_desk())
    closed = django_user_model.objects.create_user("closed", "closed@example.fi", is_active=False)
    admin_user.email = EMAIL.capitalize()
    admin_user.save()
    for user in (admin_user, closed):
        DeskSubscription.objects.create(user=user, desk=desk, frequency="daily")
    (given,) = data_of_address(EMAIL)["subscriptions"]
    assert (given["title"], given["frequency"]) == (desk.title, "daily")
    assert purge()["stores"] == {"subscriptions": 1}
    assert DeskSubscription.objects.get().user == admin_user
    erase_address(email=EMAIL)
    assert not DeskSubscription.objects.exists()
