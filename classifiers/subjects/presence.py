"""Does a dataset speak of persons at all? A table of shops has addresses and no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.lexicon import Hit
from classifiers.masking import MASK
from classifiers.normalize import fold
from classifiers.subjects.fusion import DECIDES, NONE, Decision
from classifiers.tags import NOT_PERSONAL, UNRESOLVED, ColumnTag, Evidence
from classifiers.vocabulary import data_categories

_NAMES = frozenset({"person_name", "person_name_kana"})
_CONTACTS = frozenset({"email", "phone", "postal_code", "address"})
_ORGANISATIONS = frozenset({"organization_name", "corporate_number"})
_IDENTIFYING_TYPES = frozenset({"birth_date", "my_number", "credit_card", "professional_registration_number"})
_IDENTIFYING = frozenset({"photo", "nickname", "employee_number", "bank_account_holder", "family"})
_REGIONS = frozenset({"prefecture", "municipality"})
_TRACES = frozenset({"ip_address", "mac_address", "device_id", "location"})
_OF_VISITORS = frozenset({"device_id", "location", "url"})
# Said of persons, goods and machines alike: alone they make no table personal.
_SILENT = frozenset({NOT_PERSONAL, UNRESOLVED, "url", "password", "bank_name", "card_expiry"})

_BARE = ("name", "full_name", "名前", "氏名")

_SPOKEN = 1.2
"""Weight from which names speak of a subject at all, though they may not decide."""
_MANY = 3.0
"""Weight of many columns that only things have: three, and a few that they often have."""
_MASTER = 1.0
"""Weight of a word of masters and lists of codes in a dataset's name."""
_CLEAR = 1.8
"""Weight of a single clue that is clear by itself: a strong word."""


@dataclass(frozen=True, slots=True)
class Presence:
    """How many columns speak of persons, by how they do."""

    names: int = 0
    """Person names, kana among them."""
    identifying: int = 0
    """Names, birth dates, identification codes, photographs …: whoever has one is an individual."""
    cared: int = 0
    """Those among them that are of special care: a room is barrier-free and a statue has a creed, too."""
    accounts: int = 0
    """Member numbers and logins."""
    emails: int = 0
    phones: int = 0
    contacts: int = 0
    """Mail, phone, postal code, address: a firm has them too."""
    attributes: int = 0
    """Gender, age, pay, education …"""
    texts: int = 0
    organisations: int = 0
    traces: int = 0
    """IP addresses, cookies, devices, places: related information (appi 2(7)) where nothing else stands beside."""

    @property
    def direct(self) -> bool:
        """Whether a column names a person or how to reach one: what pseudonymised information may not hold."""
        return bool(self.names or self.emails or self.contacts)


def presence(tags: Sequence[ColumnTag]) -> Presence:
    """What the tags say of persons."""
    counts = dict.fromkeys(Presence.__slots__, 0)
    for tag in tags:
        for kind in _kinds(tag.data_category):
            counts[kind] += 1
    return Presence(**counts)


def _kinds(category: str) -> tuple[str, ...]:
    row = data_categories().get(category)
    if row is None or category in _SILENT:
        return ()
    if row.data_type in _NAMES and category != "bank_account_holder":
        return ("names", "identifying")
    if row.id_code or row.data_type in _IDENTIFYING_TYPES or category in _IDENTIFYING:
        return ("identifying",)
    if row.special_care:
        return ("identifying", "cared")
    if row.data_type == "account_id":
        return ("accounts",)
    if category in _REGIONS:
        return ("attributes",)
    if row.data_type in _CONTACTS:
        return {"email": ("emails", "contacts"), "phone": ("phones", "contacts")}.get(row.data_type, ("contacts",))
    if row.data_type in _ORGANISATIONS:
        return ("organisations",)
    if category in _TRACES:
        return ("traces",)
    return ("texts",) if row.data_type == "free_text" else ("attributes",)


def speaks_of_persons(
    tags: Sequence[ColumnTag], decision: Decision, evidence: Sequence[Evidence], links: Sequence[Hit]
) -> bool:
    """Whether a dataset is about persons at all, by what its columns hold and what its names say.

    Names of things (商品, 店舗) outweigh what a firm or a shop has as well as a person: an address, a phone, a text.
    """
    there = presence(tags)
    if _lists_kinds(there, evidence, links):
        return False
    heaviest = _things(evidence)
    things = heaviest >= DECIDES
    spoken = decision.weight >= _SPOKEN
    firm = decision.subject == "business_partner"
    keyed = there.accounts or there.emails or links
    if there.identifying and there.identifying == there.cared and heaviest >= _MANY and not keyed:
        return spoken and not firm
    if there.identifying:
        lone_name = there.names == there.identifying == 1 and not (there.attributes or there.accounts)
        if lone_name and there.contacts:
            # The one name among many columns of a place or an event is of whoever answers for it.
            return heaviest < _MANY or 2 * decision.weight > heaviest
        return spoken or not (things and lone_name)
    pointing = {hit.strength for hit in links if hit.row != "business_partner"}
    if "strong" in pointing or (pointing and not things) or (there.accounts and not things):
        return True
    if there.emails and ((spoken and not (things and firm)) or not (things or there.organisations)):
        return True
    clear = any(reason.says == decision.subject and reason.weight >= _CLEAR for reason in evidence)
    numbered = any(tag.data_category == "corporate_number" for tag in tags)
    if firm and there.organisations and there.contacts and not (things or numbered):
        # 荷主マスタ, 派遣先会社: sole traders stand among firms that have no 法人番号, and are reached where they live.
        return _is_called(decision.subject, evidence)
    masked = sum(MASK in tag.column for tag in tags)
    if masked and not things and (clear or masked > 1):
        return True
    if there.phones and not (things or there.organisations):
        return True
    if clear and not (firm or things) and _named(tags, decision, evidence):
        return True
    # A prefecture alone is where a rate holds or a shop stands.
    regions = sum(tag.data_category in _REGIONS for tag in tags)
    if there.contacts or there.texts or there.attributes > regions:
        return clear and not firm and (not things or decision.weight >= heaviest + DECIDES)
    return bool(there.traces and not (things or _of_devices(tags))) or _untold(tags, things)


def _is_called(subject: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a dataset's own name says clearly whose it is."""
    return any(
        reason.says == subject and reason.code == "subject_name_word" and reason.weight >= _CLEAR for reason in evidence
    )


def _named(tags: Sequence[ColumnTag], decision: Decision, evidence: Sequence[Evidence]) -> bool:
    """Whether a bare `name` stands in a dataset whose name and columns both speak of one kind of person."""
    codes = {reason.code for reason in evidence if reason.says == decision.subject}
    bare = any(fold(tag.column).lower() in _BARE for tag in tags)
    return bare and {"subject_name_word", "subject_column_word"} <= codes


def _lists_kinds(there: Presence, evidence: Sequence[Evidence], links: Sequence[Hit]) -> bool:
    """Whether a master lists kinds of what persons may have (diseases, occupations), and no person who has them."""
    master = any(
        reason.says == NONE and reason.code == "subject_name_word" and reason.weight >= _MASTER for reason in evidence
    )
    beside = there.names or there.contacts or there.accounts or there.texts or there.traces
    return master and not (beside or links)


def _things(evidence: Sequence[Evidence]) -> float:
    """How clearly a dataset is of things: by its clearest word, or by all the columns that only things have."""
    said = [reason for reason in evidence if reason.says == NONE]
    columns = sum(reason.weight for reason in said if reason.code in ("subject_thing_column", "subject_trap"))
    return max(columns, max((reason.weight for reason in said), default=0.0))


def _of_devices(tags: Sequence[ColumnTag]) -> bool:
    """Whether addresses are those of machines: a network card's, and nothing beside it that a visitor leaves."""
    held = {tag.data_category for tag in tags}
    return "mac_address" in held and held.isdisjoint(_OF_VISITORS)


def _untold(tags: Sequence[ColumnTag], things: bool) -> bool:
    """Whether columns that nobody could tell may hide persons: any whose values look like something, or more than a
    quarter of all columns."""
    untold = [tag for tag in tags if tag.data_category == UNRESOLVED]
    return not things and (any(tag.distinct_hits for tag in untold) or 4 * len(untold) > len(tags))
