"""pdfs: the room that prints. Plain values in, PDF bytes out. It knows no database and no web."""
