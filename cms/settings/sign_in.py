"""Signing in of staff, the same in every environment: django-allauth behind verkosto.accounts."""

import environ

env = environ.Env()

#: Whether accounts need a second factor before they open the admin.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)

SIGN_IN_APPS = ["verkosto.accounts", "allauth", "allauth.account", "allauth.mfa"]

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
