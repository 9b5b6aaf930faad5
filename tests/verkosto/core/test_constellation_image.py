from io import BytesIO

from PIL import Image

from verkosto.core.constellation_image import BRIGHT, constellation_png


def test_image_is_a_png_with_one_bright_point() -> None:
    image = Image.open(BytesIO(constellation_png("verkosto")))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    bright = tuple(bytes.fromhex(BRIGHT[1:]))
    assert sum(count for count, colour in image.getcolors(2**20) if colour == bright) > 1000
    assert constellation_png("verkosto") == constellation_png("verkosto") != constellation_png("other")
