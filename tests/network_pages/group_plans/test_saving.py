"""Saving a plan makes its people members of their groups, once."""

import re
from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from network_pages.group_plans import plans
from network_pages.group_plans.saving import PeopleWithoutGroup, Term, changes_of, save_plan
from network_pages.models import GroupPlan, Membership, SmallGroupPage
from tests.factories.locales import in_language
from tests.network_pages.group_plans.conftest import division, start
from verkosto.registrations.models import Message

TERM = Term(starts_on=date(2026, 1, 1), ends_on=date(2126, 6, 30))


@pytest.fixture
def editor(admin_user):
    return admin_user


def save(plan, user, *, notify=False, names=None):
    return save_plan(plan=plan, term=TERM, names=names or {}, notify=notify, user=user)


def members_of(page):
    return sorted(Membership.objects.of_page(page).current().values_list("name", flat=True))


def test_new_groups_are_drafts_with_the_people_as_members_for_the_term(
    network, people, editor, django_capture_on_commit_callbacks
):
    plan = start(network, editor, django_capture_on_commit_callbacks, new_groups=3)
    groups = division(plan)
    first = plan.groups.first()
    assert len(changes_of(plan, TERM).added) == 12
    assert SmallGroupPage.objects.count() == 0
    assert len(save(plan, editor, names={first.pk: "Sillanrakentajat"}).added) == 12
    pages = {page.title: page for page in SmallGroupPage.objects.child_of(network)}
    assert {title: members_of(page) for title, page in pages.items()} == {
        "Sillanrakentajat": groups["Ryhmä 1"],
        "Ryhmä 2": groups["Ryhmä 2"],
        "Ryhmä 3": groups["Ryhmä 3"],
    }
    page = pages["Sillanrakentajat"]
    assert (page.live, page.size_from, page.size_to, page.locale) == (False, 3, 4, network.locale)
    row = Membership.objects.of_page(page).first()
    origin = Membership.objects.get(translation_key=network.translation_key, email=row.email)
    assert (row.organisation, row.area, row.role, row.starts_on, row.ends_on, row.source, row.is_listed) == (
        origin.organisation,
        origin.area,
        "member",
        TERM.starts_on,
        TERM.ends_on,
        "staff",
        False,
    )
    assert PageLogEntry.objects.get(action="network_pages.save_groups").data == {"count": 12}
    assert (mail.outbox, Message.objects.count()) == ([], 0)


def test_a_second_click_saves_nothing_more(network, people, editor, django_capture_on_commit_callbacks):
    plan = start(network, editor, django_capture_on_commit_callbacks, new_groups=3)
    save(plan, editor)
    with pytest.raises(plans.PlanNotOpen):
        save(plan, editor)
    assert (Membership.objects.count(), SmallGroupPage.objects.count()) == (24, 3)


def test_who_stays_goes_on_and_who_moves_leaves_the_old_group(
    network, people, existing, editor, django_capture_on_commit_callbacks
):
    Membership.objects.of_page(existing).update(starts_on=date(2020, 1, 1), ends_on=date(2126, 1, 31))
    kept = Membership.objects.of_page(existing).get(name="Henkilö 00")
    later = Membership.objects.of_page(existing).get(name="Henkilö 01")
    Membership.objects.filter(pk=later.pk).update(ends_on=None)
    plan = start(network, editor, django_capture_on_commit_callbacks, new_groups=3)
    place = plan.placements.get(membership__name="Henkilö 02")
    plans.move(plan=plan, placement=place, group=plan.groups.last())
    changes = save(plan, editor)
    assert [row.name for row in changes.ended] == ["Henkilö 02"]
    assert [row.pk for row in changes.extended] == [kept.pk]
    kept.refresh_from_db()
    later.refresh_from_db()
    assert (kept.ends_on, later.ends_on, kept.starts_on) == (TERM.ends_on, None, date(2020, 1, 1))
    assert "Henkilö 02" not in members_of(existing)
    assert Membership.objects.of_page(existing).filter(name="Henkilö 00").count() == 1


def test_new_members_are_notified_in_their_language_if_the_editor_says_so(
    network, people, existing, editor, django_capture_on_commit_callbacks
):
    in_language(network.get_parent().specific, "sv")
    in_language(network, "sv", title="Ledarnätverket")
    Membership.objects.filter(email="p5@example.fi").update(language="sv")
    plan = start(network, editor, django_capture_on_commit_callbacks, new_groups=3)
    with django_capture_on_commit_callbacks(execute=True):
        changes = save(plan, editor, notify=True)
    sent = {message.to[0]: message for message in mail.outbox}
    # Those who were members of the group before get no mail.
    assert len(changes.added) == 9
    assert set(sent) == {f"p{number}@example.fi" for number in range(3, 12)}
    group = plan.placements.get(membership__email="p5@example.fi").group.name
    swedish = sent["p5@example.fi"]
    assert swedish.subject == f"Din smågrupp: {group}"
    assert f"Du är nu medlem i smågruppen {group}. Gruppen hör till Ledarnätverket." in swedish.body
    assert re.search(r"/sv/memberships/open/[\w-]{43}/", swedish.body)
    assert "Johtajaverkosto" in sent["p4@example.fi"].body
    assert {message.state for message in Message.objects.all()} == {"sent"}
    assert "Henkilö" not in str([*Message.objects.values_list("context", flat=True)])


def test_without_the_right_to_add_pages_new_groups_are_not_saved_and_nothing_is(
    network, people, make_staff, django_capture_on_commit_callbacks
):
    user = make_staff(network, "see", "change")
    plan = start(network, user, django_capture_on_commit_callbacks, new_groups=3)
    with pytest.raises(PermissionDenied):
        save(plan, user)
    assert (Membership.objects.count(), SmallGroupPage.objects.count()) == (12, 0)
    assert GroupPlan.objects.get().saved_at is None


def test_nothing_is_saved_while_somebody_has_no_group(network, people, editor, django_capture_on_commit_callbacks):
    plan = start(network, editor, django_capture_on_commit_callbacks, new_groups=3)
    plan.placements.filter(membership=people[0]).update(group=None, is_locked=False)
    with pytest.raises(PeopleWithoutGroup):
        save(plan, editor)
    assert Membership.objects.count() == 12
