"""Templates as they are remembered: versions are written once, a change is another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from octavo.domain.ids import TemplateId
from octavo.domain.template import Template


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    version: int
    name: str
    created_at: datetime


class TemplateStore(Protocol):
    """Of one tenant. Every method raises `TemporaryFailure` when the database cannot be reached.

    A model's `api_key` comes back only from `for_work`; elsewhere it is `SEALED` where there is one.
    """

    async def add(self, template: Template) -> Template:
        """Version 1. Raises `NotFound`: the project is not this tenant's."""
        ...

    async def newest(
        self, *, before: TemplateId | None, limit: int, name: str | None = None
    ) -> list[Template]:
        """Newest first, each in its newest version, without examples and references; those with `name` in theirs, any case."""
        ...

    async def template(self, template_id: TemplateId, version: int | None = None) -> Template:
        """With its examples, and its references without their texts; None: the newest version.

        Raises `NotFound`, also when it was deleted.
        """
        ...

    async def for_work(self, template_id: TemplateId, version: int) -> Template:
        """As `template`, also when it was deleted, with the model's key opened and the references' texts.

        Raises `NotFound`.
        """
        ...

    async def change(self, template: Template) -> Template:
        """Keep it as the next version; `template.version` is the one it was made from.

        Its examples and references are those that are to be in force: new ones are added, missing ones are left
        to the versions before. An `api_key` of `SEALED` keeps the one there is.

        Raises `NotFound`; `Conflict` when another was faster.
        """
        ...

    async def versions(
        self, template_id: TemplateId, *, before: int | None, limit: int
    ) -> list[TemplateVersion]:
        """Newest first. Raises `NotFound`."""
        ...

    async def delete(self, template_id: TemplateId) -> None:
        """Hide it; its examples and references are erased, its versions stay for the jobs sent with them.

        Raises `NotFound`; repeating it changes nothing.
        """
        ...


SEALED = "sealed"
"""Stands for a key that is there and is not shown."""
