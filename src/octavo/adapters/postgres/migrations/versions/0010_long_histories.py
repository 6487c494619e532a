"""What lists of a long history walk instead of reading all of it."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEPT = "where result_deleted_at is null"
CONFIDENCE = "coalesce((fields ->> 'confidence')::double precision, mean_confidence)"


def upgrade() -> None:
    op.execute(f"create index jobs_kept on jobs (organization_id, id) {KEPT}")
    for name, sorted_by in (
        ("finished", "finished_at"),
        ("filename", "filename"),
        ("confidence", f"({CONFIDENCE})"),
    ):
        op.execute(
            f"create index jobs_kept_{name} on jobs"
            f" (organization_id, {sorted_by} desc nulls last, id desc) {KEPT}"
        )
    op.create_index("audit_action", "audit", ["organization_id", "action", "id"])
    op.create_index("audit_key", "audit", ["organization_id", "key_id", "id"])
    op.create_index("announcements_type", "announcements", ["organization_id", "type", "transaction", "id"])
