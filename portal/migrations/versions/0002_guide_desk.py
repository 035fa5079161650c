"""migrations: the tables of the guide desk: the catalogue, and the words of searches."""
import sqlalchemy as sa
from alembic import op

from portal.models.base import Json, Moment

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    _catalogue()
    _words()


def downgrade() -> None:
    with op.batch_alter_table("search_miss") as batch:
        batch.drop_column("dismissed_on")
    op.drop_table("synonym")
    op.drop_table("catalogue_entry")


def _catalogue() -> None:
    op.create_table(
        "catalogue_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("main_item", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("basic_code", sa.String(), nullable=True),
        sa.Column("implementation_code", sa.String(), nullable=True),
        sa.Column("source_code", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("more", Json, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_catalogue_entry_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_catalogue_entry_key")),
    )
    op.create_index(op.f("ix_catalogue_entry_item_id"), "catalogue_entry", ["item_id"])
    op.create_index(op.f("ix_catalogue_entry_position"), "catalogue_entry", ["position"])


def _words() -> None:
    op.create_table(
        "synonym",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("means", Json, nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("word <> ''", name=op.f("ck_synonym_has_word")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["staff.id"], name=op.f("fk_synonym_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sa.UniqueConstraint("word", name=op.f("uq_synonym_word")),
    )
    op.add_column("search_miss", sa.Column("dismissed_on", sa.Date(), nullable=True))
