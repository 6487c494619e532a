"""Identity documents of the state of Utopia, with zones whose check digits agree, worn as photographs are."""

from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.accuracy.fields.generated.paper import font_file
from octavo.pipeline.fields.readers.check_digits import mrz_digit

_SURNAMES = (
    "OKONKWO",
    "LINDQVIST",
    "MARTINEZ",
    "KOWALCZYK",
    "TANAKA",
    "ABDULLAH",
    "VAN<DER<BERG",
    "OBOLO",
    "SISSOKO",
    "ZIDI",
    "QUISPE",
)
_GIVEN = (
    "ADA CHIOMA",
    "LARS ERIK",
    "JOSE LUIS",
    "EWA",
    "YUKI",
    "AHMED OMAR",
    "ANNA MARIA",
    "OTTO",
    "BOZIDAR",
    "ISLA",
)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
LAYOUTS = ("TD3", "TD2", "TD1", "MRV-A", "MRV-B")
LEVELS = ("clean", "turned", "poor")


def make_zone(random: Random, layout: str) -> tuple[list[str], dict[str, Any]]:
    """The lines of a zone and what they say."""
    number = "".join(random.choice(_ALPHABET) for _ in range(9))
    surname, given = random.choice(_SURNAMES), random.choice(_GIVEN)
    born = date(1940, 1, 1) + timedelta(days=random.randint(0, 25_000))
    expiry = date(2027, 1, 1) + timedelta(days=random.randint(0, 3_000))
    sex, personal = random.choice("MF<"), f"{random.randint(10**9, 10**10 - 1)}"
    code = {"T": "I", "M": "V"}[layout[0]] if layout != "TD3" else "P"
    fields: dict[str, Any] = {
        "document_type": code, "issuing_country": "UTO", "surname": surname.replace("<", " "), "given_names": given, "document_number": number, "nationality": "UTO",
        "date_of_birth": born.isoformat(), "sex": "X" if sex == "<" else sex, "date_of_expiry": expiry.isoformat(),
    }  # fmt: skip
    names = f"{surname}<<{given.replace(' ', '<')}"
    b, e = (f"{day:%y%m%d}" for day in (born, expiry))
    doc, birth, end = number + mrz_digit(number), b + mrz_digit(b), e + mrz_digit(e)
    if layout == "TD1":
        first = f"{code}<UTO{doc}".ljust(30, "<")
        second = f"{birth}{sex}{end}UTO".ljust(29, "<")
        whole = first[5:30] + second[:7] + second[8:15] + second[18:29]
        return [first, second + mrz_digit(whole), names.ljust(30, "<")[:30]], fields
    width = 44 if layout in {"TD3", "MRV-A"} else 36
    second = f"{doc}UTO{birth}{sex}{end}"
    if layout == "TD3":
        fields["personal_number"] = personal
        filled = personal.ljust(14, "<")
        second += filled + mrz_digit(filled)
    else:
        second = second.ljust(width - (layout == "TD2"), "<")
    if layout in {"TD3", "TD2"}:
        second += mrz_digit(second[:10] + second[13:20] + second[21:])
    return [f"{code}<UTO{names}".ljust(width, "<")[:width], second], fields


def make_identity_picture(seed: int, level: str | None = None) -> tuple[bytes, str, dict[str, Any]]:
    """JPEG, layout, truth; worn as one of `LEVELS`, any where none is given."""
    random = Random(seed * 13 + 1)
    layout = random.choice(LAYOUTS)
    lines, fields = make_zone(random, layout)
    picture = Image.new("RGB", (1400, 980), (236, 238, 234))
    draw = ImageDraw.Draw(picture)
    plain = font_file("DejaVu Sans")
    body, small = ImageFont.truetype(plain, 30), ImageFont.truetype(plain, 18)
    draw.text((500, 40), "UTOPIA", font=ImageFont.truetype(plain, 50), fill=(20, 30, 90))
    for row, name in enumerate(
        ("surname", "given_names", "document_number", "nationality", "date_of_birth", "sex", "date_of_expiry")
    ):
        draw.text((450, 130 + row * 64), name.replace("_", " ").title(), font=small, fill=(90, 90, 90))
        draw.text((450, 152 + row * 64), str(fields[name]), font=body, fill=(15, 15, 15))
    zone = font_file(
        random.choice(
            ("OCR-B", "OCRB", "Inconsolata", "Liberation Mono", "DejaVu Sans Mono", "Courier Prime Code")
        )
    )
    step = 1270 / len(lines[0])
    face = ImageFont.truetype(zone, int(step * 1.62))
    top = 760 if len(lines) == 3 else 800
    for row, line in enumerate(lines):
        for at, character in enumerate(line):
            draw.text((65 + at * step, top + row * 72), character, font=face, fill=(10, 10, 10))
    return _worn(picture, random, level or random.choice(LEVELS)), layout, {**fields, "mrz_lines": lines}


def _worn(picture: Image.Image, random: Random, level: str) -> bytes:
    if level != "clean":
        picture = picture.rotate(
            random.uniform(-1.6, 1.6),
            expand=True,
            fillcolor=(120, 112, 105),
            resample=Image.Resampling.BICUBIC,
        )
        pixels = np.asarray(picture, dtype=np.float32)
        pixels = (
            pixels
            * np.linspace(1.0, random.uniform(0.75, 0.95), pixels.shape[1], dtype=np.float32)[None, :, None]
        )
        if level == "poor":
            pixels = cv2.GaussianBlur(
                cv2.resize(pixels, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA), (0, 0), 0.8
            )
        pixels = pixels + np.random.default_rng(random.randint(0, 10**6)).normal(
            0, 6 if level == "turned" else 10, pixels.shape
        )
        picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    target = BytesIO()
    picture.save(target, "JPEG", quality=50 if level == "poor" else 90)
    return target.getvalue()
