"""A new template."""

from octavo.app.services import Services
from octavo.app.templates.draft import TemplateDraft, check_draft
from octavo.domain.ids import ProjectId, TemplateId, new_id
from octavo.domain.template import Template
from octavo.domain.tenancy import Principal, Scope


async def create_template(
    draft: TemplateDraft, *, project_id: ProjectId | None = None, principal: Principal, services: Services
) -> Template:
    """Version 1 of a template of that project; None: the one the caller submits to.

    Raises:
        InvalidRequest: it cannot be like that. NotFound: no such project.
    """
    principal.require(Scope.TEMPLATES_WRITE)
    check_draft(draft)
    now = services.clock.now()
    template = Template(
        id=TemplateId(new_id(now)),
        organization_id=principal.tenant.organization_id,
        project_id=project_id or principal.default_project_id,
        version=1,
        name=draft.name,
        document_type=draft.document_type,
        fields=draft.fields,
        created_at=now,
        updated_at=now,
        description=draft.description,
        instructions=draft.instructions,
        result_format=draft.result_format,
        rules=draft.rules,
        model=draft.model,
        metadata=draft.metadata,
    )
    return await services.store.tenant(principal.tenant).templates.add(template)
