from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from verkosto.core.models import BasePage
from verkosto.core.pictures import picture as picture_markup

register = template.Library()


@register.simple_tag
def picture(image: AbstractImage, form: str, **attributes: object) -> SafeString:
    """Return an image in one of the forms of `verkosto.core.pictures`, loaded when it comes near the screen.

    ``attributes`` are those of ``<img>``; an empty ``lang`` is left out.
    """
    given = {name: value for name, value in attributes.items() if name == "alt" or value}
    return picture_markup(image, form, {"loading": "lazy"} | given)


@register.simple_tag
def lead_image(page: BasePage, sizes: str) -> SafeString:
    """Return the listing image of a page, to be loaded first; "" for a page without one."""
    image = page.listing_image
    if image is None:
        return SafeString("")
    alt = page.listing_image_alt or image.description
    return picture_markup(image, "lead", {"alt": alt, "sizes": sizes, "fetchpriority": "high"})
