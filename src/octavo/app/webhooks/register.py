"""Registering who is told: endpoints, their secrets, and callbacks of one job."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from octavo.app.schemes.scheme import Scheme
from octavo.app.schemes.table import scheme_named
from octavo.app.services import Services
from octavo.domain.errors import InvalidRequest
from octavo.domain.event import EventType
from octavo.domain.ids import ProjectId, WebhookId, new_id
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.webhook import ANNOUNCED, BY_DEFAULT, ROTATION_OVERLAP, STANDARD, Callback, Endpoint
from octavo.ports.egress import AddressRefused

FINAL_EVENTS = (EventType.JOB_COMPLETED, EventType.JOB_FAILED, EventType.JOB_CANCELLED)
BY_OWNER = "by_owner"


async def create_webhook(
    *,
    url: str,
    event_types: Iterable[EventType] = (),
    description: str = "",
    scheme: str = STANDARD,
    include_fields: bool = False,
    active: bool = True,
    project_id: ProjectId | None = None,
    secret: str | None = None,
    principal: Principal,
    services: Services,
) -> tuple[Endpoint, str]:
    """Make an endpoint. The secret, made where none is given, cannot be shown again.

    Without `event_types` it is told all of BY_DEFAULT that its `scheme` (a name in SCHEMES) has a word for. Without
    `project_id` it hears of the key's project, or of every project of its organization.
    `include_fields`: bodies of the standard scheme carry the fields.

    Raises:
        Forbidden. NotFound: no such project. InvalidRequest: an address that is not public, or an
        event, scheme or secret that cannot be.
    """
    principal.require(Scope.WEBHOOKS_WRITE)
    form = scheme_named(scheme)
    _require_address(url, services)
    text = _secret(form, secret) or form.new_secret()
    now = services.clock.now()
    endpoint = Endpoint(
        id=WebhookId(new_id(now)),
        organization_id=principal.tenant.organization_id,
        project_id=project_id or principal.tenant.project_id,
        url=url,
        event_types=events_for(form, event_types, otherwise=BY_DEFAULT),
        description=description,
        scheme=scheme,
        include_fields=include_fields,
        active=active,
        disabled_reason=None if active else BY_OWNER,
        failing_since=None,
        old_secret_until=None,
        created_at=now,
        updated_at=now,
    )
    return await services.store.tenant(principal.tenant).webhooks.add(endpoint, text), text


async def change_webhook(
    webhook_id: WebhookId, changes: dict[str, Any], *, principal: Principal, services: Services
) -> Endpoint:
    """`changes`: any of url, event_types, description, include_fields, active. Raises as `create_webhook`."""
    principal.require(Scope.WEBHOOKS_WRITE)
    webhooks = services.store.tenant(principal.tenant).webhooks
    endpoint = await webhooks.endpoint(webhook_id)
    if "url" in changes:
        _require_address(changes["url"], services)
    if "event_types" in changes:
        form = scheme_named(endpoint.scheme)
        changes = changes | {"event_types": events_for(form, changes["event_types"], otherwise=BY_DEFAULT)}
    if "active" in changes:
        changes = changes | {"disabled_reason": _reason(endpoint, active=changes["active"])}
    return await webhooks.change(replace(endpoint, **changes))


async def rotate_secret(
    webhook_id: WebhookId,
    *,
    secret: str | None = None,
    overlap_s: int | None = None,
    principal: Principal,
    services: Services,
) -> tuple[Endpoint, str]:
    """A new secret, shown once.

    `overlap_s`: how long the one before still holds. Where the scheme has room for two signatures both
    sign, a day unless told otherwise. Where its verifiers read one, that is by the old secret for so
    long, at once by the new one unless told otherwise. Raises as `create_webhook`.
    """
    principal.require(Scope.WEBHOOKS_WRITE)
    webhooks = services.store.tenant(principal.tenant).webhooks
    form = scheme_named((await webhooks.endpoint(webhook_id)).scheme)
    text = _secret(form, secret) or form.new_secret()
    overlap = ROTATION_OVERLAP if form.both_sign else timedelta()
    if overlap_s is not None:
        overlap = timedelta(seconds=overlap_s)
    until = services.clock.now() + overlap if overlap else None
    return await webhooks.rotate(webhook_id, text, old_until=until), text


def make_callback(
    *,
    url: str,
    secret: str | None = None,
    event_types: Iterable[EventType] = (),
    scheme: str = STANDARD,
    metadata: dict[str, Any] | None = None,
    services: Services,
) -> Callback:
    """A receiver for one job, to be given with its submission. Without `event_types`, told how it ended.

    Raises `InvalidRequest`.
    """
    form = scheme_named(scheme)
    _require_address(url, services, option="callback.url")
    events = events_for(form, event_types, otherwise=FINAL_EVENTS)
    return Callback(url, _secret(form, secret), events, scheme, metadata)


def events_for(
    scheme: Scheme, wanted: Iterable[EventType], *, otherwise: tuple[EventType, ...]
) -> tuple[EventType, ...]:
    """What can be told in that scheme; `otherwise` where nothing is named."""
    named = tuple(dict.fromkeys(wanted))
    unknown = [kind.value for kind in named if kind not in scheme.event_names or kind not in ANNOUNCED]
    if unknown:
        raise InvalidRequest(
            f"The scheme {scheme.name} has no event {', '.join(unknown)}.", option="event_types"
        )
    return named or tuple(kind for kind in otherwise if kind in scheme.event_names)


def _secret(scheme: Scheme, secret: str | None) -> str | None:
    wrong = scheme.check_secret(secret) if secret is not None else None
    if wrong:
        raise InvalidRequest(wrong, option="secret")
    return secret


def _reason(endpoint: Endpoint, *, active: bool) -> str | None:
    if active:
        return None
    return endpoint.disabled_reason or BY_OWNER


def _require_address(url: str, services: Services, option: str = "url") -> None:
    try:
        services.egress.require_address(url)
    except AddressRefused as error:
        raise InvalidRequest(f"{option}: {error.summary}", option=option, **error.details) from error
    if urlsplit(url).fragment:
        raise InvalidRequest(f"{option}: a URL to be told at has no fragment.", option=option)
