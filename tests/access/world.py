"""What the access matrix asks for: two parts of a site with one of everything, public and private.

Everything in the private part holds ``SECRET``, and no address does. Each part is a mapping from what the parameters of
addresses mean (``addresses.PARAMETERS``) to the value.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object

from event_pages.models import OnlineMeeting
from home.models import AccessibilityFeedback
from network_pages.models import (
    GroupPlacement,
    GroupPlan,
    MemberMailing,
    Membership,
    PairPlan,
    ProposedGroup,
    RoundReview,
)
from tests.access.desks import Part, desk_part
from tests.access.files import addresses_of_files, files_of
from tests.factories import (
    AccessibilityPageFactory,
    EventIndexPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    PersonFactory,
    PrivacyNoticeFactory,
    ProgrammePageFactory,
    ProgrammeRoundPageFactory,
    SiteSettingsFactory,
    TopicFactory,
    VenueFactory,
    home_tree,
    in_language,
    locale,
)
from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from verkosto.api.models import ApiToken
from verkosto.linked_events.models import PushedEvent
from verkosto.localisation.models import BulkSubmission, GlossaryTerm, TranslationState
from verkosto.registrations.models import (
    FormTemplate,
    Registration,
)
from verkosto.subscriptions.models import Follower
from verkosto.webhooks.models import Endpoint

#: In the title, name, address or text of everything in the private part. Compared without regard to case.
SECRET = "kauris"


@dataclass(frozen=True)
class World:
    """The two parts, and the rows on which the rights of the roles rest."""

    own: Part
    foreign: Part
    series: Any
    network: Any
    programme: Any
    collection: Collection
    registration: Any
    member: Membership


def build() -> World:
    """Make the site. Series and network of the own part are public and in Swedish; the others are private, in English.

    Its programme has a round with an application, which is reviewed.
    """
    homes = home_tree()
    index = EventIndexPageFactory(parent=homes["fi"])
    networks = NetworkIndexPageFactory(parent=homes["fi"])
    AccessibilityPageFactory(parent=homes["fi"])
    for code in ("sv", "en"):
        in_language(index, code)
        in_language(networks, code)
    shared = _shared()
    found: list[Part] = []
    rows: list[Any] = []
    for slug, word, code in (("own", "Hirvi", "sv"), ("other", SECRET.title(), "en")):
        series = EventSeriesPageFactory(parent=index, title=f"{word}sarja", slug=f"{slug}-series")
        network = NetworkPageFactory(parent=networks, title=f"{word}verkosto", slug=f"{slug}-network")
        programme = ProgrammePageFactory(parent=homes["fi"], title=f"{word}ohjelma", slug=f"{slug}-programme")
        page = event_with_desk(
            index=series,
            title=f"{word}tapahtuma",
            slug=f"{slug}-event",
            places_per_registration=2,
            questions=[question("file", f"{word}liite", help_text="", reason="")],
        )
        publish(series)
        for each in (series, page):
            translate_object(each, [locale(code)])
        member = Membership.objects.create(
            translation_key=network.translation_key, email=f"{word}@example.fi", name=f"{word} Jäsen", is_listed=True
        )
        people: dict[str, Any] = {"name": f"{word} Henkilö", "places": 2, "guests": [f"{word} Vieras"]}
        registration = register(desk_of(page), f"{word}@example.fi", **people)
        Registration.objects.filter(pk=registration.pk).update(attendance="attended")
        files = files_of(word)
        part = {
            **shared,
            "series": series.pk,
            "page": page.pk,
            "page_path": str(page.url).lstrip("/"),
            "page_inner_path": str(page.url).removeprefix("/fi/"),
            "parent": index.pk,
            "translated": page.get_translation(locale(code)).pk,
            "member": member.pk,
            "online_meeting": OnlineMeeting.objects.create(translation_key=page.translation_key).pk,
            "redirect": Redirect.objects.create(old_path=f"/{slug}", redirect_page=page).pk,
            "promotion": SearchPromotion.objects.create(query=Query.get(word), page=page).query_id,
            **_restriction(word, [series, network, programme], files["collection"], is_private=slug == "other"),
            **_network(word, network, member),
            **_round(word, programme),
            **_workflow(word, page, series),
            **_localisation(page, code),
            **addresses_of_files(files),
            **desk_part(word, registration),
        }
        found.append(part)
        rows.append((series, network, programme, files["collection"], registration, member))
    return World(*found, *rows[0])


def _restriction(word: str, private: list[Page], collection: Collection, *, is_private: bool) -> Part:
    """Make the readers of a part: nobody else reads a private one, and a public one has a page of theirs besides."""
    readers = Group.objects.create(name=f"{word}lukijat")
    pages = private if is_private else [_page_of_readers(private[0])]
    restrictions = [PageViewRestriction.objects.create(page=page, restriction_type="groups") for page in pages]
    of_files = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="groups" if is_private else "login"
    )
    for each in (*restrictions, of_files):
        each.groups.set([readers])
    return {"restriction": restrictions[0].pk, "collection_restriction": of_files.pk, "group": readers.pk}


def _page_of_readers(series: Page) -> Page:
    page: Page = EventSeriesPageFactory(parent=series.get_parent(), title="Lukijoiden sarja", slug="readers")
    return page


def _network(word: str, network: Page, member: Membership) -> Part:
    plan = GroupPlan.objects.create(
        kind=GroupPlan.KIND, translation_key=network.translation_key, state=GroupPlan.State.DONE
    )
    group = ProposedGroup.objects.create(plan=plan, number=1, name=f"{word}ryhmä")
    GroupPlacement.objects.create(plan=plan, membership=member, group=group)
    mailing = MemberMailing.objects.create(
        translation_key=network.translation_key, subjects={"fi": word}, bodies={"fi": word}
    )
    pairs = PairPlan.objects.create(
        kind=PairPlan.KIND, translation_key=network.translation_key, state=PairPlan.State.DONE
    )
    for letter in "AB":
        pairs.applicants.create(name=f"{word}virasto {letter}", number=1)
    follower = Follower.objects.create(email=f"{word}@example.fi", language="fi")
    follow = follower.follows.create(kind="network", key=network.translation_key)
    return {
        "plan": plan.pk,
        "pair_plan": pairs.pk,
        "member_mailing": mailing.pk,
        "network_key": network.translation_key,
        "follower": follower.pk,
        "follower_reference": follower.reference,
        "follow": follow.pk,
    }


def _round(word: str, programme: Page) -> Part:
    rules = {"registration_enabled": True, "needs_approval": True, "privacy_notice": PrivacyNoticeFactory()}
    page = publish(ProgrammeRoundPageFactory(parent=programme, title=f"{word}kierros", **rules))
    application = register(desk_of(page), f"hakija@{word}.example.fi", name=f"{word} Hakija")
    RoundReview.objects.create(translation_key=page.translation_key, criteria=[word])
    return {"round_key": page.translation_key, "application": application.pk}


def _workflow(word: str, page: Any, series: Page) -> Part:
    author = User.objects.create_user(f"{word}-author", f"{word}.laatija@example.fi", first_name=word)
    workflow = Workflow.objects.create(name=f"{word}hyväksyntä")
    task = GroupApprovalTask.objects.create(name=f"{word}tarkastus")
    task.groups.set([Group.objects.create(name=f"{word}tarkastajat")])
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=Page.objects.get(pk=series.pk), workflow=workflow)
    page.title = f"{word}luonnos"
    revision = page.save_revision(user=author)
    state = workflow.start(page, author)
    session = EditingSession.objects.create(user=author, content_object=page, last_seen_at=timezone.now())
    return {
        "user": author.pk,
        "revision": revision.pk,
        "workflow": workflow.pk,
        "workflow_state": state.pk,
        "task": task.pk,
        "task_state": state.current_task_state.pk,
        "session": session.pk,
    }


def _localisation(page: Any, code: str) -> Part:
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = StringSegment.objects.filter(source=translation.source).first()
    assert segment
    submission = BulkSubmission.objects.create(kind="bulk_submission")
    submission.items.create(page=page.page_ptr)
    state, _made = TranslationState.objects.get_or_create(
        translation_key=page.translation_key,
        locale=locale(code),
        defaults={"title": page.title, "is_page": True, "state": "to_do", "content_type": page.cached_content_type},
    )
    return {
        "translation": translation.pk,
        "source": translation.source_id,
        "segment": segment.pk,
        "string": segment.string_id,
        "context": segment.context_id,
        "state": state.pk,
        "submission": submission.pk,
    }


def _shared() -> Part:
    """Make what belongs to no part: the directory, glossary and settings of the whole site."""
    notice = PrivacyNoticeFactory()
    languages = {"source_locale": locale("fi"), "locale": locale("sv")}
    term = GlossaryTerm.objects.create(source="verkosto", target="nätverk", **languages)
    endpoint = Endpoint.objects.create(name="Hirvijärjestelmä", url="https://crm.example.fi/")
    return {
        "person": PersonFactory().pk,
        "organisation": OrganisationFactory().pk,
        "venue": VenueFactory().pk,
        "topic": TopicFactory().pk,
        "privacynotice": notice.pk,
        "notice_revision": notice.save_revision().pk,
        "formtemplate": FormTemplate.objects.create(name="Ilmoittautuminen").pk,
        "sitesettings": SiteSettingsFactory().pk,
        "term": term.pk,
        "api_token": ApiToken.objects.create(name="Kassa", digest="x", start="vk_x", expires_on="2126-01-01").pk,
        "webhook": endpoint.pk,
        "accessibility_feedback": AccessibilityFeedback.objects.create(message="Valikko", language="fi").pk,
        "pushed_event": PushedEvent.objects.create(title="Hirvipäivä", translation_key=uuid.uuid4()).pk,
        "webhook_delivery": endpoint.deliveries.create(event="page.published").pk,
        "locale": locale("en").pk,
        "site": Site.objects.get().pk,
        "upload": 1,
    }
