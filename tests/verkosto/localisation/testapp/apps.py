from django.apps import AppConfig


class LocalisationTestAppConfig(AppConfig):
    name = "tests.verkosto.localisation.testapp"
    label = "localisation_testapp"
    default_auto_field = "django.db.models.BigAutoField"
