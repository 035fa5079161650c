"""publishing: of what there are booklets, and where each stands beside. No page that only links to one loads a press."""
DEPARTMENT, THEME, PLACE = "department", "theme", "place"
WAYS = {DEPARTMENT: "departments", THEME: "themes", PLACE: "places"}
"""The pages of the site beside which the booklets stand."""
LARGEST = 400
"""So many guides, about two thousand pages, are bound on demand; of more, each department has its booklet."""
