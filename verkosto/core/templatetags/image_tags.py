from django import template
from django.utils.safestring import SafeString
from wagtail.images.shortcuts import get_renditions_or_not_found

from verkosto.core.models import LEAD_IMAGE_SPECS, BasePage

register = template.Library()


@register.simple_tag
def lead_image(page: BasePage, sizes: str) -> SafeString:
    """Return the listing image of a page as ``<img>`` with its widths to choose from; "" for a page without one.

    ``sizes`` is the attribute of that name (HTML, images). A width that the picture does not have is left out.
    """
    image = page.listing_image
    if image is None:
        return SafeString("")
    renditions = get_renditions_or_not_found(image, LEAD_IMAGE_SPECS)
    by_width = {rendition.width: rendition for rendition in renditions.values()}
    largest = by_width[max(by_width)]
    attributes = {
        "alt": page.listing_image_alt or image.description,
        "srcset": ", ".join(f"{rendition.url} {width}w" for width, rendition in by_width.items()),
        "sizes": sizes,
        "fetchpriority": "high",
    }
    return largest.img_tag(attributes)
