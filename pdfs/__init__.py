"""The room that prints: plain values in, PDF bytes out. It knows no database and no web."""
