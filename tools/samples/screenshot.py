"""`booking-screenshot.png`: part of a German booking page, as a browser shows it. The railway does not exist."""

from pathlib import Path

from tools.samples.paper import Sheet, font

TRAIN = (
    ("Ab", "09:14", "Glücksstadt Hbf", "Gleis 4"),
    ("An", "11:02", "Überlingen-Nord", "Gleis 2"),
    ("Ab", "11:19", "Überlingen-Nord", "Gleis 7"),
    ("An", "12:48", "Schönbrunn am See", "Gleis 1"),
)


def write_screenshot(out: Path, _folder: Path) -> list[str]:
    sheet = Sheet(1280, 860, margin=72, family="Liberation Sans", background=(246, 247, 249), mode="RGB")
    _bar(sheet)
    sheet.skip(22)
    sheet.line("Ihre Buchung ist bestätigt", 40, style="Bold")
    sheet.skip(6)
    sheet.line("Auftragsnummer 7KQ4-2291 · gebucht am 3. September 2025", 22)
    sheet.skip(18)
    sheet.draw.rounded_rectangle(
        (60, sheet.y, 1220, sheet.y + 262), 12, fill="white", outline=(214, 218, 226)
    )
    sheet.skip(18)
    sheet.columns(
        [(0.01, "Hinfahrt, Freitag, 12. September"), (-0.99, "Dauer 3 Std. 34 Min.")], 24, style="Bold"
    )
    sheet.skip(14)
    for row in TRAIN:
        sheet.columns(list(zip((0.01, 0.07, 0.17, -0.99), row, strict=True)), 24)
        sheet.skip(12)
    sheet.y += 34
    for label, amount in (
        ("2 Erwachsene, 2. Klasse, Sparpreis", "57,80 €"),
        ("Sitzplätze Wagen 9, Plätze 41 und 42", "9,00 €"),
        ("Fahrradkarte", "6,00 €"),
    ):
        sheet.columns([(0.01, label), (-0.99, amount)], 24)
        sheet.skip(8)
    sheet.draw.line((72, sheet.y, 1208, sheet.y), fill=(190, 195, 205), width=2)
    sheet.skip(14)
    sheet.columns([(0.01, "Gesamtpreis"), (-0.99, "72,80 €")], 28, style="Bold")
    sheet.skip(10)
    sheet.line("Stornierung bis einen Tag vor Abfahrt gegen eine Gebühr von 10,00 € möglich.", 20)
    _button(sheet)
    sheet.image.save(out, "PNG", optimize=True)
    return [sheet.text]


def _bar(sheet: Sheet) -> None:
    sheet.draw.rectangle((0, 0, sheet.width, 64), fill=(24, 74, 140))
    face = font("Liberation Sans", 26, "Bold")
    sheet.draw.text((72, 17), "Seebahn", fill="white", font=face)
    sheet.draw.text((1086, 19), "Abmelden", fill="white", font=font("Liberation Sans", 24))
    sheet.truth.append("Seebahn Abmelden")
    sheet.y = 64 + 20


def _button(sheet: Sheet) -> None:
    sheet.skip(16)
    sheet.draw.rounded_rectangle((72, sheet.y, 392, sheet.y + 56), 8, fill=(24, 74, 140))
    sheet.draw.text(
        (104, sheet.y + 13), "Ticket herunterladen", fill="white", font=font("Liberation Sans", 25)
    )
    sheet.truth.append("Ticket herunterladen")
