from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from network_pages.models import Membership
from tests.factories import SmallGroupPageFactory
from tests.factories.locales import in_language
from tests.factories.registrations import publish
from tests.network_pages.conftest import make_member


def test_an_address_is_a_member_once_at_a_time_in_all_languages(network, member):
    in_language(network.get_parent().specific, "sv")
    swedish = in_language(network, "sv", title="Ledarnätverket")
    again = Membership(translation_key=swedish.translation_key, email="AINO@example.fi")
    with pytest.raises(ValidationError):
        again.full_clean()
    today = timezone.localdate()
    Membership.objects.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    again.full_clean()


def test_members_are_those_whose_term_holds_today_and_who_have_not_left(network, other_network):
    today = timezone.localdate()
    day = timedelta(days=1)
    make_member(network, "open@example.fi")
    make_member(network, "lastday@example.fi", starts_on=today - day, ends_on=today)
    make_member(network, "ended@example.fi", starts_on=today - 2 * day, ends_on=today - day)
    make_member(network, "later@example.fi", starts_on=today + day)
    make_member(network, "left@example.fi", left_at=timezone.now())
    make_member(other_network, "other@example.fi")
    of_network = Membership.objects.of_page(network)
    assert [row.email for row in of_network.current()] == ["lastday@example.fi", "open@example.fi"]
    assert [row.email for row in of_network.current(today - 2 * day)] == ["ended@example.fi"]
    assert [row.email for row in of_network.not_ended()] == [
        "lastday@example.fi",
        "later@example.fi",
        "open@example.fi",
    ]


def test_staff_see_the_members_of_the_pages_they_have_the_right_to_in_any_language(
    network, other_network, make_staff, django_user_model
):
    in_language(network.get_parent().specific, "sv")
    swedish = in_language(network, "sv", title="Ledarnätverket")
    group = SmallGroupPageFactory(parent=network)
    for page in (network, group, other_network):
        make_member(page, f"m{page.pk}@example.fi")
    staff = make_staff(swedish, "see", "change")
    seen = Membership.objects.visible_to(staff)
    assert {row.email for row in seen} == {f"m{network.pk}@example.fi", f"m{group.pk}@example.fi"}
    assert Membership.objects.visible_to(staff, "export").count() == 0
    nobody = django_user_model.objects.create_user("nobody")
    assert Membership.objects.visible_to(nobody).count() == 0


def test_members_are_on_no_public_page(client, network, member):
    html = client.get(publish(network).url).content.decode()
    assert "aino@example.fi" not in html
    assert "Aino Virtanen" not in html
