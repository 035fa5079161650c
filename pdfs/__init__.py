"""pdfs: prints. Plain values in, tagged PDF out; nothing here knows the database, the web or a guide's schema."""
