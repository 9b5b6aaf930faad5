"""Links of the guides, as the site shows them."""

import pytest

from docs_site.links import for_site


@pytest.mark.parametrize(
    ("text", "page", "shown"),
    [
        ("[Plugins](plugins.md#hooks)", "install.md", "[Plugins](plugins.md#hooks)"),
        ("[Changelog](../CHANGELOG.md)", "operators.md", "[Changelog](changelog.md)"),
        ("[Changelog](../../CHANGELOG.md)", "decisions/0001-rooms.md", "[Changelog](../changelog.md)"),
        ("[Plugins](docs/plugins.md)", "changelog.md", "[Plugins](plugins.md)"),
        ("[tests/plugin_app](../tests/plugin_app)", "plugins.md", "`tests/plugin_app`"),
        ("[the checks](../tests/production/README.md)", "operators.md", "the checks (`tests/production/README.md`)"),
        ("[Wagtail](https://wagtail.org)", "index.md", "[Wagtail](https://wagtail.org)"),
        ("[above](#settings)", "operators.md", "[above](#settings)"),
        ("[nowhere](../nothing.md)", "operators.md", "[nowhere](../nothing.md)"),
        ("```python\n[a](../CHANGELOG.md)\n```\n", "operators.md", "```python\n[a](../CHANGELOG.md)\n```\n"),
        ("![Picture](pictures/home.png)", "editors.md", "![Picture](pictures/home.png)"),
    ],
)
def test_link_leads_to_a_page_of_the_site(text: str, page: str, shown: str) -> None:
    assert for_site(text, page) == shown
