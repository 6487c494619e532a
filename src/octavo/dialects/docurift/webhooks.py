"""Routes of webhooks: who is told. Only those of this dialect's form are seen here."""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.schemes.docurift import EVENTS
from octavo.app.schemes.signing import to_seconds
from octavo.app.services import Services
from octavo.app.webhooks.address import require_encrypted
from octavo.app.webhooks.register import change_webhook, create_webhook
from octavo.dialects.docurift.access import Caller
from octavo.dialects.docurift.answers import Json, success
from octavo.dialects.docurift.ids import WEBHOOK, webhook_id_of
from octavo.dialects.docurift.outbound import DIALECT
from octavo.dialects.docurift.wire import ChangedWebhook, NewWebhook
from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.event import EventType
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.webhook import ANNOUNCED, Endpoint
from octavo.http.auth import Open
from octavo.http.bodies import media_type_of, parse_body, read_json

router = APIRouter()

AT_ONCE = 200
MOST_LISTED = 1000
ASKED_FOR = {kind: name for kind, name in EVENTS.items() if kind in ANNOUNCED}


@router.post("/v1/webhooks")
async def create(request: Request, caller: Caller, services: Open) -> Response:
    """The secret is in this answer and nowhere else."""
    caller.require(Scope.WEBHOOKS_WRITE)
    order = parse_body(NewWebhook, await _json(request))
    require_encrypted(order.url, services)
    endpoint, secret = await create_webhook(
        url=order.url,
        event_types=events_of(order.events),
        scheme=DIALECT,
        active=order.active,
        principal=caller,
        services=services,
    )
    told = render_webhook(endpoint)
    created = told.pop("createdAt")
    return success(told | {"secret": secret, "createdAt": created}, 201)


@router.get("/v1/webhooks")
async def webhooks(caller: Caller, services: Open) -> Response:
    """Newest first, never a secret; no more than the newest thousand."""
    caller.require(Scope.WEBHOOKS_WRITE)
    mine = services.store.tenant(caller.tenant).webhooks
    found: list[Endpoint] = []
    while len(found) < MOST_LISTED:
        before = found[-1].id if found else None
        more = await mine.endpoints(before=before, limit=AT_ONCE, scheme=DIALECT)
        found += more
        if len(more) < AT_ONCE:
            break
    return success({"webhooks": [render_webhook(endpoint) for endpoint in found]})


@router.get("/v1/webhooks/{webhook_id}")
async def webhook(webhook_id: str, caller: Caller, services: Open) -> Response:
    return success(render_webhook(await _endpoint(webhook_id, caller, services)))


@router.put("/v1/webhooks/{webhook_id}")
@router.patch("/v1/webhooks/{webhook_id}")
async def change(request: Request, webhook_id: str, caller: Caller, services: Open) -> Response:
    """What is left out stays, in both. Activating it forgets its failures."""
    endpoint = await _endpoint(webhook_id, caller, services)
    order = parse_body(ChangedWebhook, await _json(request))
    if order.url is not None:
        require_encrypted(order.url, services)
    changes: Json = order.model_dump(include={"url", "active"}, exclude_none=True)
    if order.events is not None:
        changes["event_types"] = events_of(order.events)
    changed = await change_webhook(endpoint.id, changes, principal=caller, services=services)
    return success(render_webhook(changed))


@router.delete("/v1/webhooks/{webhook_id}")
async def delete(webhook_id: str, caller: Caller, services: Open) -> Response:
    endpoint = await _endpoint(webhook_id, caller, services)
    await services.store.tenant(caller.tenant).webhooks.remove(endpoint.id)
    return success({"id": WEBHOOK + endpoint.id, "deleted": True})


@router.post("/v1/webhooks/{webhook_id}/test")
async def test(webhook_id: str, caller: Caller, services: Open) -> Response:
    """A `webhook.test`, sent at once."""
    endpoint = await _endpoint(webhook_id, caller, services)
    delivery = await services.store.tenant(caller.tenant).webhooks.test(endpoint.id)
    return success(
        {"id": WEBHOOK + endpoint.id, "event": EVENTS[delivery.event_type], "status": "pending"}, 202
    )


def render_webhook(endpoint: Endpoint) -> Json:
    return {
        "id": WEBHOOK + endpoint.id,
        "url": endpoint.url,
        "events": event_names(endpoint.event_types),
        "active": endpoint.active,
        "createdAt": to_seconds(endpoint.created_at),
    }


def event_names(kinds: Iterable[EventType]) -> list[str]:
    """Each once: two ends of ours are one failure of theirs."""
    return list(dict.fromkeys(ASKED_FOR[kind] for kind in kinds if kind in ASKED_FOR))


def events_of(names: Iterable[str]) -> tuple[EventType, ...]:
    """Raises `InvalidRequest` for events we have not, the vendor's on credits and keys among them."""
    wanted = list(names)
    unknown = [name for name in wanted if name not in ASKED_FOR.values()]
    if unknown:
        known = ", ".join(event_names(ASKED_FOR))
        raise InvalidRequest(f"There is no event {unknown[0][:60]!r}. Events: {known}.", option="events")
    return tuple(kind for kind, name in ASKED_FOR.items() if name in wanted)


async def _endpoint(text: str, caller: Principal, services: Services) -> Endpoint:
    """Raises `Forbidden`, `NotFound`, also for one that is told in another form."""
    caller.require(Scope.WEBHOOKS_WRITE)
    endpoint = await services.store.tenant(caller.tenant).webhooks.endpoint(webhook_id_of(text))
    if endpoint.scheme != DIALECT:
        raise NotFound("There is no such webhook.")
    return endpoint


async def _json(request: Request) -> object:
    """Raises `InvalidRequest`: another body is no document of a wrong type."""
    if media_type_of(request) != "application/json":
        raise InvalidRequest("Send application/json.")
    return await read_json(request)
