"""views: speaks. One blueprint a noun; GET and POST are two small functions, the commit is the last line before a redirect."""
from portal.views import accounts, public

BLUEPRINTS = [public.pages, accounts.pages]
"""`public` comes first in the list; its route for the site's files matches only what no other route does."""
