"""Where webhooks may go."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from verkosto.webhooks import receiver_urls


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://crm.example.fi/hooks?a=1", ""),
        ("https://öljy.example.fi:8443/", ""),
        ("http://crm.example.fi/", "https://"),
        ("ftp://crm.example.fi/", "full URL"),
        ("https://user:pass@crm.example.fi/", "full URL"),
        ("https:///hooks", "full URL"),
        ("https://crm.example.fi/a\r\nHost: b", "full URL"),
        ("https://crm.example.fi/a b", "full URL"),
        ("https://crm.example.fi:99999/", "full URL"),
        ("https://127.0.0.1/", "public"),
        ("https://[::1]/", "public"),
    ],
)
def test_url_is_checked_when_it_is_typed(url, problem):
    if not problem:
        receiver_urls.validate_url(url)
        return
    with override("en"), pytest.raises(ValidationError, match=problem):
        receiver_urls.validate_url(url)
