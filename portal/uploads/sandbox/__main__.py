"""uploads/sandbox: what is done to a stranger's file, in a process of its own that may die of it.

Run as `python -I sandbox picture|pdf|workbook` it takes the file on standard input, under hard limits of memory and
time. Accepted: exit 0, a line of facts as JSON, then for a picture the new file. Refused: exit 3 and one
word. It imports nothing of the portal, so that it starts fast and can reach nothing.
"""

import json
import os
import resource
import sys

from refusal import Refused

MEMORY, SECONDS = 448 << 20, 6
"""Two sandboxes at once (`portal.uploads.room`) stay below 1 GB. A 48-megapixel photo takes 360 MB and two seconds."""
TABLES = 640 << 20, 60
"""A workbook of a thousand guides takes ten seconds; whoever reads one waits for it in the background."""
GIVES_WAY = 10
"""How much pages go before: the niceness of Unix."""


def main(kind: str) -> int:
    os.nice(GIVES_WAY)
    memory, seconds = TABLES if kind == "workbook" else (MEMORY, SECONDS)
    for what, limit in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (limit, limit))
    if sys.platform == "linux":  # elsewhere the address space cannot be held
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    data = sys.stdin.buffer.read()
    try:
        if kind == "picture":
            import pictures

            facts, out = pictures.picture(data)
        elif kind == "workbook":
            import workbooks

            facts, out = {}, workbooks.workbook(data)
        else:
            import papers

            facts, out = papers.pdf(data), b""
    except Refused as refused:
        print(refused.args[0])
        return 3
    except (MemoryError, RecursionError):
        print("too_heavy")
        return 3
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + out)
    return 0


sys.exit(main(sys.argv[1]))
