"""Which language models there are to order: those of the caller's project and its templates, by name.

Lists are public, as the vendor's are. Without a key nobody knows whose models are meant, so the list names
`default`, which is the project's whichever that is, where anybody here has one. A key that is sent is
looked at: clients try theirs at these lists.
"""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from octavo.app.services import Services
from octavo.domain.errors import InvalidRequest
from octavo.domain.ids import TemplateId
from octavo.domain.job import Profile
from octavo.domain.tenancy import Principal
from octavo.http.auth import key_text, principal_of

DEFAULT = "default"
QUALITIES = {"high": Profile.ADVANCED, "medium": Profile.STANDARD, "low": Profile.FAST}
"""How closely a document is looked at, `name@high`: as thoroughly as we read it."""
_SAID = {
    "high": "The document is read twice, with the text in its pictures.",
    "medium": "The document is read with its layout.",
    "low": "The text alone is read, as fast as can be.",
}
MOST_TEMPLATES = 100
_DEFAULT_NAME = "The project's language model"
_PROVIDER = "local"
"""Of a name that does not begin with one."""


class NoModels(InvalidRequest):
    code = "model_not_found"


@dataclass(frozen=True, slots=True)
class Ordered:
    """The model of an order."""

    id: str
    """As the caller wrote it."""
    profile: Profile
    template_id: TemplateId | None
    """Whose model it is; None: the project's."""


async def list_models(request: Request, services: Services) -> list[dict[str, Any]]:
    """Items of `GET /structflow/models`. Raises `Unauthenticated` for a key that is none."""
    if key_text(request):
        return [_item(name) for name in await _names(await principal_of(request), services)]
    return [_item(DEFAULT)] if await services.store.names_model() else []


async def list_qualities(
    request: Request, services: Services, inputs: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Items of `GET /analyzedoc/models`: each model as closely as it may look."""
    conversions = [{"from": kind, "to": "json"} for kind in inputs]
    return [
        {
            "id": f"{item['id']}@{quality}",
            "display_name": f"{item['display_name']} @{quality}",
            "description": _SAID[quality],
            "provider": item["provider"],
            "supported_conversions": conversions,
        }
        for item in await list_models(request, services)
        for quality in QUALITIES
    ]


async def ordered_model(text: str, service: str, caller: Principal, services: Services) -> Ordered:
    """Raises `NoModels` that says which there are."""
    names = await _names(caller, services)
    if not names:
        raise NoModels(
            f"{service} has no models here: its list is empty. Name a language model for the project: "
            "PATCH /v1/projects/{id} with `model`.",
            option="model",
        )
    known = {DEFAULT: next(iter(names.values()))} | names
    if text in known:
        return Ordered(text, Profile.STANDARD, known[text])
    name, _, quality = text.rpartition("@")
    if name in known and quality in QUALITIES:
        return Ordered(text, QUALITIES[quality], known[name])
    raise NoModels(f"{service} has no model {text!r}; it has {', '.join(names)}.", option="model")


async def _names(caller: Principal, services: Services) -> dict[str, TemplateId | None]:
    """The project's, then those of its newest templates; of two with one name, the first."""
    store = services.store.tenant(caller.tenant)
    choice = (await store.access.project(caller.default_project_id)).model
    names: dict[str, TemplateId | None] = {choice.model: None} if choice else {}
    for template in await store.templates.newest(before=None, limit=MOST_TEMPLATES):
        if template.model is not None and template.project_id == caller.default_project_id:
            names.setdefault(template.model.model, template.id)
    return names


def _item(name: str) -> dict[str, Any]:
    provider, slash, _ = name.partition("/")
    return {
        "id": name,
        "display_name": _DEFAULT_NAME if name == DEFAULT else name,
        "description": "Finds in a text what an example shows.",
        "provider": provider if slash else _PROVIDER,
    }
