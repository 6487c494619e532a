"""`delivery-papers.tiff`: four Group 4 pages of different sizes; one lies on its side, one upside down."""

from pathlib import Path

from PIL import Image
from tools.samples.books import page_and_text
from tools.samples.paper import Sheet, bilevel, scanned

DPI = 200

LETTER = (
    (
        "Thank you for your order of 14 March. The two replacement impellers and the set of shaft seals left our "
        "works in Aberdeen this morning by road and should reach you on Thursday, 21 March, before noon."
    ),
    (
        "Please check the seals against the delivery note before the driver leaves. The seal for pump 2 is the "
        "harder grade (silicon carbide, marked with a blue dot); it must not be fitted to pump 1, where the "
        "water carries more sand."
    ),
    (
        "The third impeller is being recast after our inspection found a shrinkage cavity in the hub. We expect "
        "to ship it in the week of 8 April at no further charge. We are sorry for the delay."
    ),
    (
        "If anything is missing or damaged, telephone 01632 960 142 within three working days and quote the "
        "order number above."
    ),
)

GOODS = (
    ("1", "IMP-220-B", "Impeller, bronze, 220 mm", "2", "412.00", "824.00"),
    ("2", "SS-048-SIC", "Shaft seal 48 mm, silicon carbide", "1", "138.50", "138.50"),
    ("3", "SS-048-CAR", "Shaft seal 48 mm, carbon", "3", "74.20", "222.60"),
    ("4", "GSK-220", "Casing gasket, 220 mm", "4", "9.80", "39.20"),
    ("5", "BLT-M16-70", "Bolt M16 x 70, stainless", "24", "1.95", "46.80"),
    ("6", "GRS-EP2", "Bearing grease EP2, 400 g", "2", "11.40", "22.80"),
)


def write_fax(out: Path, folder: Path) -> list[str]:
    letter, note, memo = _letter(), _delivery_note(), _memo()
    book, book_text = page_and_text(folder, "g030")
    pages = [
        (bilevel(scanned(letter.image, seed=11, skew_degrees=0.7)), DPI),
        (_turned(bilevel(scanned(note.image, seed=12, skew_degrees=-0.3)), Image.Transpose.ROTATE_90), DPI),
        (_turned(book, Image.Transpose.ROTATE_180), 300),
        (bilevel(scanned(memo.image, seed=13, skew_degrees=-1.6, wear=1.3), threshold=140), DPI),
    ]
    first, *others = [_with_dpi(page, dpi) for page, dpi in pages]
    first.save(out, "TIFF", compression="group4", save_all=True, append_images=others)
    return [letter.text, note.text, book_text, memo.text]


def _turned(page: Image.Image, turn: Image.Transpose) -> Image.Image:
    return page.transpose(turn)


def _with_dpi(page: Image.Image, dpi: int) -> Image.Image:
    page.encoderinfo = {"dpi": (dpi, dpi)}
    return page


def _letter() -> Sheet:
    sheet = Sheet(1654, 2339, margin=190, family="Liberation Serif")
    sheet.line("NORTHERN PUMP & FOUNDRY LTD", 58, style="Bold", align="center")
    sheet.line("14 Harbour Street, Aberdeen AB11 5QX", 32, align="center")
    sheet.rule(thickness=4, gap=18)
    sheet.skip(60)
    sheet.line("18 March 2025", 36, align="right")
    sheet.skip(40)
    for line in (
        "Kirkwater Rural Supply",
        "For the attention of Ms E. Sinclair",
        "2 Mill Lane",
        "Kirkwater KW9 3TT",
    ):
        sheet.line(line, 36)
    sheet.skip(70)
    sheet.line("Your order KRS-2025-0317: impellers and seals", 40, style="Bold")
    sheet.skip(30)
    sheet.line("Dear Ms Sinclair,", 36)
    for text in LETTER:
        sheet.skip(22)
        sheet.paragraph(text, 36)
    sheet.skip(60)
    sheet.line("Yours sincerely,", 36)
    sheet.skip(120)
    sheet.line("Duncan Farquhar", 36)
    sheet.line("Sales and Dispatch", 36)
    return sheet


def _delivery_note() -> Sheet:
    sheet = Sheet(2339, 1654, margin=170, family="Liberation Sans")
    sheet.line("Delivery note 88213", 60, style="Bold")
    sheet.skip(14)
    sheet.columns(
        [(0.0, "Order KRS-2025-0317"), (0.38, "Dispatched 18 March 2025"), (-1.0, "Page 1 of 1")], 36
    )
    sheet.skip(40)
    at = (0.012, 0.08, 0.26, -0.70, -0.85, -0.99)
    top = sheet.y
    sheet.rule(thickness=3, gap=4)
    heads = ("Pos", "Part number", "Description", "Qty", "Price", "Amount")
    sheet.columns(list(zip(at, heads, strict=True)), 36, style="Bold")
    sheet.rule(thickness=3, gap=6)
    for row in GOODS:
        sheet.columns(list(zip(at, row, strict=True)), 36)
        sheet.rule(thickness=1, gap=9)
    bottom = sheet.y - 10
    usable = sheet.width - 2 * sheet.margin
    for edge in (0.0, 0.065, 0.245, 0.63, 0.72, 0.865, 1.0):
        x = sheet.margin + edge * usable
        sheet.draw.rectangle((x - 1, top + 4, x + 1, bottom), fill=0)
    sheet.skip(20)
    for label, amount in (("Net total GBP", "1293.90"), ("VAT 20 %", "258.78"), ("Total GBP", "1552.68")):
        sheet.columns([(-0.85, label), (-0.99, amount)], 36, style="Bold" if "Total" in label else "Regular")
    sheet.skip(60)
    signed = sheet.y + 40
    sheet.columns([(0.0, "Received in good order:"), (0.56, "Date:")], 36)
    for start, end in ((0.21, 0.52), (0.615, 0.82)):
        left, right = (sheet.margin + share * usable for share in (start, end))
        sheet.draw.rectangle((left, signed, right, signed + 2), fill=0)
    return sheet


def _memo() -> Sheet:
    sheet = Sheet(1165, 1654, margin=110)
    sheet.line("MEMO", 52, style="Bold")
    sheet.rule(thickness=3, gap=8)
    for line in ("To:   Workshop", "From: E. Sinclair", "Date: 20 March 2025", "Re:   Pump 2 seal"):
        sheet.line(line, 34)
    sheet.rule(thickness=1, gap=14)
    sheet.skip(20)
    for text in (
        "The parts come on Thursday. Isolate pump 2 at the board before you open the casing and hang the red tag.",
        "Fit the blue-dot seal to pump 2 only. Keep the old seal; the insurer wants to see it.",
        "Run for 30 minutes at 60 percent, then read the vibration at both bearings. Stop if either is above 4.5 mm/s.",
    ):
        sheet.paragraph(text, 34)
        sheet.skip(26)
    sheet.line("E. S.", 34)
    return sheet
