"""The tenant filter: every statement about somebody's rows carries it, or is not sent."""

from typing import Any

from octavo.domain.tenancy import Tenant

MINE = "{mine}"


class Scope:
    """Puts `organization_id = … [and project_id = …]` where a statement says `{mine}`."""

    def __init__(self, tenant: Tenant) -> None:
        self._params: dict[str, Any] = {"my_organization": tenant.organization_id}
        self._filter = "{prefix}organization_id = %(my_organization)s"
        if tenant.project_id is not None:
            self._params["my_project"] = tenant.project_id
            self._filter += " and {prefix}project_id = %(my_project)s"
        self._column = "project_id" if tenant.project_id is not None else "organization_id"

    @property
    def leading_column(self) -> str:
        """The column whose index serves this tenant's lists."""
        return self._column

    def sql(self, statement: str, params: dict[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
        """The statement with the filter in it; one without a place for it is our bug."""
        if MINE not in statement:
            raise AssertionError("a statement about a tenant's rows must say {mine}")
        return statement.replace(MINE, f"({self._filter.format(prefix='')})"), {
            **(params or {}),
            **self._params,
        }
