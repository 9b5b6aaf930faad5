"""The public pages of followers. A GET changes nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verkosto.core.base_template import base_context
from verkosto.core.followed_content import TargetLink
from verkosto.registrations.public.link_sessions import LIFETIME
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.request_link import may_request
from verkosto.registrations.public.views.responses import message_page, personal
from verkosto.subscriptions import follows
from verkosto.subscriptions.forms import FollowerForm, FollowForm, FrequencyForm
from verkosto.subscriptions.models import Follower
from verkosto.subscriptions.personal_links import UNSUBSCRIBE, find_follower, find_request
from verkosto.subscriptions.sessions import SESSIONS, follower_required, not_open


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for a confirmation by email. Every address gets the same answer, after the same work.

    The box on a page posts here without a proof of work. Beyond the limit of a network the form is shown again, with
    what was typed, and asks the browser for one.
    """
    sent = request.POST if request.method == "POST" else request.GET
    target = follows.find_target(sent.get("target", ""), _language())
    if target is None:
        raise Http404
    form = FollowForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if may_request(request, form.cleaned_data["proof"]):
            follows.request_follow(
                email=form.cleaned_data["email"],
                target=target,
                frequency=form.cleaned_data["frequency"],
                language=_language(),
            )
            return redirect("verkosto_subscriptions:sent")
        form.add_error(None, _("Many forms have been sent from your network in a short time. Send the form again."))
        status = 429
    return _page(request, "follow.html", {"form": form, "target": target}, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say the same to everybody who has sent the form."""
    return message_page(
        request,
        _("Check your email"),
        _("We have sent a link to the address. Open it and confirm, and you will get an email when something is new."),
        status=200,
    )


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the owner of the address, then follow. Programs that open every link of an email confirm nothing."""
    asked = find_request(token)
    targets = follows.find_targets([(asked.kind, asked.key)], _language()) if asked else []
    if asked is None or not targets:
        return not_open(request)
    form = FrequencyForm(request.POST if request.method == "POST" else None, initial={"frequency": asked.frequency})
    if form.is_bound and form.is_valid():
        follower = follows.confirm(request=asked, frequency=form.cleaned_data["frequency"])
        return _opened(request, follower)
    context = {"form": form, "target": targets[0], "email": asked.email, "language_switcher_path": "/"}
    return _page(request, "confirm.html", context, status=422 if form.is_bound else 200)


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Trade a personal link for a session, and redirect to the follower's page without the token."""
    follower = find_follower(token)
    return _opened(request, follower) if follower else not_open(request)


@follower_required
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, follower: Follower) -> HttpResponse:
    """Show what somebody follows, and change how often and in which language they are notified."""
    known = {"frequency": follower.frequency, "language": follower.language}
    form = FollowerForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_bound and form.is_valid():
        follows.change(follower=follower, **form.cleaned_data)
        return redirect(f"{reverse('verkosto_subscriptions:manage', args=[follower.reference])}?saved=1")
    followed = {(row.kind, row.key): row for row in follower.follows.all()}
    links = follows.find_in_any_language(list(followed), _language())
    context = {
        "form": form,
        "follower": follower,
        "follows": [_followed(row.pk, *links.get(named, (None, ""))) for named, row in followed.items()],
        "is_saved": "saved" in request.GET and not form.is_bound,
        "session_url": reverse("verkosto_subscriptions:manage", args=[follower.reference]),
        "session_seconds": LIFETIME,
    }
    return _page(request, "manage.html", context, status=422 if form.is_bound else 200)


@follower_required
@require_POST
def unfollow(request: HttpRequest, follower: Follower, pk: int) -> HttpResponse:
    """End one thing that somebody follows."""
    if follows.unfollow(follower=follower, follow_pk=pk):
        return redirect("verkosto_subscriptions:manage", reference=follower.reference)
    return SESSIONS.forget(_ended(request), str(follower.reference))


@follower_required
@require_POST
def end(request: HttpRequest, follower: Follower) -> HttpResponse:
    """End everything, and delete the address."""
    follows.end(follower=follower)
    return SESSIONS.forget(_ended(request), str(follower.reference))


@follower_required
@require_POST
def leave(request: HttpRequest, follower: Follower) -> HttpResponse:
    """Close the page on a shared computer."""
    return SESSIONS.end(request, redirect("/"), str(follower.reference))


@csrf_exempt  # mail programs and their servers post to it; the signed link is the permission (RFC 8058 §3.2)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End everything at one click in a mail program. Never redirects, and asks who opens the link in a browser."""
    follower = find_follower(token, UNSUBSCRIBE)
    if request.method == "POST":
        if follower:
            follows.end(follower=follower)
        return _ended(request)
    if follower is None:
        return not_open(request)
    return _page(request, "unsubscribe.html", {"language_switcher_path": "/"})


def _followed(pk: int, link: TargetLink | None, language: str) -> dict[str, object]:
    """Return one row of what somebody follows. ``language`` is that of the link; "" without one."""
    return {"pk": pk, "link": link, "language": language, "is_published_here": language == _language()}


def _opened(request: HttpRequest, follower: Follower) -> HttpResponse:
    response = redirect("verkosto_subscriptions:manage", reference=follower.reference)
    SESSIONS.keep_open(request, response, str(follower.reference), follower.pk)
    return personal(response)


def _ended(request: HttpRequest) -> HttpResponse:
    heading = _("You no longer follow anything")
    text = _("You get no more emails, and we have deleted your address.")
    return message_page(request, heading, text, status=200, language_switcher_path="/")


def _page(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    context = {**base_context(), **context}
    return personal(render(request, f"verkosto_subscriptions/{template}", context, status=status))


def _language() -> str:
    return get_language() or ""
