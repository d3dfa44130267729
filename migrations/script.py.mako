"""${message}.

Revision ${up_revision}, after ${down_revision | comma,n}, made ${create_date}.
"""

# Rules of the house for a migration:
# - Write the operations out; import nothing from models, which goes on changing.
# - The same file serves SQLite and PostgreSQL. Texts are `_TEXT` as in 0001; numbers are texts; no float.
# - New tables are STRICT on SQLite (sqlite_strict=True) and, written once, get the triggers of 0001.
# - SQLite's batch mode makes a new table and copies: say sqlite_strict, sqlite_with_rowid and the triggers again.
# - downgrade() undoes everything that upgrade() did; tests run both on a database with rows.

from __future__ import annotations

from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "raise NotImplementedError"}


def downgrade() -> None:
    ${downgrades if downgrades else "raise NotImplementedError"}
