"""Webhooks: who is told, how the telling went, and the same events as a feed. Scope `webhooks:write`."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.webhooks.register import change_webhook, create_webhook, rotate_secret
from octavo.domain.event import EventType
from octavo.domain.ids import WebhookId
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.webhook import DeliveryStatus
from octavo.http.auth import Caller, Open
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import answers, json_body
from octavo.http.identifiers import WEBHOOK, delivery_id_from, project_id_from, webhook_id_from
from octavo.http.paging import decode_cursor, decode_id_cursor, encode_cursor
from octavo.http.webhook_wire import (
    AnnouncementListAnswer,
    ChangedWebhook,
    DeliveryAnswer,
    DeliveryDetailAnswer,
    DeliveryListAnswer,
    NewWebhook,
    NewWebhookAnswer,
    RotatedSecret,
    WebhookAnswer,
    WebhookListAnswer,
    render_announcement,
    render_delivery,
    render_delivery_detail,
    render_new_webhook,
    render_webhook,
)
from octavo.ports.webhooks import TenantWebhooks

router = APIRouter(tags=["webhooks"])

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=200)]


@router.get(
    "/v1/webhooks",
    operation_id="list_webhooks",
    summary="List webhooks",
    responses=answers(400, 401, 403, 422, 503),
)
async def webhooks(
    caller: Caller, services: Open, limit: Limit = 50, cursor: Cursor = None
) -> WebhookListAnswer:
    """Newest first; never a secret."""
    before = WebhookId(decode_id_cursor("webhooks", cursor)) if cursor else None
    found = await _mine(caller, services).endpoints(before=before, limit=limit)
    return WebhookListAnswer(
        webhooks=[render_webhook(endpoint) for endpoint in found],
        next_cursor=encode_cursor("webhooks", found[-1].id) if len(found) == limit else None,
    )


@router.post(
    "/v1/webhooks",
    status_code=201,
    operation_id="create_webhook",
    summary="Register a webhook",
    openapi_extra=json_body("NewWebhook"),
    responses=answers(400, 401, 403, 404, 413, 415, 422, 503),
)
async def create(request: Request, caller: Caller, services: Open, response: Response) -> NewWebhookAnswer:
    """The secret is in this answer and nowhere else."""
    caller.require(Scope.WEBHOOKS_WRITE)
    body = parse_body(NewWebhook, await read_json(request))
    endpoint, secret = await create_webhook(
        url=body.url,
        event_types=body.event_types,
        description=body.description,
        scheme=body.scheme,
        include_fields=body.include_fields,
        active=body.active,
        project_id=project_id_from(body.project_id) if body.project_id else None,
        secret=body.secret,
        principal=caller,
        services=services,
    )
    response.headers["Location"] = f"/v1/webhooks/{WEBHOOK}{endpoint.id}"
    return render_new_webhook(endpoint, secret)


@router.get(
    "/v1/webhooks/{webhook_id}",
    operation_id="read_webhook",
    summary="Look at a webhook",
    responses=answers(401, 403, 404, 503),
)
async def read(webhook_id: str, caller: Caller, services: Open) -> WebhookAnswer:
    """Whether it is active, and since when it fails."""
    return render_webhook(await _mine(caller, services).endpoint(webhook_id_from(webhook_id)))


@router.patch(
    "/v1/webhooks/{webhook_id}",
    operation_id="change_webhook",
    summary="Change a webhook",
    openapi_extra=json_body("ChangedWebhook"),
    responses=answers(400, 401, 403, 404, 413, 415, 422, 503),
)
async def change(request: Request, webhook_id: str, caller: Caller, services: Open) -> WebhookAnswer:
    """What is left out stays. Activating it forgets its failures."""
    caller.require(Scope.WEBHOOKS_WRITE)
    id_ = webhook_id_from(webhook_id)
    await _mine(caller, services).endpoint(id_)
    body = parse_body(ChangedWebhook, await read_json(request))
    return render_webhook(await change_webhook(id_, body.changes(), principal=caller, services=services))


@router.delete(
    "/v1/webhooks/{webhook_id}",
    status_code=204,
    operation_id="delete_webhook",
    summary="Delete a webhook",
    responses=answers(401, 403, 404, 503),
)
async def delete(webhook_id: str, caller: Caller, services: Open) -> Response:
    """With its deliveries; what is under way at the moment may still arrive."""
    await _mine(caller, services).remove(webhook_id_from(webhook_id))
    return Response(status_code=204)


@router.post(
    "/v1/webhooks/{webhook_id}/rotate",
    operation_id="rotate_webhook_secret",
    summary="Rotate a webhook's secret",
    openapi_extra=json_body("RotatedSecret"),
    responses=answers(400, 401, 403, 404, 413, 415, 422, 503),
)
async def rotate(request: Request, webhook_id: str, caller: Caller, services: Open) -> NewWebhookAnswer:
    """The new secret is shown here alone. How long the old one holds, `overlap_s` says."""
    caller.require(Scope.WEBHOOKS_WRITE)
    id_ = webhook_id_from(webhook_id)
    await _mine(caller, services).endpoint(id_)
    body = parse_body(RotatedSecret, await read_json(request))
    endpoint, secret = await rotate_secret(
        id_, secret=body.secret, overlap_s=body.overlap_s, principal=caller, services=services
    )
    return render_new_webhook(endpoint, secret)


@router.post(
    "/v1/webhooks/{webhook_id}/test",
    status_code=202,
    operation_id="test_webhook",
    summary="Send a test",
    responses=answers(401, 403, 404, 409, 503),
)
async def test(webhook_id: str, caller: Caller, services: Open) -> DeliveryAnswer:
    """A `webhook.test` for this endpoint; look at the delivery to see how it went."""
    return render_delivery(await _mine(caller, services).test(webhook_id_from(webhook_id)))


@router.get(
    "/v1/webhooks/{webhook_id}/deliveries",
    operation_id="list_deliveries",
    summary="List deliveries",
    responses=answers(400, 401, 403, 404, 422, 503),
)
async def deliveries(
    webhook_id: str,
    caller: Caller,
    services: Open,
    status: DeliveryStatus | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DeliveryListAnswer:
    """Newest first, of the last 30 days."""
    before = decode_id_cursor("deliveries", cursor) if cursor else None
    found = await _mine(caller, services).deliveries(
        webhook_id_from(webhook_id), status=status, before=before, limit=limit
    )
    return DeliveryListAnswer(
        deliveries=[render_delivery(delivery) for delivery in found],
        next_cursor=encode_cursor("deliveries", found[-1].id) if len(found) == limit else None,
    )


@router.get(
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}",
    operation_id="read_delivery",
    summary="Look at a delivery",
    responses=answers(401, 403, 404, 503),
)
async def delivery(webhook_id: str, delivery_id: str, caller: Caller, services: Open) -> DeliveryDetailAnswer:
    """Every attempt, with what was answered and how long it took."""
    found = await _mine(caller, services).delivery(webhook_id_from(webhook_id), delivery_id_from(delivery_id))
    return render_delivery_detail(found)


@router.post(
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
    status_code=202,
    operation_id="replay_delivery",
    summary="Deliver again",
    responses=answers(401, 403, 404, 409, 410, 503),
)
async def replay(webhook_id: str, delivery_id: str, caller: Caller, services: Open) -> DeliveryAnswer:
    """The same event, with the same id, as a new delivery."""
    found = await _mine(caller, services).replay(webhook_id_from(webhook_id), delivery_id_from(delivery_id))
    return render_delivery(found)


@router.get(
    "/v1/events",
    operation_id="list_events",
    summary="Read the feed of events",
    responses=answers(400, 401, 403, 422, 503),
)
async def events(
    caller: Caller,
    services: Open,
    types: Annotated[list[EventType] | None, Query(alias="type", max_length=20)] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> AnnouncementListAnswer:
    """What happened in the last 30 days, oldest first, to be read on from where one stopped.

    None is passed over: what comes later stands behind everything that was told before.
    """
    caller.require(Scope.JOBS_READ)
    after = decode_cursor("events", cursor) if cursor else None
    found = await services.store.tenant(caller.tenant).webhooks.events(
        after=after, types=types or (), limit=limit
    )
    return AnnouncementListAnswer(
        events=[render_announcement(event) for event in found],
        next_cursor=encode_cursor("events", found[-1].position) if found else cursor,
    )


def _mine(caller: Principal, services: Open) -> TenantWebhooks:
    """Raises `Forbidden`."""
    caller.require(Scope.WEBHOOKS_WRITE)
    return services.store.tenant(caller.tenant).webhooks
