"""queries: asks. Nothing here changes a row."""
