"""System checks of signing in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from verkosto.accounts import conf


@register(Tags.security)
def breached_passwords_can_be_read(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report a list of stolen passwords that cannot be read: without it nobody can choose a password."""
    path = conf.breached_passwords_file()
    try:
        if path:
            Path(path).open("rb").close()
    except OSError as error:
        text = f"BREACHED_PASSWORDS_FILE cannot be read ({error.strerror}): every choice of a password fails."
        hint = "Put the file there, readable for the account of the site, or leave the setting empty."
        return [Error(text, hint=hint, id="verkosto_accounts.E001")]
    return []
