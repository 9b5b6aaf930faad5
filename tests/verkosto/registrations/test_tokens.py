"""Personal links."""

import pytest

from tests.factories.registrations import register
from verkosto.registrations.models import AccessToken
from verkosto.registrations.tokens import digest, issue_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration(desk):
    return register(desk, "aino@example.fi")


def test_token_is_long_and_only_its_digest_is_stored(registration):
    token = issue_token(registration=registration)
    assert len(token) >= 43
    assert AccessToken.objects.get().digest == digest(token)
    assert not AccessToken.objects.filter(digest=token).exists()
