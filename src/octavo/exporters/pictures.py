"""Where an export's reader finds a picture."""

from base64 import b64encode

from octavo.domain.document import SHOWN_PICTURES, Block, Picture
from octavo.exporters.bodies import said
from octavo.exporters.rendering import Rendering


def picture_source(picture: Picture | None, rendering: Rendering, default: str) -> str | None:
    """Its address or the picture itself as a `data:` address; None where there is none or none is wanted.

    None as well for what no browser shows.
    """
    if picture is None or picture.media_type not in SHOWN_PICTURES:
        return None
    match rendering.option("images", default):
        case "inline":
            return f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
        case "none" | "marked":
            return None
        case _:
            return rendering.images_at + picture.name


def alternative(block: Block) -> str:
    """What stands for the picture where it cannot be seen."""
    return said(block, "alt", "title", "caption")


def inner_text(block: Block) -> str:
    """The text inside the picture, unless something else of it says the same."""
    text = said(block, "embedded_text") or block.text.strip()
    return "" if text in (alternative(block), said(block, "caption")) else text
