"""Signing in of staff, the same in every environment: django-allauth behind verkosto.accounts."""

import environ

env = environ.Env()


def openid_connect(*, issuer: str, client_id: str, secret: str, name: str) -> dict[str, dict[str, object]]:
    """Return allauth's setting for a provider; without an issuer, for none."""
    settings = {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True}
    app = {"provider_id": "staff", "name": name, "client_id": client_id, "secret": secret, "settings": settings}
    return {"openid_connect": {"APPS": [app] if issuer else [], "OAUTH_PKCE_ENABLED": True}}


#: Whether accounts need a second factor before they open the admin.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)

#: When sessions of staff end: so long after the sign-in, and so long after the last use; 0 for never.
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=0)
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=0)
BREACHED_PASSWORDS_FILE = env.str("BREACHED_PASSWORDS_FILE", default="")

SIGN_IN_APPS = ["verkosto.accounts", "allauth", "allauth.account", "allauth.mfa", "allauth.socialaccount"]
SIGN_IN_APPS += ["allauth.socialaccount.providers.openid_connect"]

LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"

ACCOUNT_ADAPTER = "verkosto.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "verkosto.accounts.forms.LoginForm",
    "reauthenticate": "verkosto.accounts.forms.PasswordProofForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account's address is that of Wagtail's account page
ACCOUNT_RATE_LIMITS = False  # verkosto.accounts.sign_in_limits has them
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds

MFA_ADAPTER = "verkosto.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "verkosto.accounts.forms.CodeForm",
    "reauthenticate": "verkosto.accounts.forms.CodeProofForm",
    "activate_totp": "verkosto.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "verkosto.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "verkosto.accounts.forms.RenamePasskeyForm",
}
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds: clocks differ
MFA_ALLOW_UNVERIFIED_EMAIL = True

#: Single sign-on by OpenID Connect. OIDC_GROUPS is JSON: {"value of the claim": "name of a group"}.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env.str("OIDC_NAME", default="OpenID Connect")
OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", default="groups")
OIDC_GROUPS = env.json("OIDC_GROUPS", default={})
OIDC_PROOFS = env.list("OIDC_PROOFS", default=[])
OIDC_ONLY = env.bool("OIDC_ONLY", default=False)
SOCIALACCOUNT_ADAPTER = "verkosto.accounts.provider.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = openid_connect(
    issuer=OIDC_ISSUER, client_id=OIDC_CLIENT_ID, secret=OIDC_CLIENT_SECRET, name=OIDC_NAME
)
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the policy for forms would stop what leads to the provider
if OIDC_ISSUER and OIDC_ONLY:
    WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
    MFA_PASSKEY_LOGIN_ENABLED = False
