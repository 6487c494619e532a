"""How invoices look: a letter with a window, a modern sheet, boxes, and plain columns without any line."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from benchmarks.accuracy.fields.generated.invoice_model import Invoice, Line, Party
from benchmarks.accuracy.fields.generated.paper import Sheet

_BOTTOM = 110.0


def _table(
    invoice: Invoice, sheet: Sheet, top: float, *, ruled: bool, filled: bool = False, tight: bool = False
) -> float:
    """Draw the lines, over pages where they are many; returns where the table ends."""
    left, right = 50.0, sheet.width - 50.0
    shares = {
        "position": 0.075,
        "sku": 0.16,
        "description": 0.36,
        "quantity": 0.1,
        "unit": 0.08,
        "unit_price": 0.14,
        "discount": 0.1,
        "tax_rate": 0.1,
        "amount": 0.15,
    }
    total = sum(shares[name] for name in invoice.columns)
    edges = [left]
    for name in invoice.columns:
        edges.append(edges[-1] + (right - left) * shares[name] / total)
    labels = {name: invoice.pick(invoice.words.columns[name]) for name in invoice.columns}
    step = sheet.size * (1.25 if tight else 1.6)
    y = _head(invoice, sheet, edges, labels, top, ruled=ruled, filled=filled)
    repeated = invoice.random.random() < 0.7
    carried = Decimal(0)
    for number, line in enumerate(invoice.lines, 1):
        if y > sheet.height - _BOTTOM - 2 * step:
            sheet.text(edges[-2] - 6, y + step, invoice.words.carried[0], right=True)
            sheet.text(edges[-1] - 3, y + step, invoice.money(carried), right=True)
            sheet.text(
                sheet.width / 2,
                sheet.height - 30,
                invoice.words.page.format(n=sheet.pages, of=2),
                center=True,
                size=7,
            )
            sheet.turn()
            y = 60.0
            if repeated:
                y = _head(invoice, sheet, edges, labels, y, ruled=ruled, filled=filled)
        y = _row(invoice, sheet, edges, line, number, y + step, step)
        carried += line.amount
        if ruled:
            sheet.line(left, y + 0.4 * step, right, y + 0.4 * step)
            y += 0.3 * step
    return y + step


_LEFT = frozenset({"position", "sku", "description", "unit"})


def _head(
    invoice: Invoice,
    sheet: Sheet,
    edges: Sequence[float],
    labels: dict[str, str],
    y: float,
    *,
    ruled: bool,
    filled: bool,
) -> float:
    if filled:
        sheet.box(edges[0], y - sheet.size - 3, edges[-1], y + 5, fill=0.88, stroke=False)
    lowest = y
    for index, name in enumerate(invoice.columns):
        right = name not in _LEFT
        at = edges[index + 1] - 3 if right else edges[index] + 3
        for number, part in enumerate(
            sheet.wrapped(labels[name], edges[index + 1] - edges[index] - 4, bold=True)
        ):
            sheet.text(at, y + number * sheet.size * 1.15, part, bold=True, right=right)
            lowest = max(lowest, y + number * sheet.size * 1.15)
    if ruled:
        sheet.line(edges[0], lowest + 5, edges[-1], lowest + 5)
    return lowest + 5


def _row(
    invoice: Invoice, sheet: Sheet, edges: Sequence[float], line: Line, number: int, y: float, step: float
) -> float:
    glued = "unit" not in invoice.columns and number % 2 == 0 and invoice.random.random() < 0.6
    shown = {
        "position": str(number), "sku": line.sku, "quantity": invoice.number_text(line.quantity) + (f" {line.unit}" if glued else ""), "unit": line.unit,
        "unit_price": invoice.money(line.price), "discount": f"{line.discount}%" if line.discount else "", "tax_rate": invoice.rate_text(line.rate), "amount": invoice.money(line.amount),
    }  # fmt: skip
    lowest = y
    for index, name in enumerate(invoice.columns):
        if name == "description":
            parts = sheet.wrapped(line.description, edges[index + 1] - edges[index] - 5)
            for at, part in enumerate([*parts, *([line.more] if line.more else [])]):
                sheet.text(edges[index] + 3, y + at * sheet.size * 1.15, part)
                lowest = max(lowest, y + at * sheet.size * 1.15)
        elif shown[name]:
            right = name not in _LEFT
            sheet.text(edges[index + 1] - 3 if right else edges[index] + 3, y, shown[name], right=right)
    return max(lowest, y + (step - sheet.size * 1.6))


def _sums(invoice: Invoice, sheet: Sheet, y: float, *, x: float, sign: str = "") -> float:
    """The sums below each other, labels left or right of `x`."""
    if y > sheet.height - _BOTTOM - 70:
        sheet.turn()
        y = 60.0
    step, right = sheet.size * 1.7, sheet.width - 53
    rows = [(invoice.pick(invoice.words.net), invoice.net)]
    label = invoice.pick(invoice.words.tax)
    taxes = invoice.taxes
    if len(taxes) > 1 and "{rate}" not in label:
        rows.append((label, sum((one[2] for one in taxes), Decimal(0))))
    else:
        rows += [(label.format(rate=invoice.rate_text(rate)), amount) for rate, _, amount in taxes]
    total = invoice.net + sum((one[2] for one in taxes), Decimal(0))
    for said, value in rows:
        sheet.text(x, y, said)
        sheet.text(right, y, sign + invoice.money(value), right=True)
        y += step
    sheet.line(x, y - step * 0.7, right, y - step * 0.7)
    sheet.text(x, y, invoice.pick(invoice.words.total), bold=True)
    sheet.text(right, y, sign + invoice.money(total), bold=True, right=True)
    return y + 2 * step


_SIGNS = {
    "EUR": ("€ ", "EUR "),
    "USD": ("$", "$ "),
    "GBP": ("£",),
    "INR": ("₹", "INR "),
    "CHF": ("CHF ",),
    "PLN": ("PLN ",),
    "BRL": ("R$ ",),
    "SEK": ("SEK ",),
}


def _sign(invoice: Invoice) -> str:
    invoice.truth["currency"] = invoice.place.currency
    return invoice.random.choice(_SIGNS[invoice.place.currency][-1:])


def _pairs(invoice: Invoice, *, full: bool = True) -> list[tuple[str, str]]:
    words = invoice.words
    found = [
        (invoice.pick(words.number), invoice.number),
        (invoice.pick(words.date), invoice.day(invoice.issued)),
    ]
    if full:
        found += [
            (invoice.pick(words.customer), invoice.customer),
            (invoice.pick(words.due), invoice.day(invoice.due)),
        ]
        invoice.truth["due_date"] = invoice.due.isoformat()
    if invoice.random.random() < 0.5:
        found.append((invoice.pick(words.order), invoice.order))
        invoice.truth["purchase_order"] = invoice.order
    return found


def _address(
    sheet: Sheet, party: Party, x: float, y: float, *, country: str = "", bold: bool = False
) -> float:
    step = sheet.size * 1.3
    for number, text in enumerate(
        (party.name, party.street, party.place_line, *([country] if country else []))
    ):
        sheet.text(x, y, text, bold=bold and number == 0)
        y += step
    return y


def _tax_line(invoice: Invoice, party: Party) -> str:
    label = invoice.pick(invoice.words.tax_id)
    return f"{label}{invoice.random.choice((': ', ' '))}{party.tax_id}"


def _footer(invoice: Invoice, sheet: Sheet) -> None:
    """Three columns of small print, as German letters have them."""
    seller, y = invoice.seller, sheet.height - 70
    sheet.line(50, y - 10, sheet.width - 50, y - 10)
    columns = [
        [seller.name, seller.street, seller.place_line],
        [f"{invoice.words.phone}: {seller.phone}", f"E-Mail: {seller.email}"],
        [invoice.words.bank[0], f"IBAN: {_spaced(seller.iban)}"],
    ]
    if seller.tax_id:
        columns[1].append(_tax_line(invoice, seller))
        invoice.truth["seller.tax_id"] = seller.tax_id
    if not seller.iban:
        columns.pop()
    else:
        invoice.truth["iban"] = seller.iban
    for number, column in enumerate(columns):
        for at, text in enumerate(column):
            sheet.text(50 + number * (sheet.width - 100) / 3, y + at * 9, text, size=7)


def _spaced(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _letter(invoice: Invoice, sheet: Sheet) -> None:
    """A letter with a window: sender on one line above the receiver, facts on the right, small print at the foot."""
    seller = invoice.seller
    sheet.text(50, 60, seller.name, bold=True, size=16)
    mark = invoice.random.choice((" · ", " | ", ", ", " - "))
    sheet.text(50, 132, mark.join((seller.name, seller.street, seller.place_line)), size=6.5, grey=0.3)
    _address(sheet, invoice.buyer, 50, 150)
    y = 150.0
    for label, value in _pairs(invoice):
        sheet.text(350, y, f"{label}:")
        sheet.text(sheet.width - 53, y, value, right=True)
        y += sheet.size * 1.5
    sheet.text(50, 250, invoice.pick(invoice.words.title), bold=True, size=14)
    y = _table(invoice, sheet, 285, ruled=invoice.random.random() < 0.5)
    y = _sums(invoice, sheet, y + 6, x=sheet.width - 240)
    sheet.text(50, min(y, sheet.height - 95), invoice.words.thanks)
    _footer(invoice, sheet)


def _modern(invoice: Invoice, sheet: Sheet) -> None:
    """Letterhead left, the word on the right, bill-to and facts in columns, a filled header."""
    seller = invoice.seller
    y = _address(sheet, seller, 50, 60, bold=True)
    sheet.text(50, y, f"{invoice.words.phone}: {seller.phone}")
    sheet.text(50, y + sheet.size * 1.3, seller.email)
    if seller.tax_id:
        sheet.text(50, y + sheet.size * 2.6, _tax_line(invoice, seller))
        invoice.truth["seller.tax_id"] = seller.tax_id
    sheet.text(
        sheet.width - 53,
        66,
        invoice.pick(invoice.words.title).upper(),
        bold=True,
        size=20,
        right=True,
        grey=0.35,
    )
    sheet.text(50, 165, invoice.pick(invoice.words.buyer) + invoice.random.choice(("", ":")), bold=True)
    _address(sheet, invoice.buyer, 50, 165 + sheet.size * 1.4)
    y = 165.0
    for label, value in _pairs(invoice):
        sheet.text(sheet.width - 170, y, label, right=True, grey=0.3)
        sheet.text(sheet.width - 53, y, value, right=True)
        y += sheet.size * 1.5
    y = _table(invoice, sheet, 250, ruled=True, filled=True)
    y = _sums(invoice, sheet, y + 6, x=sheet.width - 220, sign=_sign(invoice))
    if seller.iban:
        sheet.text(50, y, f"{invoice.words.bank[0]}: {invoice.random.choice(invoice.place.banks)}")
        sheet.text(50, y + sheet.size * 1.4, f"IBAN {_spaced(seller.iban)}")
        invoice.truth["iban"] = seller.iban


def _boxed(invoice: Invoice, sheet: Sheet) -> None:
    """Seller left, receiver in a box on the right, facts as a row of labels with values below; taxes in a table."""
    seller = invoice.seller
    y = _address(sheet, seller, 50, 55, bold=True)
    if seller.tax_id:
        sheet.text(50, y, _tax_line(invoice, seller))
        invoice.truth["seller.tax_id"] = seller.tax_id
    sheet.box(310, 110, sheet.width - 50, 185)
    _address(sheet, invoice.buyer, 322, 128)
    sheet.text(50, 205, f"{invoice.pick(invoice.words.title)}", bold=True, size=13)
    pairs = _pairs(invoice)
    width = (sheet.width - 100) / len(pairs)
    sheet.box(50, 220, sheet.width - 50, 252)
    for number, (label, value) in enumerate(pairs):
        sheet.text(54 + number * width, 232, label, bold=True, size=7.5)
        sheet.text(54 + number * width, 246, value)
    y = _table(invoice, sheet, 280, ruled=False, filled=True)
    y = _sums(invoice, sheet, y + 10, x=sheet.width - 230)
    if seller.iban:
        sheet.text(50, sheet.height - 60, f"IBAN : {_spaced(seller.iban)}")
        invoice.truth["iban"] = seller.iban


def _plain(invoice: Invoice, sheet: Sheet) -> None:
    """Two labelled addresses side by side, labels and values left, no lines at all."""
    sheet.text(50, 60, f"{invoice.pick(invoice.words.title)}", bold=True, size=15)
    y = 85.0
    for label, value in _pairs(invoice):
        sheet.text(50, y, f"{label}: {value}")
        y += sheet.size * 1.5
    sheet.text(50, y + 12, invoice.pick(invoice.words.seller) + ":", bold=True)
    sheet.text(310, y + 12, invoice.pick(invoice.words.buyer) + ":", bold=True)
    _address(sheet, invoice.seller, 50, y + 26, country=invoice.place.country_name)
    y = _address(sheet, invoice.buyer, 310, y + 26, country=invoice.place.country_name)
    if invoice.seller.tax_id:
        sheet.text(50, y, _tax_line(invoice, invoice.seller))
        invoice.truth["seller.tax_id"] = invoice.seller.tax_id
    y = _table(invoice, sheet, y + 40, ruled=False, tight=True)
    _sums(invoice, sheet, y + 8, x=sheet.width - 230, sign=_sign(invoice))


LAYOUTS: dict[str, Callable[[Invoice, Sheet], None]] = {
    "letter": _letter,
    "modern": _modern,
    "boxed": _boxed,
    "plain": _plain,
}
