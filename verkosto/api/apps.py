from verkosto.core import app_config


class ApiConfig(app_config.VerkostoAppConfig):
    name = "verkosto.api"
    label = "verkosto_api"
    verbose_name = "API"
    needs = ("verkosto.registrations", "verkosto.directory", "verkosto.core")
