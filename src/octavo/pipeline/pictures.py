"""Pictures as files: PNG for drawings, JPEG for photographs."""

from io import BytesIO

from octavo.ports.engines import PageImage

PNG = "image/png"
JPEG = "image/jpeg"
_QUALITY = 85


def encode_picture(image: PageImage, media_type: str) -> bytes:
    """The pixels as a file that says its resolution."""
    from PIL import Image

    file = BytesIO()
    dpi = (image.dpi, image.dpi)
    picture = Image.fromarray(image.pixels)
    if media_type == JPEG:
        picture.save(file, "JPEG", quality=_QUALITY, dpi=dpi)
    else:
        picture.save(file, "PNG", compress_level=6, dpi=dpi)
    return file.getvalue()
