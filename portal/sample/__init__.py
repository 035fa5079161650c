"""sample: the fictitious county 青禾县 that the demo runs on.

`county.yaml` holds places, departments and staff, `guides/` one YAML file a guide. Nothing here is a real
office: the division codes (99…) and the telephone area code (0680) are not assigned.
"""
