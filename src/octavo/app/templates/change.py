"""Another version of a template."""

from collections.abc import Callable
from dataclasses import replace

from octavo.app.services import Services
from octavo.app.templates.draft import TemplateDraft, check_draft
from octavo.domain.errors import Conflict
from octavo.domain.ids import TemplateId
from octavo.domain.template import Template
from octavo.domain.tenancy import Principal, Scope


async def change_template(
    template_id: TemplateId,
    change: Callable[[TemplateDraft], TemplateDraft],
    *,
    expected_version: int | None,
    principal: Principal,
    services: Services,
) -> Template:
    """What `change` makes of the newest version becomes the next; its examples stay.

    Raises:
        NotFound. InvalidRequest: it cannot be like that.
        Conflict: it was changed since the version the caller has seen.
    """
    principal.require(Scope.TEMPLATES_WRITE)
    templates = services.store.tenant(principal.tenant).templates
    template = await templates.template(template_id)
    require_version(template, expected_version)
    draft = change(draft_of(template))
    check_draft(draft)
    if draft == draft_of(template):
        return template
    changed = replace(
        template,
        name=draft.name,
        document_type=draft.document_type,
        fields=draft.fields,
        description=draft.description,
        instructions=draft.instructions,
        result_format=draft.result_format,
        rules=draft.rules,
        model=draft.model,
        metadata=draft.metadata,
    )
    return await templates.change(changed)


async def delete_template(template_id: TemplateId, *, principal: Principal, services: Services) -> None:
    """Hide it from now on; jobs that were sent with it keep it. Repeating it changes nothing. Raises `NotFound`."""
    principal.require(Scope.TEMPLATES_WRITE)
    await services.store.tenant(principal.tenant).templates.delete(template_id)


def draft_of(template: Template) -> TemplateDraft:
    return TemplateDraft(
        name=template.name,
        document_type=template.document_type,
        fields=template.fields,
        description=template.description,
        instructions=template.instructions,
        result_format=template.result_format,
        rules=template.rules,
        model=template.model,
        metadata=template.metadata,
    )


def require_version(template: Template, expected: int | None) -> None:
    if expected is not None and expected != template.version:
        raise Conflict(
            f"The template is at version {template.version} by now. Read it again, then change it.",
            version=template.version,
        )
