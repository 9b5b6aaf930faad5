import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from verkosto.registrations.admin.permissions import DeskPermission, desks_for, has_permission
from verkosto.registrations.admin.urls import urlpatterns as staff_urls
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


def not_found(response):
    """404, or LocaleMiddleware's redirect of a 404 to the same path under a language, which is none either."""
    return response.status_code == 404 or response.headers.get("Location", "").startswith("/fi/admin/")


@pytest.fixture
def subtree(make_page):
    return make_page("Verkosto A")


@pytest.fixture
def desks(make_desk, make_page, subtree):
    return make_desk("A", page=make_page("A", under=subtree)), make_desk("B")


def test_desks_for_gives_the_subtree_alone(desks, subtree, make_staff):
    user = make_staff(subtree, "see")
    assert list(desks_for(user)) == [desks[0]]
    assert [has_permission(user, right, desks[0]) for right in DeskPermission] == [True, False, False, False, False]
    assert not has_permission(user, DeskPermission.SEE, desks[1])


def test_rights_hold_in_every_language_of_the_subtree(make_desk, make_page, subtree, make_staff):
    swedish = make_page("Nätverk A", language="sv", translation_key=subtree.translation_key)
    desk = make_desk("På svenska", page=make_page("På svenska", under=swedish, language="sv"))
    assert list(desks_for(make_staff(subtree, "see"))) == [desk]


def test_rights_are_apart_from_each_other(desks, subtree, make_staff):
    for right in ("change", "export", "read_sensitive", "erase"):
        user = make_staff(subtree, "see", right, username=right)
        assert {each for each in DeskPermission.values if has_permission(user, each, desks[0])} == {"see", right}


def test_a_right_without_seeing_is_none(desks, subtree, make_staff):
    user = make_staff(subtree, "export")
    user.groups.get().desk_access.update(can_see=False)
    assert not has_permission(user, DeskPermission.EXPORT, desks[0])


def test_the_right_to_edit_pages_gives_none(desks, subtree, client):
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for permission in Permission.objects.filter(codename__in=["change_page", "publish_page"]):
        GroupPagePermission.objects.create(group=group, page=subtree, permission=permission)
    editor = User.objects.create_user("editor")
    editor.groups.add(group)
    client.force_login(editor)
    assert not desks_for(editor).exists()
    assert not_found(client.get(reverse("verkosto_registrations_admin:registrations", args=[desks[0].pk])))


def test_an_inactive_superuser_has_none(desks, admin):
    admin.is_active = False
    assert not has_permission(admin, DeskPermission.SEE, desks[0])


@pytest.mark.parametrize("name", ["registrations", "registrations_results", "desk_messages", "desk_messages_results"])
def test_another_subtrees_desk_answers_404_without_data(name, desks, subtree, make_staff, make_registration, client):
    make_registration(desks[1], name="Salainen Henkilö")
    client.force_login(make_staff(subtree, "see", "change", "export", "read_sensitive", "erase"))
    response = client.get(reverse(f"verkosto_registrations_admin:{name}", args=[desks[1].pk]))
    assert not_found(response)
    assert "Salainen" not in response.content.decode()


def test_another_desks_registration_answers_404(desks, subtree, make_staff, make_registration, client):
    foreign = make_registration(desks[1])
    client.force_login(make_staff(subtree, "see"))
    for desk in desks:
        url = reverse("verkosto_registrations_admin:registration", args=[desk.pk, foreign.pk])
        assert not_found(client.get(url))


def test_no_address_of_the_staffs_side_gives_anything_of_another_subtree(
    desks, subtree, make_staff, make_registration, make_question, client, admin
):
    """Every address of ``staff/urls.py``, so also of what is added there, read and sent."""
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


def test_every_address_that_shows_a_person_leaves_a_trace_without_the_person(
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
            word in client.get(url).content.decode() for word in ("Näkyvä", "nakyva@example.org")
        )
        if shown and ModelLogEntry.objects.count() == before:
            silent.append(name)
        told += shown
    assert not silent, silent
    assert told > 10
    entries = [f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all()]
    assert not [entry for entry in entries if "kyv" in entry.lower()]


def addresses(desk, registration, rows):
    for pattern in staff_urls:
        name = str(pattern.name)
        kind = next((kind for kind in rows if name.startswith(kind)), "")
        kind = "page" if name in ("announce", "form_template") else kind
        pk = rows[kind].pk if kind and kind != "file" else registration.pk
        own = {"desk_pk": desk.pk, "pk": pk, "file_pk": rows["file"].pk, "code": registration.reference}
        own |= {"kind": "confirmed", "language": "fi"}
        yield (
            name,
            reverse(
                f"verkosto_registrations_admin:{name}", kwargs={key: own[key] for key in pattern.pattern.converters}
            ),
        )


def contents():
    kept = (Registration, Message, Invitation, Mailing, Job, Tombstone, Note, EmailTemplate, FormTemplate)
    return [list(model.objects.order_by("pk").values()) for model in kept]
