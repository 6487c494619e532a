"""How many pages a stored file has, so that submitting it need not open it again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("files", sa.Column("page_count", sa.Integer(), nullable=True))
