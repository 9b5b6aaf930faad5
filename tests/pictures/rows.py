"""Make what the demo has no example of, and print where pictures find it: ``python -m tests.pictures.rows``, in a site.

Prints a JSON object: ``links`` that begin the sessions of a person, ``paths`` of pages by name, ``views`` of the admin by
name, ``errors``: the HTML of error pages by name, ``sessions`` of staff.
"""

import datetime as dt
import json
from typing import Any

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402 - app registry
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402 - app registry
from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402 - app registry
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - app registry
from django.contrib.auth.models import User  # noqa: E402 - app registry
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - app registry
from django.core import signing  # noqa: E402 - app registry
from django.core.management import call_command  # noqa: E402 - app registry
from django.http import HttpRequest  # noqa: E402 - app registry
from django.utils import timezone  # noqa: E402 - app registry
from wagtail.contrib.redirects.models import Redirect  # noqa: E402 - app registry
from wagtail.contrib.search_promotions.models import Query, SearchPromotion  # noqa: E402 - app registry
from wagtail.models import Page  # noqa: E402 - app registry
from wagtail.users.models import UserProfile  # noqa: E402 - app registry

from cms.demo.loader.nodes import stable_key  # noqa: E402 - app registry
from event_pages.models import OnlineMeeting  # noqa: E402 - app registry
from network_pages.member_links import personal_link as member_link  # noqa: E402 - app registry
from network_pages.models import MemberMailing, Membership  # noqa: E402 - app registry
from tests.journeys.signing_up import FULL, OPEN  # noqa: E402 - app registry
from tests.pictures.errors import error_pages  # noqa: E402 - app registry
from tests.pictures.staff_rows import unlinked_views  # noqa: E402 - app registry
from verkosto.accounts.upstream import note_proof  # noqa: E402 - app registry
from verkosto.api.models import ApiToken  # noqa: E402 - app registry
from verkosto.api.tokens import create_token  # noqa: E402 - app registry
from verkosto.core.draft_links import share  # noqa: E402 - app registry
from verkosto.linked_events.models import PushedEvent  # noqa: E402 - app registry
from verkosto.registrations.enums import RegistrationStatus, TokenPurpose  # noqa: E402 - app registry
from verkosto.registrations.mail.personal_links import personal_link  # noqa: E402 - app registry
from verkosto.registrations.models import Desk, FormTemplate, Registration, RoleAssignment  # noqa: E402 - app registry
from verkosto.registrations.public.views.receipt import SALT  # noqa: E402 - app registry
from verkosto.registrations.tokens import issue_token  # noqa: E402 - app registry
from verkosto.subscriptions.models import Follower, FollowRequest  # noqa: E402 - app registry
from verkosto.subscriptions.personal_links import confirm_link, unsubscribe_link  # noqa: E402 - app registry
from verkosto.subscriptions.personal_links import personal_link as follower_link  # noqa: E402 - app registry
from verkosto.webhooks.enums import DeliveryState  # noqa: E402 - app registry
from verkosto.webhooks.models import Endpoint  # noqa: E402 - app registry

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BACKEND = "cms.auth.RateLimitedBackend"
Found = dict[str, Any]


def main() -> None:
    admin = User.objects.get(username="admin")
    found: Found = {"links": [], "paths": {}}
    call_command("update_index", verbosity=0)
    registrations(found, admin)
    subscriptions(found)
    memberships(found)
    integrations(found, admin)
    found["views"], found["errors"] = unlinked_views(), error_pages()
    demo = {name: session_of(User.objects.get(username=name)) for name in ("editor", "registrar", "translator-sv")}
    readers = {f"admin-{code}": session_of(administrator(code)) for code in ("fi", "sv", "en")}
    found["sessions"] = {"factors": session_of(second_factors()), **demo, **readers}
    print(json.dumps(found))


def desk_of(node: str) -> Desk:
    return Desk.objects.get(translation_key=stable_key(node))


def registrations(found: Found, admin: User) -> None:
    """A confirmed person with all their pages, one on the waiting list, one who took part; an invitation, receipts."""
    full, of_open = desk_of(FULL), desk_of(OPEN)
    confirmed = of_open.registrations.filter(status=RegistrationStatus.CONFIRMED).order_by("-places", "pk")[0]
    if not confirmed.guests.exists():
        confirmed.guests.create(name="Kalle Esimerkki")
    guest = confirmed.guests.all()[0]
    own = f"/registrations/manage/{confirmed.reference}/"
    for name in ("", "change/", "cancel/", "erase/", "hand-over/", "meetings/"):
        found["paths"][f"registration-{name.strip('/') or 'own page'}"] = own + name
    found["paths"]["registration-guest"] = f"{own}guest/{guest.reference}/"
    found["paths"]["registration-guest cancelled"] = f"{own}guest/{guest.reference}/cancel/"
    waiting = full.registrations.filter(status=RegistrationStatus.WAITING).first()
    past = Registration.objects.filter(
        status=RegistrationStatus.CONFIRMED, desk__ends_at__lt=timezone.now(), desk__ends_at__isnull=False
    ).last()
    for name, person in (("waiting", waiting), ("past", past)):
        if person:
            found["links"].append(personal_link(person))
            found["paths"][f"registration-{name}"] = f"/registrations/manage/{person.reference}/"
    if past:
        Registration.objects.filter(pk=past.pk).update(attendance="attended")
        found["links"].append(personal_link(past, TokenPurpose.FEEDBACK))
        found["paths"]["feedback"] = f"/registrations/feedback/{past.reference}/"
        found["paths"]["certificate"] = f"/registrations/manage/{past.reference}/certificate/"
    found["links"].append(personal_link(confirmed))
    invitation = of_open.invitations.create(email="kutsuttu@example.fi", name="Kim Esimerkki", language="fi")
    code = issue_token(invitation=invitation, purpose=TokenPurpose.INVITATION)
    found["paths"] |= {
        "invitation": f"/registrations/invitation/{code}/",
        "invitation-decline": f"/registrations/invitation/{code}/decline/",
        "invitation-declined": "/registrations/invitation/declined/",
        "link-sent": "/registrations/link/sent/",
        "registration-not open": "/registrations/manage/unknown/",
    }
    for status in ("unconfirmed", "confirmed", "waiting", "pending"):
        receipt = signing.dumps({"d": full.translation_key.hex, "s": status}, salt=SALT)
        found["paths"][f"receipt-{status}"] = f"/registrations/{full.translation_key}/received/{receipt}/"
    full.email_templates.get_or_create(kind="confirmed", language="fi", defaults={"subject": "{title}", "body": "Hei"})
    full.invitation_reminders.get_or_create(days=5)
    FormTemplate.objects.get_or_create(name="Ilmoittautuminen ja ruokavalio")
    RoleAssignment.objects.get_or_create(user=User.objects.get(username="registrar"), role="check_in", desk=full)


def subscriptions(found: Found) -> None:
    series = stable_key("series.season")
    network = stable_key("network.management-forum")
    follower = Follower.objects.create(email="seuraaja@example.fi", language="fi")
    follower.follows.create(kind="events", key=series)
    follower.follows.create(kind="network", key=network)
    asked = FollowRequest.objects.create(
        email="uusi@example.fi", language="fi", frequency="weekly", kind="network", key=network
    )
    found["links"].append(follower_link(follower))
    found["paths"] |= {
        "follow": f"/follow/?target=network:{network}",
        "follow-sent": "/follow/sent/",
        "follow-confirm": confirm_link(asked),
        "follow-unsubscribe": unsubscribe_link(follower),
        "follow-own page": f"/follow/manage/{follower.reference}/",
    }


def memberships(found: Found) -> None:
    member = Membership.objects.filter(translation_key=stable_key("network.management-forum")).order_by("pk")[0]
    found["links"].append(member_link(member, "fi"))
    for name in ("", "change/", "renew/", "leave/", "erase/"):
        found["paths"][f"membership-{name.strip('/') or 'own page'}"] = f"/memberships/{member.pk}/{name}"
    MemberMailing.objects.create(
        translation_key=member.translation_key,
        subjects={"fi": "Kevään tapaamiset"},
        bodies={"fi": "Hei,\n\nkevään päivät on sovittu."},
        recipients=2,
    )


def integrations(found: Found, admin: User) -> None:
    """What other systems get: webhooks with deliveries, tokens, events sent on, meetings online; and links to drafts."""
    endpoint = Endpoint.objects.create(name="Asiakasrekisteri", url="https://crm.example.fi/webhooks")
    now = timezone.now()
    for state, code, failure in (("delivered", 200, ""), ("failed", 500, ""), ("queued", None, "ConnectTimeout")):
        endpoint.deliveries.create(
            event="page.published",
            data={"id": "1"},
            state=DeliveryState(state) if state in DeliveryState.values else DeliveryState.QUEUED,
            attempts=3,
            claimed_at=now,
            response_code=code,
            failure=failure,
        )
    expires = dt.date.today() + dt.timedelta(300)
    for name in ("Kassajärjestelmä", "Tilastot"):
        create_token(token=ApiToken(name=name, expires_on=expires), user=admin)
    page = Page.objects.get(translation_key=stable_key(OPEN), locale__language_code="fi")
    PushedEvent.objects.get_or_create(translation_key=page.translation_key, defaults={"title": page.title})
    OnlineMeeting.objects.get_or_create(translation_key=page.translation_key)
    found["paths"]["shared-draft"] = share(page.specific, days=7, user=admin).path
    Redirect.objects.create(old_path="/vanha", redirect_page=page)
    SearchPromotion.objects.create(query=Query.get("teemapäivä"), page=page)
    inner = page.url_path.split("/", 2)[2]
    found["paths"] |= {"embedded-page": f"/fi/embed/page/{inner}", "embedded-form": f"/fi/embed/form/{inner}"}


def administrator(language: str) -> User:
    """Return a new administrator who reads a language."""
    user = User.objects.create_superuser(f"admin-{language}", f"admin-{language}@example.fi")
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


def second_factors() -> User:
    """Return a member of staff with an authenticator app, recovery codes and a passkey."""
    user = User.objects.create_superuser("factors", "factors@example.fi", "a longer secret of mine")
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    data = {"name": "Puhelin", "credential": {"id": "AA"}, "passwordless": True}
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
    return user


def session_of(user: User) -> str:
    """Return the key of a new session of a person who has just proved who they are."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request = HttpRequest()
    request.session = session
    note_proof(request, user, "password", username=user.username)
    note_proof(request, user, "mfa", type="totp")
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main()
