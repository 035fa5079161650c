"""rules: decides. Facts in, answers out; no clock, no database, no files, no web."""
