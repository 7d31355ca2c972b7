"""SQL statements: what they write, from what, by which columns, and what they put side by side.

    read           a view, a dbt model, a job's script
    read_log       an exported query log
    lineage        which dataset feeds which, and for what
    joins_of       which columns are matched with each other
    beside         which datasets are put side by side, and where, through whatever is made on the way
    made_of        what each dataset is made of, `into_of` what it goes into; `origins_of`: through whatever is between
    same_names     `customers` and `crm.customers` as one

No literal, comment or alias is in any answer; names are masked as the register masks them.
"""

from classifiers.statements.lineage import Edge, beside, into_of, joins_of, lineage, made_of, origins_of, same_names
from classifiers.statements.logs import MOST, LogTooLongError, read_log
from classifiers.statements.reading import read
from classifiers.statements.statement import Feed, Join, Kind, Outlet, Place, Statement
from classifiers.statements.templates import Relations

__all__ = [
    "MOST",
    "Edge",
    "Feed",
    "Join",
    "Kind",
    "LogTooLongError",
    "Outlet",
    "Place",
    "Relations",
    "Statement",
    "beside",
    "into_of",
    "joins_of",
    "lineage",
    "made_of",
    "origins_of",
    "read",
    "read_log",
    "same_names",
]
