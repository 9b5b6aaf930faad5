from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from tests.verkosto.localisation.conftest import NOON
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.models import TranslationState
from verkosto.localisation.states.recount import recount
from verkosto.localisation.workflow.assignments import NotAllowed, assign, set_deadline, unassign


@pytest.fixture
def translator(django_user_model, swedish, locales):
    """Edits the Swedish tree and nothing else."""
    group = Group.objects.create(name="sv")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    root = TalkPage.objects.get(locale=locales["sv"], depth=2)
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    user = django_user_model.objects.create_user("translator", password="p")
    user.groups.add(group)
    return user


@pytest.fixture
def counted(swedish, talk):
    recount()
    talk.intro = "Uusi johdanto"
    talk.save_revision().publish()
    recount()
    return TranslationState.objects.get(translation_key=talk.translation_key, locale=swedish.locale)


def test_the_dashboard_shows_the_translators_language_and_one_link_to_the_work(client, translator, counted, swedish):
    client.force_login(translator)
    html = client.get(reverse("verkosto_localisation:dashboard")).content.decode()
    assert f'href="/admin/pages/{swedish.pk}/edit/"' in html
    assert "localisation-state--outdated" in html
    english = TranslationState.objects.get(translation_key=swedish.translation_key, locale__language_code="en")
    assert reverse("verkosto_localisation:assignment", args=[english.pk]) not in html


def test_the_dashboard_of_who_may_submit_into_a_language_without_pages_of_theirs(
    client, translator, counted, talk, locales
):
    """Found by the access matrix: status 500, because the missing English version has no column."""
    group = translator.groups.get()
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=talk, permission=permission)
    assert TranslationState.objects.filter(locale=locales["en"], state="missing").exists()
    client.force_login(translator)
    answer = client.get(reverse("verkosto_localisation:dashboard"))
    assert answer.status_code == 200
    assert talk.title in answer.content.decode()


@pytest.mark.parametrize("pages", [1, 40])
def test_the_dashboard_asks_few_queries(pages, client, admin_user, home, django_assert_max_num_queries):
    for number in range(pages):
        home.add_child(instance=TalkPage(title=f"Sivu {number}", locale=home.locale))
    recount()
    client.force_login(admin_user)
    client.get(reverse("verkosto_localisation:dashboard"))
    with django_assert_max_num_queries(29):
        html = client.get(reverse("verkosto_localisation:dashboard")).content.decode()
    assert "Sivu 0" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=outdated", True),
        ("state=missing&locale={sv}", False),
        ("state=outdated&locale={sv}", True),
        ("assigned=mine", False),
        ("q=puhe", True),
        ("q=nothing", False),
        ("below={home}", True),
        ("content_type={type}", True),
        ("happens_at_from=2027-01-01", False),
        ("deadline_from=2027-02-01&deadline_to=2027-03-31&locale={sv}", True),
        ("deadline_from=2027-02-01&state=missing", False),
        ("deadline_from=2027-04-01", False),
    ],
)
def test_the_dashboard_filters(query, found, client, admin_user, counted, talk, home, locales):
    set_deadline(state=counted, deadline=NOON, by=admin_user)
    client.force_login(admin_user)
    query = query.format(sv=locales["sv"].pk, home=home.pk, type=talk.content_type_id)
    html = client.get(f"{reverse('verkosto_localisation:dashboard')}?{query}").content.decode()
    assert (">Puhe<" in html.replace("\n", "").replace("  ", "") or f"pages/{talk.pk}/edit" in html) is found


def test_the_dashboard_finds_a_page_by_its_name_in_any_language(client, translator, counted, swedish):
    TranslationState.objects.filter(pk=counted.pk).update(title="Ett särskilt namn")
    client.force_login(translator)
    # Also as a Mac may type it, in NFD: PostgreSQL compares characters.
    for typed in ("särskilt", "sa\u0308rskilt"):
        found = client.get(reverse("verkosto_localisation:dashboard"), {"q": typed}).context["object_list"]
        assert [row.translation_key for row in found] == [swedish.translation_key]


def test_the_dashboard_says_when_texts_are_needed_and_when_the_event_is(client, admin_user, counted, talk):
    rows = TranslationState.objects.filter(translation_key=talk.translation_key)
    rows.update(needed_by=NOON - timedelta(days=9), happens_at=NOON)
    client.force_login(admin_user)
    html = client.get(reverse("verkosto_localisation:dashboard")).content.decode()
    assert "20.2.2027" in html
    assert "1.3.2027" in html


def test_somebody_without_a_language_sees_no_dashboard(client, django_user_model, counted):
    user = django_user_model.objects.create_user("x", password="p")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    answer = client.get(reverse("verkosto_localisation:dashboard"), follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert "/admin/translations/" not in answer.content.decode()


def test_take_and_hand_back(client, translator, counted):
    client.force_login(translator)
    url = reverse("verkosto_localisation:assignment", args=[counted.pk])
    client.post(url, {"action": "assign_to_me"})
    counted.refresh_from_db()
    assert counted.assigned_to == translator
    client.post(url, {"action": "unassign"})
    counted.refresh_from_db()
    assert counted.assigned_to is None


def test_a_translator_gives_no_work_to_others_and_none_outside_the_language(translator, admin_user, counted, talk):
    with pytest.raises(NotAllowed):
        assign(state=counted, to=admin_user, by=translator)
    with pytest.raises(NotAllowed):
        set_deadline(state=counted, deadline=NOON, by=translator)
    english = TranslationState.objects.get(translation_key=talk.translation_key, locale__language_code="en")
    with pytest.raises(NotAllowed):
        assign(state=english, to=translator, by=translator)
    with pytest.raises(NotAllowed):
        assign(state=english, to=translator, by=admin_user)


def test_a_deadline_makes_urgent(admin_user, translator, counted, talk, home):
    assign(state=counted, to=translator, by=admin_user)
    set_deadline(state=counted, deadline=NOON, by=admin_user)
    assert TranslationState.objects.originals().by_deadline().first().translation_key == talk.translation_key
    unassign(state=counted, by=translator)
    recount()
    assert TranslationState.objects.get(pk=counted.pk).deadline == NOON


def test_the_dashboard_shows_what_waits(client, translator, counted):
    client.force_login(translator)
    assert "localisation-open-strings" in client.get("/admin/").content.decode()


def test_deadline_names_the_zone_in_which_it_is_read(client, admin_user, counted):
    """Finding: the form of a deadline did not name its zone; it is the account's, as in the lists of deadlines."""
    UserProfile.objects.create(user=admin_user, current_time_zone="America/New_York")
    client.force_login(admin_user)
    url = reverse("verkosto_localisation:assignment", args=[counted.pk])

    form = client.get(url).context["form"]
    client.post(url, {"action": "save", "deadline": "2126-05-20 12:00"})

    counted.refresh_from_db()
    assert str(form.fields["deadline"].help_text).endswith("Aikavyöhyke: New York.")
    assert counted.deadline == datetime(2126, 5, 20, 16, tzinfo=UTC)


def test_order_of_the_dashboard_reads_lists_of_keys():
    """Findings: asked of each original, the order of 10,000 pages took 0.4 s."""
    ordered = TranslationState.objects.originals().originals_by_deadline(TranslationState.objects.all())
    assert "EXISTS" not in str(ordered.query)
