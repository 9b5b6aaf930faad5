"""Reviewing applications: who sees what, scores, conflicts of interest, ranking and decisions."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from network_pages.models import Review, RoundReview
from network_pages.reviews import personal_data, reviews
from tests.factories import PrivacyNoticeFactory, ProgrammePageFactory, ProgrammeRoundPageFactory
from tests.factories.registrations import desk_of, publish, question, register
from tests.recordings import recorded
from verkosto.registrations.enums import ErasureCause
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.privacy.erasure import erase, erase_address

# Of a second GET.
QUERIES = {"index": 9, "applications": 20, "ranking": 13, "review": 21}


@pytest.fixture
@recorded
def round_page(homes):
    """A round with approval, whose form asks for the organisation and a reason."""
    return publish(
        ProgrammeRoundPageFactory(
            parent=ProgrammePageFactory(parent=homes["fi"]),
            title="Viides kierros",
            registration_enabled=True,
            needs_approval=True,
            privacy_notice=PrivacyNoticeFactory(),
            questions=[question("organisation", "Organisaatio"), question("text", "Miksi haette?")],
        )
    )


@pytest.fixture
def applications(round_page):
    """Three applications: Vero, Tulli and Poliisi."""
    return [apply(round_page, name) for name in ("Vero", "Tulli", "Poliisi")]


@pytest.fixture
def review(round_page, reviewer, other_reviewer):
    return reviews.set_up_review(
        translation_key=round_page.translation_key,
        criteria=["Tarve", "Sitoutuminen"],
        reviewers=[reviewer, other_reviewer],
    )


@pytest.fixture
def reviewer(django_user_model):
    return account(django_user_model, "arvioija")


@pytest.fixture
def other_reviewer(django_user_model):
    return account(django_user_model, "toinen")


def account(model, name):
    group, _made = Group.objects.get_or_create(name="kirjautujat")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = model.objects.create_user(name, f"{name}@example.fi", "a long password for tests", last_name=name.title())
    user.groups.add(group)
    return user


def apply(round_page, name):
    desk = desk_of(round_page)
    organisation, reason = desk.questions.values_list("key", flat=True)
    answers = {organisation: {"key": "", "name": name}, reason: f"Perustelu {name}"}
    return register(desk, f"{name.lower()}@example.fi", answers=answers, questions=list(desk.questions.all()))


def url(review, name, *args):
    return reverse(f"reviews:{name}", args=[] if name == "index" else [review.translation_key, *args])


def score(review, registration, reviewer, *scores, comment=""):
    return reviews.save_review(
        review=review, registration=registration, reviewer=reviewer, scores=scores, comment=comment
    )


def test_staff_choose_criteria_and_reviewers(admin_client, round_page, reviewer, other_reviewer):
    page = reverse("reviews:set_up", args=[round_page.translation_key])
    html = admin_client.get(page).content.decode()
    assert ("Arvioija" in html, "Toinen" in html) == (True, True)
    wrong = admin_client.post(page, {"criteria": "\n".join(f"K{n}" for n in range(13))})
    assert wrong.context["form"].errors == {"criteria": ["Enintään 12 arviointiperustetta."]}
    answer = admin_client.post(page, {"criteria": "Tarve\n\nTarve\nHyöty", "reviewers": [reviewer.pk]})
    assert answer["Location"] == reverse("reviews:index")
    review = RoundReview.objects.get()
    assert (review.criteria, list(review.reviewers.all())) == (["Tarve", "Hyöty"], [reviewer])


def test_criteria_stay_once_there_are_scores(admin_client, review, applications, reviewer):
    score(review, applications[0], reviewer, 1, 2)
    page = url(review, "set_up")
    admin_client.post(page, {"criteria": "Muu", "reviewers": [reviewer.pk]})
    review.refresh_from_db()
    assert (review.criteria, review.reviewers.count()) == (["Tarve", "Sitoutuminen"], 1)
    with pytest.raises(reviews.CriteriaInUse):
        reviews.set_up_review(translation_key=review.translation_key, criteria=["Muu"], reviewers=[])


def test_a_reviewer_scores_the_applications_of_the_round_alone(client, review, applications, reviewer):
    client.force_login(reviewer)
    assert "Viides kierros" in client.get(reverse("wagtailadmin_home")).content.decode()
    listed = client.get(url(review, "applications")).content.decode()
    assert ("Vero" in listed, "Perustelu" in listed, "Olet käsitellyt 0 / 3 hakemusta." in listed) == (
        True,
        False,
        True,
    )
    page = url(review, "review", applications[0].pk)
    assert "Perustelu Vero" in client.get(page).content.decode()
    assert list(client.post(page, {"score_0": "6", "comment": "x"}).context["form"].errors) == ["score_0", "score_1"]
    answer = client.post(page, {"score_0": "4", "score_1": "5", "comment": "Hyvä"})
    assert answer["Location"] == url(review, "applications")
    client.post(page, {"score_0": "5", "score_1": "5", "comment": "Hyvä"})
    row = Review.objects.get()
    assert (row.reviewer, row.scores, row.mean, row.comment) == (reviewer, [5, 5], 5.0, "Hyvä")
    for closed in (url(review, "ranking"), url(review, "set_up")):
        assert client.get(closed).status_code == 404
    assert client.get(
        reverse("verkosto_registrations_admin:registrations", args=[row.registration.desk_id])
    ).status_code in (
        302,
        403,
        404,
    )
    assert ModelLogEntry.objects.filter(action="registrations.see").exists()


def test_who_reviews_nothing_sees_nothing(client, review, applications, django_user_model):
    client.force_login(account(django_user_model, "ulkopuolinen"))
    assert client.get(url(review, "index")).status_code == 302
    pages = [url(review, name) for name in ("applications", "ranking", "set_up")]
    pages.append(url(review, "review", applications[0].pk))
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert client.post(pages[-1], {"conflict": "1"}).status_code == 404
    assert not Review.objects.exists()


def test_a_conflict_of_interest_closes_the_application(client, review, applications, reviewer, other_reviewer):
    page = url(review, "review", applications[0].pk)
    score(review, applications[0], reviewer, 5, 5, comment="Oma")
    client.force_login(reviewer)
    client.post(page, {"conflict": "1"})
    row = Review.objects.get()
    assert (row.has_conflict, row.scores, row.mean, row.comment) == (True, [], None, "")
    html = client.get(page).content.decode()
    assert ("Olet ilmoittanut esteellisyydestä." in html, "Perustelu" in html) == (True, False)
    client.post(page, {"score_0": "5", "score_1": "5", "comment": ""})
    assert Review.objects.get().has_conflict is True
    with pytest.raises(reviews.ConflictDeclared):
        score(review, applications[0], reviewer, 5, 5)
    score(review, applications[0], other_reviewer, 1, 1)
    [shown] = [row for row in reviews.ranked(review, reviewer) if row.pk == applications[0].pk]
    assert (shown.is_closed, shown.number, shown.conflicts) == (True, 1, 1)
    client.post(page, {"no_conflict": "1"})
    assert "Perustelu Vero" in client.get(page).content.decode()


def test_applications_are_ranked_by_mean_spread_and_number(
    admin_client, review, applications, reviewer, other_reviewer
):
    vero, tulli, _poliisi = applications
    score(review, vero, reviewer, 2, 4)
    score(review, vero, other_reviewer, 5, 5)
    score(review, tulli, reviewer, 5, 4)
    rows = [(row.organisation, row.mean, row.spread, row.number) for row in reviews.ranked(review, reviewer)]
    assert rows == [("Tulli", 4.5, 0.0, 1), ("Vero", 4.0, 1.0, 2), ("Poliisi", None, None, 0)]

    def order(ordering):
        shown = admin_client.get(url(review, "ranking"), {"ordering": ordering}).context["rows"]
        return [row.organisation for row in shown]

    assert order("name") == ["Poliisi", "Tulli", "Vero"]
    assert order("-spread") == ["Vero", "Tulli", "Poliisi"]
    assert order("number") == ["Poliisi", "Tulli", "Vero"]
    assert order("password") == ["Tulli", "Vero", "Poliisi"]


def test_a_manager_with_a_conflict_sees_no_figures(admin_client, admin_user, review, applications, reviewer):
    score(review, applications[0], reviewer, 5, 4)
    reviews.declare_conflict(review=review, registration=applications[0], reviewer=admin_user)
    html = admin_client.get(url(review, "ranking")).content.decode()
    assert ("Olet esteellinen" in html, "4,50" in html) == (True, False)


def test_many_are_decided_from_the_ranking(admin_client, review, applications):
    html = admin_client.get(url(review, "ranking")).content.decode()
    for action, number in (("approve", 2), ("decline", 1)):
        page = reverse("wagtail_bulk_action", args=["verkosto_registrations", "registration", action])
        assert page in html
        chosen = "&".join(f"id={row.pk}" for row in applications[:number])
        following = f"{page}?{chosen}&next={url(review, 'ranking')}"
        if action == "decline":
            following = f"{page}?id={applications[2].pk}&next={url(review, 'ranking')}"
        assert admin_client.get(following).status_code == 200
        assert admin_client.post(following, {"reason": "Kierros on täynnä"})["Location"] == url(review, "ranking")
    statuses = Registration.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["confirmed", "confirmed", "declined"]
    kinds = Message.objects.exclude(kind__in=["received", "member_added"]).values_list("kind", flat=True)
    assert sorted(kinds) == ["approved", "approved", "declined"]


def test_what_was_said_of_an_application_is_given_to_its_person_and_erased(review, applications, reviewer):
    vero, tulli, poliisi = applications
    for row in applications:
        score(review, row, reviewer, 3, 4, comment="Vero vero@example.fi")
    known = personal_data.reviews_of("vero@example.fi")
    assert [(each["scores"], each["comment"]) for each in known] == [
        ({"Tarve": 3, "Sitoutuminen": 4}, "Vero vero@example.fi")
    ]
    erase(registration=tulli, cause=ErasureCause.BY_STAFF)
    assert list(Review.objects.values_list("registration", flat=True)) == [vero.pk, poliisi.pk]
    erase_address(email="vero@example.fi")
    left = Review.objects.get()
    assert (left.registration_id, "vero@example.fi" in left.comment) == (poliisi.pk, False)


def test_pages_cost_the_same_with_one_application_and_with_thirty(client, review, round_page, reviewer, admin_client):
    def costs(registration):
        found = {}
        for name in QUERIES:
            browser = admin_client if name in ("ranking", "index") else client
            page = url(review, name, registration.pk) if name == "review" else url(review, name)
            browser.get(page)
            with CaptureQueriesContext(connection) as queries:
                browser.get(page)
            found[name] = len(queries)
        return found

    client.force_login(reviewer)
    first = apply(round_page, "Vero")
    assert costs(first) == QUERIES
    Registration.objects.bulk_create(
        Registration(
            desk=first.desk,
            email=f"v{number}@example.fi",
            language="fi",
            status="awaiting_approval",
            organisation=f"Virasto {number}",
        )
        for number in range(29)
    )
    for row in reviews.applications(review):
        score(review, row, reviewer, 1, 2)
    assert costs(first) == QUERIES
