"""The benchmark's corpus: labelled Japanese tables and texts, made from a seed.

`tables` and `texts` come in two splits. `dev` may be looked at while detectors are built; `test` has other table names,
headers, templates, firms, places and rare names, and is only measured. Test tables whose scores were looked at become
development tables (`lists/seen_tables.yml`, since 2026-11-28), and new ones are written by somebody who has not read
the detectors. Nothing here reads a detector's code or dictionaries: of the classifiers only the ids and data types of
the vocabulary's rows are used.

Conventions of the labels
-------------------------
- A title or honorific (様, さん, 氏, 先生, 部長, 御中) is no part of a name.
- Surname, given name and former name are `person_name`; their readings, in whatever kana, `person_name_kana`.
  A foreign name is usually spelled in katakana: it is a `person_name` where a name is meant, in a text and in a column.
- A firm's name takes its legal form with it (株式会社, ㈱, (株)), not its department, branch or 御中. A firm's
  reading is an `organization_name`. Law and tax offices, hospitals, schools, associations and shops are organisations
  too: a surname in them is no person.
- An account holder as banks write it (half-width kana) is `person_name_kana`; where the holder is a firm,
  `organization_name`.
- Parts take the type of the whole: prefecture, municipality, street, building are `address`. In a text an address
  is one span from the prefecture (or whatever comes first) to the room number; the postal code beside it is a span of
  its own, without 〒.
- A phone takes its country code and brackets with it, not TEL: or an extension. A fax number is a `phone`.
- A date is a `birth_date` only where it is one. Any other date, an age, a sum, an order number, a time are nothing.
- Of an account the span is the number; bank, branch and kind of account are not (bank and branch: ignored). Columns of
  bank, branch and their codes beside an account are `bank_account`.
- `professional_registration_number`, `my_number` … span the number, with 第…号 where written so, not the word before.
- Spans with `ignore=True` may be found or not: banks as organisations, bare place names, departments and job titles,
  ages, genders, schools' degrees, careers, kinship, nationality, states of health, public bodies.
- Surrogate and foreign keys are `not_personal`; member numbers, logins and staff numbers are `account_id`.
- A column that lies about its content is labelled by its content.
"""

from benchmarks.corpus.labels import LabelledColumn, LabelledTable, LabelledText, Partition, Span, Split
from benchmarks.corpus.schemas import tables
from benchmarks.corpus.templates import texts
from benchmarks.corpus.writing import files

__all__ = [
    "LabelledColumn",
    "LabelledTable",
    "LabelledText",
    "Partition",
    "Span",
    "Split",
    "files",
    "tables",
    "texts",
]
