"""What a column's names speak for, and what kind of word says so."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.columns.owners import UNOWNED
from classifiers.headers.entries import grammar
from classifiers.tags import NOT_PERSONAL, UNRESOLVED, Evidence


@dataclass(frozen=True, slots=True)
class Named:
    """A data category that a column's names speak for, and how sure that is without any value."""

    category: str
    confidence: float
    evidence: tuple[Evidence, ...]

    @property
    def is_key(self) -> bool:
        """Whether it is a person's key, and nothing says that it is more than the number of a row."""
        return self.confidence == UNOWNED and self.evidence[-1].code == "column_key"

    @property
    def is_composed(self) -> bool:
        """Whether only the noun for a person makes a number theirs (受取人番号), no word of the vocabulary."""
        return self._word in grammar("person_nouns").values()

    @property
    def is_code(self) -> bool:
        """Whether its name ends with a word for a code of nobody in particular (`STR_CD`)."""
        return self.category == NOT_PERSONAL and self._word in grammar("codes").values()

    @property
    def is_actor(self) -> bool:
        """Whether its name is a word for who does something (入力者), and none for a name."""
        return self.category == "name" and self.evidence[0].code == "column_header_medium"

    @property
    def is_note(self) -> bool:
        """Whether its name is a word for notes (備考): in a table about nobody, of somebody or not."""
        return self.category == UNRESOLVED and self.evidence[-1].code == "column_impersonal"

    @property
    def is_registration(self) -> bool:
        """Whether it is a registration number's, in a table of a licensed profession."""
        return self.evidence[-1].code == "column_qualified"

    @property
    def is_of_no_person(self) -> bool:
        """Whether its table says that it is an animal's, a machine's or a kind's, whatever its values look like."""
        return any(one.code in ("column_animals", "column_machines", "column_kinds") for one in self.evidence)

    @property
    def is_a_day(self) -> bool:
        """Whether its name says that it is a day, and nothing of which (`ymd`, `S_YMD`, 年月日)."""
        return self.evidence[-1].code == "column_day"

    @property
    def _word(self) -> object:
        return self.evidence[0].words.get("word")
