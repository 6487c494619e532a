"""Templates, in memory: every version, none of them lost."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.domain.errors import Conflict, NotFound
from octavo.domain.ids import TemplateId
from octavo.domain.template import Template
from octavo.ports.templates import SEALED, TemplateVersion

if TYPE_CHECKING:
    from tests.http.fake_store import FakeTenantStore


@dataclass
class FakeTemplates:
    tenant: "FakeTenantStore"

    async def add(self, template: Template) -> Template:
        if template.project_id not in {project.id for project in await self.tenant.access.projects()}:
            raise NotFound("There is no such project.")
        self._rows[template.id] = [template]
        return await self.template(template.id)

    async def newest(
        self, *, before: TemplateId | None, limit: int, name: str | None = None
    ) -> list[Template]:
        mine = [versions[-1] for id_, versions in self._rows.items() if self._visible(id_)]
        mine = [template for template in mine if name is None or name.lower() in template.name.lower()]
        found = sorted((t for t in mine if before is None or t.id < before), key=lambda t: t.id, reverse=True)
        return [replace(_shown(template), examples=(), references=()) for template in found[:limit]]

    async def template(self, template_id: TemplateId, version: int | None = None) -> Template:
        if not self._visible(template_id):
            raise NotFound("There is no such template.")
        return _shown(self._version(template_id, version))

    async def for_work(self, template_id: TemplateId, version: int) -> Template:
        return self._version(template_id, version)

    async def change(self, template: Template) -> Template:
        newest = await self.template(template.id)
        if newest.version != template.version:
            raise Conflict("The template was changed.", version=newest.version)
        model = template.model
        if model is not None and model.api_key == SEALED:
            before = self._version(template.id, None).model
            model = replace(model, api_key=before.api_key if before else None)
        now = self.tenant.store.clock.now()
        known = {one.id: one for one in self._version(template.id, None).references}
        references = tuple(known.get(one.id, one) for one in template.references)
        following = replace(
            template, version=template.version + 1, updated_at=now, model=model, references=references
        )
        self._rows[template.id].append(following)
        return _shown(following)

    async def versions(
        self, template_id: TemplateId, *, before: int | None, limit: int
    ) -> list[TemplateVersion]:
        await self.template(template_id)
        found = reversed(self._rows[template_id])
        return [
            TemplateVersion(one.version, one.name, one.updated_at)
            for one in found
            if before is None or one.version < before
        ][:limit]

    async def delete(self, template_id: TemplateId) -> None:
        self._version(template_id, None)
        self.tenant.store.deleted_templates.add(template_id)

    @property
    def _rows(self) -> dict[TemplateId, list[Template]]:
        return self.tenant.store.template_rows

    def _visible(self, template_id: TemplateId) -> bool:
        return self._mine(template_id) and template_id not in self.tenant.store.deleted_templates

    def _mine(self, template_id: TemplateId) -> bool:
        versions, who = self._rows.get(template_id), self.tenant.who
        return (
            versions is not None
            and versions[0].organization_id == who.organization_id
            and who.project_id in {None, versions[0].project_id}
        )

    def _version(self, template_id: TemplateId, version: int | None) -> Template:
        versions = self._rows[template_id] if self._mine(template_id) else []
        for template in reversed(versions):
            if version is None or template.version == version:
                return template
        raise NotFound("There is no such template.")


def _shown(template: Template) -> Template:
    template = replace(template, references=tuple(replace(one, text=None) for one in template.references))
    model = template.model
    if model is None or model.api_key is None:
        return template
    return replace(template, model=replace(model, api_key=SEALED))
