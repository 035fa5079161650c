"""migrations: the tables of the first release."""

import sqlalchemy as sa
from alembic import op

from portal.models.base import Json, Moment

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade() -> None:
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("credit_code", sa.String(), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("complaint_telephone", sa.String(), nullable=True),
        sa.Column("of_townships", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_department_credit_code")),
        sa.UniqueConstraint("name", name=op.f("uq_department_name")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "topic IN ('publish_guide', 'print_voucher', 'send_message')", name=op.f("ck_outbox_topic_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_open", ["done_at", "id"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_blind", sa.String(), nullable=True),
        sa.Column("telephone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("telephone_blind", sa.String(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("erased_at", Moment(), nullable=True),
        sa.CheckConstraint("kind IN ('person', 'organisation')", name=op.f("ck_party_kind_known")),
        sa.CheckConstraint("(wrapped_key IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_party_erased_without_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_number_blind"), ["number_blind"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_telephone_blind"), ["telephone_blind"], unique=False)

    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("partner", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("centre", sa.String(), nullable=True),
        sa.Column("centre_en", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("hours", Json, nullable=False),
        sa.Column("notice", sa.String(), nullable=True),
        sa.Column("notice_en", sa.String(), nullable=True),
        sa.CheckConstraint("(tier = 'county') = (parent_id IS NULL) OR partner", name=op.f("ck_place_root_is_county")),
        sa.CheckConstraint("tier IN ('county', 'township', 'village')", name=op.f("ck_place_tier_known")),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "register",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "year", name=op.f("pk_register")),
    )
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("last_event_id", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("digest", name=op.f("uq_seal_digest")),
    )
    op.create_table(
        "search_miss",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("words", name=op.f("pk_search_miss")),
    )
    op.create_table(
        "throttle",
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "starts_at", name=op.f("pk_throttle")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("assurance", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "assurance IN ('code_only', 'telephone', 'identity')", name=op.f("ck_account_assurance_known")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_account_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("subject", name=op.f("uq_account_subject")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_party_id"), ["party_id"], unique=False)

    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["year"], ["calendar_year.year"], name=op.f("fk_calendar_day_year")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_day_year"), ["year"], unique=False)

    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("life", sa.String(), nullable=False),
        sa.Column("life_since", sa.Date(), nullable=True),
        sa.Column("life_reason", sa.String(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("retention_class", sa.String(), nullable=False),
        sa.CheckConstraint("life = 'in_force' OR life_reason IS NOT NULL", name=op.f("ck_item_end_has_reason")),
        sa.CheckConstraint(
            "life IN ('in_force', 'suspended', 'cancelled', 'handed_down', 'taken_over', 'merged')",
            name=op.f("ck_item_life_known"),
        ),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_item_department_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["item.id"], name=op.f("fk_item_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("code", name=op.f("uq_item_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_item_slug")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_name"), ["name"], unique=False)

    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.CheckConstraint("giver_id <> holder_id", name=op.f("ck_mandate_two_parties")),
        sa.ForeignKeyConstraint(["giver_id"], ["party.id"], name=op.f("fk_mandate_giver_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["party.id"], name=op.f("fk_mandate_holder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandate_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandate_holder_id"), ["holder_id"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_staff_department_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_staff_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
    )
    op.create_table(
        "window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("hours", Json, nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_window_department_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_window_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window")),
    )
    with op.batch_alter_table("window", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_window_place_id"), ["place_id"], unique=False)

    op.create_table(
        "guide_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("goes_live_at", Moment(), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('published', 'superseded', 'withdrawn')) = (published_at IS NOT NULL)",
            name=op.f("ck_guide_revision_published_has_date"),
        ),
        sa.CheckConstraint(
            "(state IN ('superseded', 'withdrawn')) = (ended_at IS NOT NULL)",
            name=op.f("ck_guide_revision_ended_has_date"),
        ),
        sa.CheckConstraint(
            "state <> 'scheduled' OR goes_live_at IS NOT NULL", name=op.f("ck_guide_revision_scheduled_has_date")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'legal_review', 'fact_check', 'approved', 'scheduled', 'published', 'superseded', 'withdrawn')",
            name=op.f("ck_guide_revision_state_known"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_guide_revision_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_revision")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_guide_revision_item_id_number")),
    )
    with op.batch_alter_table("guide_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guide_revision_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "uq_guide_revision_in_force",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.create_index(
            "uq_guide_revision_on_its_way",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'legal_review', 'fact_check', 'approved', 'scheduled')"),
            postgresql_where=sa.text("state IN ('draft', 'legal_review', 'fact_check', 'approved', 'scheduled')"),
        )

    op.create_table(
        "item_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("life", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.CheckConstraint(
            "life IN ('in_force', 'suspended', 'cancelled', 'handed_down', 'taken_over', 'merged')",
            name=op.f("ck_item_change_life_known"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_change_item_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_item_change_staff_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["item.id"], name=op.f("fk_item_change_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_change")),
    )
    with op.batch_alter_table("item_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_change_item_id"), ["item_id"], unique=False)

    op.create_table(
        "offering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_offering_item_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_offering_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering")),
        sa.UniqueConstraint("item_id", "place_id", name=op.f("uq_offering_item_id_place_id")),
    )
    with op.batch_alter_table("offering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offering_place_id"), ["place_id"], unique=False)

    op.create_table(
        "search_term",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_search_term_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("term", "item_id", name=op.f("pk_search_term")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint(
            "role IN ('window', 'reviewer', 'head', 'supervisor', 'editor', 'legal', 'checker', 'approver', 'publisher', 'admin', 'helper')",
            name=op.f("ck_staff_role_role_known"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint("staff_id", "role", name=op.f("uq_staff_role_staff_id_role")),
    )
    op.create_table(
        "web_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("facts", Json, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.CheckConstraint("staff_id IS NULL OR account_id IS NULL", name=op.f("ck_web_session_one_owner")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_web_session_account_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_web_session_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_web_session_token_digest")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_session_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_session_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "guide_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["guide_revision.id"], name=op.f("fk_guide_edit_revision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_guide_edit_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_edit")),
    )
    with op.batch_alter_table("guide_edit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guide_edit_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "guide_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("at_path", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name=op.f("ck_guide_remark_settled_by_somebody")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_guide_remark_made_by_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["guide_revision.id"], name=op.f("fk_guide_remark_revision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["settled_by_id"], ["staff.id"], name=op.f("fk_guide_remark_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_remark")),
    )
    with op.batch_alter_table("guide_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guide_remark_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "guide_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'legal_review', 'fact_check', 'approved', 'scheduled', 'published', 'superseded', 'withdrawn')",
            name=op.f("ck_guide_step_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["guide_revision.id"], name=op.f("fk_guide_step_revision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_guide_step_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_step")),
    )
    with op.batch_alter_table("guide_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guide_step_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "offering_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("roles", Json, nullable=False),
        sa.Column("implementation_code", sa.String(), nullable=True),
        sa.Column("content", Json, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_offering_revision_offering_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering_revision")),
        sa.UniqueConstraint("offering_id", "number", name=op.f("uq_offering_revision_offering_id_number")),
    )
    with op.batch_alter_table("offering_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offering_revision_implementation_code"), ["implementation_code"], unique=False
        )
        batch_op.create_index(
            "uq_offering_revision_in_force",
            ["offering_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("erased_at", Moment(), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_report_answered_has_words")),
        sa.CheckConstraint(
            "(wrapped_key IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_report_erased_without_key")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["staff.id"], name=op.f("fk_report_answered_by_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["guide_revision.id"], name=op.f("fk_report_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("guide_revision_id", sa.Integer(), nullable=False),
        sa.Column("offering_revision_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("filer", sa.String(), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("resume_digest", sa.String(), nullable=True),
        sa.Column("pin_hash", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(filer = 'applicant') = (filed_by_id IS NULL)", name=op.f("ck_application_helper_is_named")
        ),
        sa.CheckConstraint(
            "(state = 'erased') = (wrapped_key IS NULL)", name=op.f("ck_application_erased_without_key")
        ),
        sa.CheckConstraint("filer IN ('applicant', 'window', 'helper')", name=op.f("ck_application_filer_known")),
        sa.CheckConstraint("state <> 'draft' OR expires_at IS NOT NULL", name=op.f("ck_application_draft_expires")),
        sa.CheckConstraint(
            "state <> 'submitted' OR submitted_at IS NOT NULL", name=op.f("ck_application_submitted_has_date")
        ),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'erased')", name=op.f("ck_application_state_known")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_application_account_id")),
        sa.ForeignKeyConstraint(["filed_by_id"], ["staff.id"], name=op.f("fk_application_filed_by_id")),
        sa.ForeignKeyConstraint(
            ["guide_revision_id"], ["guide_revision.id"], name=op.f("fk_application_guide_revision_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_application_item_id")),
        sa.ForeignKeyConstraint(
            ["offering_revision_id"], ["offering_revision.id"], name=op.f("fk_application_offering_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("resume_digest", name=op.f("uq_application_resume_digest")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_item_id"), ["item_id"], unique=False)

    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("tracking_code", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("guide_revision_id", sa.Integer(), nullable=False),
        sa.Column("offering_revision_id", sa.Integer(), nullable=True),
        sa.Column("variant_key", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("submitted_at", Moment(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("acceptance_due_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owed_on", sa.Date(), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("delivery_due_on", sa.Date(), nullable=True),
        sa.Column("delivered_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("legal_hold", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_case_closed_has_date")),
        sa.CheckConstraint(
            "state <> 'accepted' OR (accepted_on IS NOT NULL AND decision IS NULL)", name=op.f("ck_case_accepted_fits")
        ),
        sa.CheckConstraint("state <> 'closed' OR decision IS NOT NULL", name=op.f("ck_case_closed_has_end")),
        sa.CheckConstraint(
            "state <> 'decided' OR (decision IS NOT NULL AND decided_at IS NOT NULL AND delivery_due_on IS NOT NULL)",
            name=op.f("ck_case_decided_fits"),
        ),
        sa.CheckConstraint(
            "state IN ('submitted', 'correction', 'accepted', 'decided', 'closed')", name=op.f("ck_case_state_known")
        ),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'correction') OR (accepted_on IS NULL AND decision IS NULL)",
            name=op.f("ck_case_intake_fits"),
        ),
        sa.CheckConstraint("(accepted_on IS NULL) = (due_on IS NULL)", name=op.f("ck_case_due_from_acceptance")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_case_application_id")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_case_department_id")),
        sa.ForeignKeyConstraint(["guide_revision_id"], ["guide_revision.id"], name=op.f("fk_case_guide_revision_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_case_item_id")),
        sa.ForeignKeyConstraint(
            ["offering_revision_id"], ["offering_revision.id"], name=op.f("fk_case_offering_revision_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_case_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
        sa.UniqueConstraint("tracking_code", name=op.f("uq_case_tracking_code")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_place_id"), ["place_id"], unique=False)
        batch_op.create_index("ix_case_queue", ["department_id", "state", "due_on"], unique=False)

    op.create_table(
        "uploaded_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("document_key", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_uploaded_file_not_empty")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_uploaded_file_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploaded_file")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_uploaded_file_storage_key")),
    )
    with op.batch_alter_table("uploaded_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploaded_file_application_id"), ["application_id"], unique=False)

    op.create_table(
        "case_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('applicant', 'agent', 'helper', 'guardian', 'interested')", name=op.f("ck_case_party_role_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_party_case_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_case_party_mandate_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_case_party_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_party")),
        sa.UniqueConstraint("case_id", "party_id", "role", name=op.f("uq_case_party_case_id_party_id_role")),
    )
    with op.batch_alter_table("case_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_party_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_party_party_id"), ["party_id"], unique=False)

    op.create_table(
        "case_stage",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("second_officer_id", sa.Integer(), nullable=True),
        sa.Column("opinion_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name=op.f("ck_case_stage_done_has_date")),
        sa.CheckConstraint("(state = 'done') = (outcome IS NOT NULL)", name=op.f("ck_case_stage_done_has_outcome")),
        sa.CheckConstraint(
            "desk IN ('accept', 'review', 'decide', 'counter', 'at_once')", name=op.f("ck_case_stage_desk_known")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'open', 'done', 'skipped', 'cancelled')", name=op.f("ck_case_stage_state_known")
        ),
        sa.CheckConstraint(
            "state NOT IN ('open', 'done') OR opened_at IS NOT NULL", name=op.f("ck_case_stage_open_has_date")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_stage_case_id")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_case_stage_department_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("fk_case_stage_officer_id")),
        sa.ForeignKeyConstraint(["second_officer_id"], ["staff.id"], name=op.f("fk_case_stage_second_officer_id")),
        sa.PrimaryKeyConstraint("case_id", "key", name=op.f("pk_case_stage")),
    )
    with op.batch_alter_table("case_stage", schema=None) as batch_op:
        batch_op.create_index("ix_case_stage_queue", ["department_id", "state", "desk"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("result_key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'replaced') = (replaced_by_id IS NOT NULL)", name=op.f("ck_certificate_replaced_has_successor")
        ),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_at IS NOT NULL)", name=op.f("ck_certificate_revoked_has_date")
        ),
        sa.CheckConstraint("state IN ('valid', 'revoked', 'replaced')", name=op.f("ck_certificate_state_known")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_certificate_case_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["certificate.id"], name=op.f("fk_certificate_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("check_code", name=op.f("uq_certificate_check_code")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_case_id"), ["case_id"], unique=False)

    op.create_table(
        "charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("fee_key", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('due', 'paid', 'waived', 'refunded')", name=op.f("ck_charge_state_known")),
        sa.CheckConstraint(
            "state NOT IN ('paid', 'refunded') OR reference IS NOT NULL", name=op.f("ck_charge_paid_has_reference")
        ),
        sa.CheckConstraint("fen >= 0", name=op.f("ck_charge_not_negative")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_charge_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
    )
    with op.batch_alter_table("charge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_charge_case_id"), ["case_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("facts", Json, nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_event_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_event_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_event_case_id_seq")),
        sa.UniqueConstraint("digest", name=op.f("uq_event_digest")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('correction', 'refusal_to_accept', 'acceptance', 'decision', 'stop', 'extension')",
            name=op.f("ck_notice_kind_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_case_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_notice_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_case_id"), ["case_id"], unique=False)

    op.create_table(
        "voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("printed_at", Moment(), nullable=True),
        sa.Column("copy_of_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('receipt', 'acceptance', 'correction', 'refusal_to_accept', 'decision_grant', 'decision_refuse', 'delivery')",
            name=op.f("ck_voucher_kind_known"),
        ),
        sa.CheckConstraint("(storage_key IS NULL) = (digest IS NULL)", name=op.f("ck_voucher_printed_has_digest")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_voucher_case_id")),
        sa.ForeignKeyConstraint(["copy_of_id"], ["voucher.id"], name=op.f("fk_voucher_copy_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("number", name=op.f("uq_voucher_number")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_voucher_storage_key")),
    )
    with op.batch_alter_table("voucher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voucher_case_id"), ["case_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_message_sent_has_date")),
        sa.CheckConstraint("state <> 'failed' OR failure IS NOT NULL", name=op.f("ck_message_failed_has_reason")),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed')", name=op.f("ck_message_state_known")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_message_event_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_message_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_party_id"), ["party_id"], unique=False)

    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("served_at", Moment(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'served') = (served_at IS NOT NULL)", name=op.f("ck_service_served_has_date")),
        sa.CheckConstraint("state IN ('due', 'served', 'failed')", name=op.f("ck_service_state_known")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_service_notice_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_service_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_notice_id"), ["notice_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_notice_id"))

    op.drop_table("service")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_party_id"))
        batch_op.drop_index(batch_op.f("ix_message_event_id"))

    op.drop_table("message")
    with op.batch_alter_table("voucher", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voucher_case_id"))

    op.drop_table("voucher")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_case_id"))

    op.drop_table("notice")
    op.drop_table("event")
    with op.batch_alter_table("charge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_charge_case_id"))

    op.drop_table("charge")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_case_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("case_stage", schema=None) as batch_op:
        batch_op.drop_index("ix_case_stage_queue")

    op.drop_table("case_stage")
    with op.batch_alter_table("case_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_party_party_id"))
        batch_op.drop_index(batch_op.f("ix_case_party_case_id"))

    op.drop_table("case_party")
    with op.batch_alter_table("uploaded_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_uploaded_file_application_id"))

    op.drop_table("uploaded_file")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index("ix_case_queue")
        batch_op.drop_index(batch_op.f("ix_case_place_id"))
        batch_op.drop_index(batch_op.f("ix_case_item_id"))
        batch_op.drop_index(batch_op.f("ix_case_application_id"))

    op.drop_table("case")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_item_id"))
        batch_op.drop_index(batch_op.f("ix_application_account_id"))

    op.drop_table("application")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_revision_id"))

    op.drop_table("report")
    with op.batch_alter_table("offering_revision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_offering_revision_in_force",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_offering_revision_implementation_code"))

    op.drop_table("offering_revision")
    with op.batch_alter_table("guide_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guide_step_revision_id"))

    op.drop_table("guide_step")
    with op.batch_alter_table("guide_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guide_remark_revision_id"))

    op.drop_table("guide_remark")
    with op.batch_alter_table("guide_edit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guide_edit_revision_id"))

    op.drop_table("guide_edit")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_staff_id"))
        batch_op.drop_index(batch_op.f("ix_web_session_ends_at"))
        batch_op.drop_index(batch_op.f("ix_web_session_account_id"))

    op.drop_table("web_session")
    op.drop_table("staff_role")
    op.drop_table("search_term")
    with op.batch_alter_table("offering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offering_place_id"))

    op.drop_table("offering")
    with op.batch_alter_table("item_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_change_item_id"))

    op.drop_table("item_change")
    with op.batch_alter_table("guide_revision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_guide_revision_on_its_way",
            sqlite_where=sa.text("state IN ('draft', 'legal_review', 'fact_check', 'approved', 'scheduled')"),
            postgresql_where=sa.text("state IN ('draft', 'legal_review', 'fact_check', 'approved', 'scheduled')"),
        )
        batch_op.drop_index(
            "uq_guide_revision_in_force",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(batch_op.f("ix_guide_revision_item_id"))

    op.drop_table("guide_revision")
    with op.batch_alter_table("window", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_window_place_id"))

    op.drop_table("window")
    op.drop_table("staff")
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mandate_holder_id"))
        batch_op.drop_index(batch_op.f("ix_mandate_giver_id"))

    op.drop_table("mandate")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_name"))
        batch_op.drop_index(batch_op.f("ix_item_department_id"))

    op.drop_table("item")
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_day_year"))

    op.drop_table("calendar_day")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_party_id"))

    op.drop_table("account")
    op.drop_table("throttle")
    op.drop_table("search_miss")
    op.drop_table("seal")
    op.drop_table("register")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_parent_id"))

    op.drop_table("place")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_telephone_blind"))
        batch_op.drop_index(batch_op.f("ix_party_number_blind"))

    op.drop_table("party")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_open")

    op.drop_table("outbox")
    op.drop_table("department")
    op.drop_table("calendar_year")
