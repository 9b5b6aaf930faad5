from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class AccountsConfig(app_config.VerkostoAppConfig):
    name = "verkosto.accounts"
    label = "verkosto_accounts"
    verbose_name = _("Accounts")
    needs = ("verkosto.registrations", "verkosto.core", "allauth.account", "allauth.mfa")

    def ready(self) -> None:
        from verkosto.accounts import checks, security_notifications, signal_handlers, upstream  # noqa: F401  # app registry

        signal_handlers.connect()
        upstream.refuse_in_own_language()
