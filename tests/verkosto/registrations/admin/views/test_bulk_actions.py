from django.http import QueryDict
from django.urls import reverse

from verkosto.registrations.domain.capacity_audit import check


def status(registration):
    registration.refresh_from_db()
    return registration.status


def bulk(client, action, **query):
    parameters = QueryDict(mutable=True)
    for name, value in query.items():
        parameters.setlist(name, [str(each) for each in (value if isinstance(value, list) else [value])])
    path = reverse("wagtail_bulk_action", args=["verkosto_registrations", "registration", action])
    url = f"{path}?{parameters.urlencode()}"
    return client.get(url), client.post(url, {"reason": ""})


def test_bulk_approves_what_fits_and_leaves_the_rest(admin_client, make_desk, make_registration):
    desk = make_desk(capacity=1)
    applicants = [make_registration(desk, status="awaiting_approval") for _n in range(2)]
    confirmed = make_registration(desk, status="cancelled")
    asked, _done = bulk(admin_client, "approve", id=[row.pk for row in (*applicants, confirmed)], next="/admin/")
    assert (asked.context["number"], asked.context["others"]) == (2, 1)
    assert sorted(status(row) for row in applicants) == ["confirmed", "waiting"]
    assert check(desk).consistent


def test_bulk_on_the_whole_listing_keeps_its_filters(admin_client, desk, make_registration):
    finnish, swedish = make_registration(desk), make_registration(desk, language="sv")
    bulk(admin_client, "attended", id="all", childOf=desk.pk, language="sv", next="/admin/")
    finnish.refresh_from_db()
    swedish.refresh_from_db()
    assert (finnish.attendance, swedish.attendance) == ("", "attended")


def test_bulk_touches_no_other_desk(client, make_desk, make_page, make_registration, make_staff):
    mine = make_page("A")
    here, foreign = make_desk("1", page=mine), make_desk("2")
    own, other = make_registration(here), make_registration(foreign, name="Salainen Henkilö")
    client.force_login(make_staff(mine, "see", "change"))
    asked, _done = bulk(client, "cancel", id=[own.pk, other.pk], next="/admin/")
    assert "Salainen" not in asked.content.decode()
    assert (status(own), status(other)) == ("cancelled", "confirmed")
    asked, _done = bulk(client, "cancel", id="all", childOf=foreign.pk)
    assert status(other) == "confirmed"
    assert "Salainen" not in asked.content.decode()
