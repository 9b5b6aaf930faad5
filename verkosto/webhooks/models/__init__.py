from verkosto.webhooks.models.delivery import Delivery
from verkosto.webhooks.models.endpoint import Endpoint
from verkosto.webhooks.models.published_event import PublishedEvent

__all__ = ["Delivery", "Endpoint", "PublishedEvent"]
