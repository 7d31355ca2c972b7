"""The desk: a web app on the register and the casebook, for those who do not live in a terminal.

```
settings.py    where it runs and what of              serving.py    uvicorn on one address
people.py      who may sign in, proven how            accounts.py   the desk's own accounts (engineer, privacy)
sessions.py    who is signed in                       throttle.py   who has to wait before the next try
access.yml     every page: path, roles, personal      access.py     that table, read
desk.py        what every page is of, opened once     forms.py      forms and queries, read strictly
guard.py       which requests come in at all          door.py       session, role, form, audit: before a page answers
visit.py       what a page gets and may answer        rendering.py  templates, words, headers of an answer
cookies.py     what a browser brings back             journal.py    who signed in, out, was refused
trail.py       entries of the audit in words          foresight.py  what a ruling would change
casework.py    what pages of a case have in common    searches.py   look-ups beside the pages
typed.py       forms of requests as documents         letters.py    a kept letter, as a page shows it
shelf.py       the register's readings in memory      listing.py    search, filters and pages over them
pages/         a page area a file, found by its place app.py        all of it put together
```

A page is one row of `access.yml`, one function in `pages/` and one template: docs/desk.md.
"""

from __future__ import annotations


class DeskError(Exception):
    """The desk cannot be started, or an account of it not be kept; says which, why and what to do (exit code 2)."""
