"""The addresses of followers as a store of personal data."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import ProcessingActivity
from verkosto.subscriptions import conf
from verkosto.subscriptions.digests import purge_runs
from verkosto.subscriptions.models import Follow, Follower, FollowRequest


def data_of_address(email: str) -> list[dict[str, object]]:
    """Return what an address follows and has asked to follow, as JSON."""
    followers = Follower.objects.filter(email=email).prefetch_related("follows")
    requests = FollowRequest.objects.filter(email=email)
    return [*map(data_of, followers), *map(_data_of_request, requests)]


def data_of(follower: Follower) -> dict[str, object]:
    """Return what is kept of a follower, as JSON."""
    return {
        "email": follower.email,
        "language": follower.language,
        "frequency": follower.frequency,
        "since": follower.created_at.isoformat(),
        "follows": [
            {"what": str(follow), "confirmed": follow.confirmed_at.isoformat()} for follow in follower.follows.all()
        ],
    }


def _data_of_request(request: FollowRequest) -> dict[str, object]:
    return {
        "email": request.email,
        "language": request.language,
        "frequency": request.frequency,
        "asked_to_follow": str(request),
        "asked": request.created_at.isoformat(),
    }


def erase_address(email: str) -> int:
    """Delete what an address follows and has asked to follow. Return how many rows of both."""
    requests = FollowRequest.objects.filter(email=email).delete()[0]
    return requests + Follower.objects.filter(email=email).delete()[1].get(Follower._meta.label, 0)


def purge(now: datetime) -> int:
    """Delete requests that nobody has confirmed in a week. Return how many.

    Followers are kept as long as they follow something. Old runs, which hold nobody, are deleted too.
    """
    purge_runs(now)
    return FollowRequest.objects.filter(created_at__lte=now - conf.REQUEST_LIFETIME).delete()[0]


def _kept_for() -> str:
    days = conf.REQUEST_LIFETIME.days
    requests = ngettext("Unconfirmed requests: %(n)s day", "Unconfirmed requests: %(n)s days", days) % {"n": days}
    return ". ".join([_("Until the person stops following"), requests])


FOLLOWING = ProcessingActivity(
    title=gettext_lazy("Following by email"),
    purpose=gettext_lazy("To send news of what people have chosen to follow."),
    legal_basis=PrivacyNotice.LegalBasis.CONSENT.label,
    persons=gettext_lazy("Followers"),
    data=gettext_lazy("Email address, language, what is followed and how often"),
    retention=_kept_for,
    stores=("followers",),
)

FOLLOWERS = PersonalDataStore(
    "followers",
    data_of_address,
    erase_address,
    purge=purge,
    models=(Follower._meta.label, Follow._meta.label, FollowRequest._meta.label),
)
