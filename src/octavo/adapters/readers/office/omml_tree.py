"""Looking around in OMML: children without what was deleted, settings with their defaults."""

from collections.abc import Iterator

from octavo.adapters.readers.office.xml import Element, local

_GONE = frozenset({"del", "moveFrom", "bookmarkStart", "bookmarkEnd", "proofErr", "Fallback"})
_THROUGH = frozenset(
    {"ins", "moveTo", "sdt", "sdtContent", "smartTag", "AlternateContent", "Choice", "customXml"}
)
"""What stands around the content and is none itself."""
_OFF = frozenset({"0", "off", "false", "f"})


def kids(element: Element | None) -> Iterator[Element]:
    """The children as they count: tracked deletions dropped, wrappers looked through."""
    if element is None:
        return
    for found in element:
        name = local(found)
        if name in _THROUGH:
            yield from kids(found)
        elif name and name not in _GONE:
            yield found


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this name, in OMML's namespace or its strict one."""
    if element is None:
        return None
    math = element.tag.rpartition("}")[0] + "}"
    return element.find(f"{math}{name}")


def setting(properties: Element | None, name: str) -> str | None:
    """The `val` of a setting; None where it is not made, "" where it is made empty."""
    found = child(properties, name)
    if found is None:
        return None
    return next(
        (str(value) for key, value in found.attrib.items() if str(key).rpartition("}")[2] == "val"), ""
    )


def flag(properties: Element | None, name: str, *, absent: bool) -> bool:
    """A switch: on where it is written without a value."""
    if child(properties, name) is None:
        return absent
    return (setting(properties, name) or "1").lower() not in _OFF


def is_properties(name: str) -> bool:
    return name.endswith("Pr") or name == "argPr"


def text_of(run: Element) -> str:
    """Of an `m:r`, its own text and Word's alike."""
    return "".join(
        "\t" if local(part) == "tab" else (part.text or "") for part in run if local(part) in {"t", "tab"}
    )
