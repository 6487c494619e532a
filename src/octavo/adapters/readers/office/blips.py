"""The picture that a drawing shows (`a:blip`)."""

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.pictures import note_of, picture_of
from octavo.adapters.readers.office.xml import Element, tag
from octavo.domain.document import Picture
from octavo.ports.readers import Limits


def shown_picture(
    package: Package, part: str, blip: Element | None, page: int, limits: Limits
) -> tuple[Picture | None, str | None]:
    """The picture, or a note that says why there is none: linked (nobody follows links), missing, not shown.

    A note may also say that no browser shows it.

    Raises as `Package` does.
    """
    if blip is None:
        return None, None
    target = package.target(part, blip.get(tag("r:embed")))
    if target is None:
        return None, "picture_linked" if blip.get(tag("r:link")) else "picture_missing"
    picture = picture_of(package, target, page, limits)
    return picture, note_of(picture)
