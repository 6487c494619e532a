"""Keys that are refused for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("keys", sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True))
