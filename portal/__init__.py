"""Banshi: the service platform of a county. This package is the portal with its rooms; the README has the map."""
