import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from verkosto.registrations.admin.urls import urlpatterns as admin_urls
from verkosto.registrations.models import (
    EmailTemplate,
    FormTemplate,
    Invitation,
    Job,
    Mailing,
    Message,
    Note,
    Registration,
    Tombstone,
)


@pytest.fixture
def subtree(make_page):
    return make_page("Verkosto A")


@pytest.fixture
def desks(make_desk, make_page, subtree):
    return make_desk("A", page=make_page("A", under=subtree)), make_desk("B")


def addresses(desk, registration, rows):
    for pattern in admin_urls:
        name = str(pattern.name)
        kind = next((kind for kind in rows if name.startswith(kind)), "")
        kind = "page" if name in ("announce", "form_template", "withdraw") else kind
        pk = rows[kind].pk if kind and kind != "file" else registration.pk
        own = {"desk_pk": desk.pk, "pk": pk, "file_pk": rows["file"].pk, "code": registration.reference}
        own |= {"kind": "confirmed", "language": "fi", "action": "unpublish", "document": "record", "format": "docx"}
        yield (
            name,
            reverse(
                f"verkosto_registrations_admin:{name}", kwargs={key: own[key] for key in pattern.pattern.converters}
            ),
        )


def contents():
    kept = (Registration, Message, Invitation, Mailing, Job, Tombstone, Note, EmailTemplate, FormTemplate)
    return [list(model.objects.order_by("pk").values()) for model in kept]


def test_no_admin_url_shows_or_changes_data_of_another_subtree(
    desks, subtree, make_staff, make_registration, make_question, client, admin
):
    """Every URL of ``admin/urls.py``, also those that are added later, by GET and by POST."""
    foreign = desks[1]
    registration = make_registration(foreign, name="Salainen Henkilö", email="salainen@example.org", status="waiting")
    make_registration(desks[0], name="Oma")
    rows = {
        "file": registration.files.create(question_key=make_question(foreign).key, name="Salainen.pdf", size=1),
        "message": registration.messages.create(desk=foreign, kind="bulk", recipient="salainen@example.org"),
        "job": Job.objects.create(desk=foreign, kind="mailing"),
        "mailing": foreign.mailings.create(subjects={"fi": "Salainen"}),
        "invitation": foreign.invitations.create(email="salainen@example.org", language="fi"),
        "page": Page.objects.get(path=foreign.tree_path),
    }
    sent = {"email": "salainen@example.org", "sure": "1", "erase": "1", "format": "csv", "language": "fi", "text": "x"}
    sent |= {"name": "x", "attendance": "attended", "reference": registration.reference}
    urls = dict(addresses(foreign, registration, rows))
    client.force_login(admin)
    shown = [name for name, url in urls.items() if name != "file" and b"alainen" in client.get(url).getvalue()]
    assert len(shown) > 15

    client.force_login(make_staff(subtree, "see", "change", "export", "read_sensitive", "erase"))
    before = contents()
    for name, url in urls.items():
        for answer in (client.get(url), client.get(f"{url}?q=henkil"), client.post(url, sent)):
            assert b"Salainen" not in answer.getvalue(), url
            assert f"/{foreign.pk}/" not in url or answer.status_code in (302, 403, 404, 405), name
            assert answer.status_code < 500, url
    for action in ("approve", "cancel", "attended"):
        client.post(
            f"/admin/bulk/verkosto_registrations/registration/{action}/?id={registration.pk}&next=/admin/", sent
        )
    assert contents() == before


def test_every_admin_url_that_shows_a_person_is_in_the_audit_log_without_their_name(
    desks, make_registration, make_question, client, admin
):
    registration = make_registration(desks[0], name="Näkyvä Henkilö", email="nakyva@example.org")
    registration.messages.create(desk=desks[0], kind="bulk", recipient="nakyva@example.org")
    rows = {
        "file": registration.files.create(question_key=make_question(desks[0]).key, name="cv.pdf", size=1),
        "message": registration.messages.get(),
        "job": Job.objects.create(desk=desks[0], kind="mailing"),
        "mailing": desks[0].mailings.create(),
        "invitation": desks[0].invitations.create(email="nakyva@example.org", language="fi"),
        "page": Page.objects.get(path=desks[0].tree_path),
    }
    client.force_login(admin)
    silent, told = [], 0
    for name, url in addresses(desks[0], registration, rows):
        before = ModelLogEntry.objects.count()
        shown = name != "file" and any(
            word in client.get(url).content.decode(errors="replace") for word in ("Näkyvä", "nakyva@example.org")
        )
        if shown and ModelLogEntry.objects.count() == before:
            silent.append(name)
        told += shown
    assert not silent, silent
    assert told > 10
    entries = [f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all()]
    assert not [entry for entry in entries if "kyv" in entry.lower()]
