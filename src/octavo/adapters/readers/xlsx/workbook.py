"""The workbook as a whole: its sheets in order, and what they share."""

from dataclasses import dataclass

from octavo.adapters.readers.office.archive import damaged
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.xml import NAMESPACES, Element, tag
from octavo.adapters.readers.xlsx.references import Area, to_area
from octavo.adapters.readers.xlsx.strings import SharedStrings
from octavo.adapters.readers.xlsx.styles import Styles
from octavo.domain.errors import DocumentTooLarge, EmptyDocument
from octavo.pipeline.structure.wording import clean
from octavo.ports.readers import Limits

_PRINT_TITLES = "_xlnm.Print_Titles"


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str | None
    """None where it is missing."""
    kind: str
    """`worksheet`, `chartsheet`, `dialogsheet`, `xlMacrosheet`, …"""
    hidden: bool
    repeated_rows: Area | None = None
    """Rows printed at the head of every page."""


class Workbook:
    """Raises as `Package` does, `DocumentTooLarge` for too many sheets, and `EmptyDocument` for none."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self._main = package.main_part()
        root = package.tree(self._main)
        if root.tag != tag("s:workbook"):
            raise damaged()
        properties = root.find("s:workbookPr", NAMESPACES)
        self.since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        listed = root.findall("s:sheets/s:sheet", NAMESPACES)
        if not listed:
            raise EmptyDocument("The workbook has no sheets.")
        if len(listed) > limits.max_pages:
            raise DocumentTooLarge(
                f"The workbook has {len(listed)} sheets; at most {limits.max_pages} are read. Split it.",
                pages=len(listed),
                max_pages=limits.max_pages,
            )
        titles = _print_titles(root)
        self.sheets = tuple(self._sheet(sheet, titles.get(index)) for index, sheet in enumerate(listed))
        self.strings = SharedStrings(package, package.related(self._main, "sharedStrings"))
        self._styles: Styles | None = None

    @property
    def styles(self) -> Styles:
        """Read when they are first asked for."""
        if self._styles is None:
            part = self.package.related(self._main, "styles")
            self._styles = Styles(self.package.tree(part) if part else None)
        return self._styles

    def persons(self) -> dict[str, str]:
        """Who wrote threaded comments: names by id."""
        part = self.package.related(self._main, "person")
        found = self.package.tree(part) if part else ()
        return {person.get("id", ""): person.get("displayName", "") for person in found}

    def _sheet(self, element: Element, repeated: Area | None) -> Sheet:
        tie = self.package.relationships(self._main).get(element.get(tag("r:id"), ""))
        return Sheet(
            name=clean(element.get("name", "")),
            part=tie.target if tie else None,
            kind=tie.kind if tie else "worksheet",
            hidden=element.get("state", "visible") != "visible",
            repeated_rows=repeated,
        )


def _print_titles(root: Element) -> dict[int, Area]:
    """By the sheet's place in the workbook; of `Sheet1!$A:$A,Sheet1!$1:$2` the rows."""
    found: dict[int, Area] = {}
    for name in root.iterfind("s:definedNames/s:definedName", NAMESPACES):
        place = name.get("localSheetId", "")
        if name.get("name") != _PRINT_TITLES or not place.isdecimal():
            continue
        for reference in (name.text or "").split(","):
            area = to_area(reference.rpartition("!")[2])
            if area is not None and area.n_rows < 100:
                found[int(place)] = area
    return found
