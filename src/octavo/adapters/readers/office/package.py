"""An OOXML file (DOCX, PPTX, XLSX): parts in a zip archive, tied together by relationships."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import IO, Self
from urllib.parse import unquote

from octavo.adapters.readers.office.archive import damaged, open_archive, open_entry, read_entry, read_step
from octavo.adapters.readers.office.unlocking import unlocked
from octavo.adapters.readers.office.xml import Element, each_element, to_tree
from octavo.domain.errors import DocumentTooLarge
from octavo.ports.readers import Limits

_CONTENT_TYPES = "[Content_Types].xml"
_LARGEST_PART_BYTES = 256 * 2**20
"""Of one part that is asked for whole."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """From one part to another, or to an address outside, which nobody follows."""

    id: str
    kind: str
    """The last part of its type: `slide`, `image`, `chart`, `hyperlink`, …"""
    target: str | None
    """The name of a part of this package; None where it is external, missing or outside."""
    address: str | None = None
    """Of an external target, as written."""


class Package:
    """An open file. Names of parts have no leading slash and are matched without case, as the format wants.

    Every method raises `UnreadableDocument` (damaged) and `DocumentTooLarge`; the constructor also
    `DocumentEncrypted`.
    """

    def __init__(self, source: Path | IO[bytes], limits: Limits, *, password: str | None = None) -> None:
        opened = unlocked(source, password) if isinstance(source, Path) else source
        self._archive = open_archive(opened, limits)
        self._entries = _by_name(self._archive.infolist())
        self._content_types: tuple[Mapping[str, str], Mapping[str, str]] | None = None
        self.drawn: dict[str, bytes] | None = None
        """Pictures that were drawn from metafiles, by part in small letters; None until one is asked for."""
        self.relationships = lru_cache(maxsize=256)(self._relationships)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(entry.filename.replace("\\", "/").lstrip("/") for entry in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def size(self, name: str) -> int:
        """Unpacked bytes; 0 where there is no such part."""
        entry = self._entries.get(_key(name))
        return entry.file_size if entry else 0

    def content(self, name: str) -> bytes:
        """A part, whole."""
        entry = self._entry(name)
        if entry.file_size > _LARGEST_PART_BYTES:
            raise DocumentTooLarge(
                "A part of the document is too large to be read. Split the document.",
                part_bytes=entry.file_size,
                max_part_bytes=_LARGEST_PART_BYTES,
            )
        return read_entry(self._archive, entry)

    def tree(self, name: str) -> Element:
        """The root element of an XML part."""
        return to_tree(self.content(name))

    def stream(self, name: str, *tags: str) -> Iterator[Element]:
        """The elements of a large XML part as they end, see `each_element`."""
        with open_entry(self._archive, self._entry(name)) as part:
            yield from each_element(part, *tags)

    def steps(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, a megabyte at a time."""
        with open_entry(self._archive, self._entry(name)) as part:
            while step := read_step(part):
                yield step

    def main_part(self) -> str:
        """The document, presentation or workbook."""
        root = self.relationships("")
        named = next((found.target for found in root.values() if found.kind == "officeDocument"), None)
        if named is not None and named in self:
            return named
        overrides, _ = self._types()
        found = next((name for name, kind in overrides.items() if kind.endswith("main+xml")), None)
        if found is None or found not in self:
            raise damaged()
        return found

    def content_type(self, name: str) -> str | None:
        """As the package declares it."""
        overrides, defaults = self._types()
        return overrides.get(_key(name)) or defaults.get(posixpath.splitext(name)[1][1:].lower())

    def related(self, name: str, kind: str) -> str | None:
        """The first part of this kind that part `name` points to."""
        ties = self.relationships(name).values()
        return next((tie.target for tie in ties if tie.kind == kind and tie.target), None)

    def all_related(self, name: str, kind: str) -> tuple[str, ...]:
        ties = self.relationships(name).values()
        return tuple(tie.target for tie in ties if tie.kind == kind and tie.target)

    def target(self, name: str, relationship_id: str | None) -> str | None:
        """The part that a relationship of part `name` points to, if there is one."""
        tie = self.relationships(name).get(relationship_id or "")
        return tie.target if tie else None

    def close(self) -> None:
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _relationships(self, name: str) -> Mapping[str, Relationship]:
        """Of a part by their ids, in the order written; the whole package's for "". Empty where there are none."""
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        if place not in self:
            return MappingProxyType({})
        ties = (self._relationship(folder, element) for element in self.tree(place))
        return MappingProxyType({tie.id: tie for tie in ties})

    def _relationship(self, folder: str, element: Element) -> Relationship:
        kind = element.get("Type", "").rpartition("/")[2]
        written, identity = element.get("Target", ""), element.get("Id", "")
        if element.get("TargetMode") == "External":
            return Relationship(identity, kind, None, written)
        name = _resolved(folder, written)
        return Relationship(identity, kind, name if name is not None and name in self else None)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = self._entries.get(_key(name))
        if entry is None:
            raise damaged()
        return entry

    def _types(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What is said of single parts, by name, and of the rest, by extension."""
        if self._content_types is None:
            overrides: dict[str, str] = {}
            defaults: dict[str, str] = {}
            for element in self.tree(_CONTENT_TYPES) if _CONTENT_TYPES in self else ():
                kind = element.get("ContentType", "")
                if "PartName" in element.attrib:
                    overrides[_key(element.get("PartName", ""))] = kind
                else:
                    defaults[element.get("Extension", "").lower()] = kind
            self._content_types = overrides, defaults
        return self._content_types


def _resolved(folder: str, written: str) -> str | None:
    """The name of the part meant by a target; None where it points outside the package."""
    path = unquote(written.replace("\\", "/").partition("#")[0])
    joined = posixpath.normpath(path if path.startswith("/") else posixpath.join("/", folder, path))
    name = joined.lstrip("/")
    return name if path and name not in {"", "."} else None


def _by_name(entries: list[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    """The first of its name wins, as in Office; folders and names that leave the package are no parts."""
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        key = _key(entry.filename)
        if not entry.is_dir() and ".." not in key.split("/"):
            parts.setdefault(key, entry)
    return parts


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
