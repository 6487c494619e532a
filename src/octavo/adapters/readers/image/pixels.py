"""From whatever pixels a file has to 8-bit RGB on white, upright as a viewer shows it."""

import numpy as np
from PIL import Image, ImageCms, ImageOps

_WIDE_GREYS = {"I;16", "I;16L", "I;16B", "I;16N", "I", "F"}
_WITH_ALPHA = {"RGBA", "LA", "PA", "La", "RGBa"}


def to_rgb(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """RGB of exactly `size` (as displayed); EXIF orientation applied, transparency on white."""
    upright = ImageOps.exif_transpose(_to_plain_mode(image))
    if upright.mode != "RGB" and size != upright.size and upright.mode in {"1", "L"}:
        return _resized(upright.convert("L"), size).convert("RGB")
    flat = _on_white(upright)
    return flat if flat.size == size else _resized(flat, size)


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _to_plain_mode(image: Image.Image) -> Image.Image:
    """One of 1, L, RGB, CMYK, P or a mode with alpha: what Pillow can turn into RGB itself."""
    if image.mode in _WIDE_GREYS:
        return _keep_exif(image, _narrowed(image))
    if image.mode == "LAB":
        return _keep_exif(image, _from_lab(image))
    return image


def _narrowed(image: Image.Image) -> Image.Image:
    """Wide greys to 8 bit: 16-bit by their scale, integers and floats by their own range."""
    values = np.asarray(image).astype(np.float32)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    if image.mode.startswith("I;16") or (
        image.mode == "I" and values.min() >= 0 and 255 < values.max() <= 65535
    ):
        low, high = 0.0, 65535.0
    elif values.min() >= 0 and values.max() <= 255 and image.mode == "I":
        low, high = 0.0, 255.0
    else:
        low, high = float(values.min()), float(values.max())
    scaled = (values - low) * (255.0 / (high - low)) if high > low else np.full_like(values, 255.0)
    return Image.fromarray(scaled.clip(0, 255).astype(np.uint8))


def _from_lab(image: Image.Image) -> Image.Image:
    converted = ImageCms.profileToProfile(
        image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    if converted is None:
        raise ValueError("no conversion from LAB")
    return converted


def _keep_exif(source: Image.Image, made: Image.Image) -> Image.Image:
    orientation = source.getexif().get(0x0112)
    if orientation:
        made.getexif()[0x0112] = orientation
    return made


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in _WITH_ALPHA or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGB", layered.size, (255, 255, 255))
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return image if image.mode == "RGB" else image.convert("RGB")
