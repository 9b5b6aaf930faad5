import pytest

from network_pages.models import PairPlan
from network_pages.pair_plans import plans
from network_pages.pair_plans.applications import applications_to
from network_pages.pair_settings import PairSettings
from tests.factories import PrivacyNoticeFactory, ProgrammePageFactory, ProgrammeRoundPageFactory
from tests.factories.registrations import desk_of, publish, question, register
from tests.recordings import recorded

THEMES = ("Digitalisaatio", "Johtaminen", "Työnantajakuva")


@pytest.fixture
@recorded
def round_page(homes):
    """A round whose form asks for the organisation, themes, size and wish."""
    programme = ProgrammePageFactory(parent=homes["fi"], title="Kehittämisohjelma")
    return publish(
        ProgrammeRoundPageFactory(
            parent=programme,
            title="Neljäs kierros",
            registration_enabled=True,
            privacy_notice=PrivacyNoticeFactory(),
            questions=[
                question("organisation", "Organisaatio"),
                question("several_choices", "Teemat", choices=THEMES),
                question("number", "Henkilöstömäärä"),
                question("text", "Toive"),
            ],
        )
    )


@pytest.fixture
def questions(round_page):
    """The keys of the questions: organisation, themes, sizes, wishes."""
    keys = desk_of(round_page).questions.values_list("key", flat=True)
    return dict(zip(("organisation", "themes", "sizes", "wishes"), keys, strict=True))


@pytest.fixture
def apply_to(round_page, questions):
    """apply_to("Poliisi", "Johtaminen", size=10, wish="…"): an application that has a place."""
    desk = desk_of(round_page)
    options = {choice.labels["fi"]: choice.key for choice in desk.questions.get(key=questions["themes"]).choices}

    def apply(name, *themes, size=0, wish="", language="fi", email=""):
        answers = {
            questions["organisation"]: {"key": "", "name": name},
            questions["themes"]: [options[theme] for theme in themes],
            questions["sizes"]: size,
            questions["wishes"]: wish,
        }
        address = email or f"{name.lower()}@example.fi"
        return register(desk, address, answers=answers, language=language, questions=list(desk.questions.all()))

    return apply


@pytest.fixture
def six(apply_to):
    """Six organisations with three themes: two large ones, two small ones, and two that wish for each other."""
    return [
        apply_to("Vero", "Johtaminen", size=5000),
        apply_to("Traficom", "Johtaminen", size=900),
        apply_to("Tarkastus", "Digitalisaatio", size=40),
        apply_to("Neuvosto", "Digitalisaatio", size=60),
        apply_to("Rannikko", "Työnantajakuva", size=2500, wish="Lääni tai vastaava"),
        apply_to("Lääni", "Työnantajakuva", size=700, wish="Rannikko"),
    ]


@pytest.fixture
def start(round_page, questions, admin_user, django_capture_on_commit_callbacks):
    """start(threes=1): propose pairs of all applications."""

    def start(*entered, **asked):
        settings = PairSettings(
            **{"themes": questions["themes"], "sizes": questions["sizes"], "wishes": questions["wishes"], **asked}
        )
        wanted = plans.Wanted(
            settings=settings, applications=applications_to(round_page.translation_key), entered=entered
        )
        with django_capture_on_commit_callbacks(execute=True):
            plan = plans.start_plan(translation_key=round_page.translation_key, wanted=wanted, user=admin_user)
        plan.refresh_from_db()
        return plan

    return start


def pairs(plan):
    """Return the names of the organisations by number of the pair; those without one under None."""
    found = {}
    for row in PairPlan.objects.get(pk=plan.pk).applicants.select_related("registration"):
        name = row.name or row.registration.organisation
        found.setdefault(row.number, []).append(name)
    return {number: sorted(names) for number, names in found.items()}


def row_of(plan, name):
    return next(
        row
        for row in plan.applicants.select_related("registration")
        if name in (row.name, row.registration and row.registration.organisation)
    )
