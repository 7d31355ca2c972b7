"""The desk of a published text, line by line: its name, address, phone, mail, hours and closed days."""

from __future__ import annotations

import re
from typing import Any

from expectations.drafting.words import compiled, folded

Document = dict[str, Any]

_PHONE = re.compile(
    r"(?:\+?81[-‐－(（ ]?|0)[0-9０-９]{1,4}[-‐－ー)） ][0-9０-９]{1,4}[-‐－ー)） ][0-9０-９]{3,4}(?:[-‐－][0-9]{4})?",
    re.ASCII,
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+(?:@|＠|\(at\)|\[at\])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HOURS = re.compile(
    r"([0-9]{1,2})[:時]([0-9]{2})?分?\s*(a\.?m\.?|p\.?m\.?)?\s*(?:[-–—~〜]+|から|より|to|until)\s*(?:午後)?([0-9]{1,2})[:時]([0-9]{2})?分?\s*(a\.?m\.?|p\.?m\.?)?"
)
_DESK = compiled(
    [
        r"^(?:担当|窓口|連絡先|部署|担当部署|名称|お?問い?合わ?せ先)?\s*[:：]?\s*(.{0,40}(窓口|相談室|センター|事務局|担当|総務部|管理部|推進室|法務部|係|課))(?:\s|$|（|\(|:|：|まで)",
        r"^(.{0,80}(desk|office|department|team|contact point|helpdesk|section|officer))(?:\s|$|\(|:|,)",
    ]
)
_ADDRESS = re.compile(
    r"〒|[都道府県].{1,10}[市区町村郡].*[0-9０-９一二三四五六七八九十]|(?:-ku|-shi|-cho|Tokyo|Osaka|Kyoto|Prefecture|Street|Avenue|Bldg)",
    re.I,
)


def reaches(text: str) -> bool:
    """Whether a line has a phone number or a mail address."""
    return bool(_MAIL.search(text) or _PHONE.search(text))


def read_line(clause: str, text: str, desk: Document) -> None:
    """What one line says of the desk, put into its row; what stood there before stays."""
    read = folded(text)
    if mail := _MAIL.search(text):
        desk.setdefault("email", re.sub(r"＠|\(at\)|\[at\]", "@", mail[0]))
    numbers = _PHONE.findall(text)
    before = re.split(r"電話|[Tt][Ee][Ll]|[Pp]hone|[:：]?\s*0[0-9]", text)[0].strip(" 　,、:：")
    if numbers and before and _DESK.search(folded(before)):
        desk.setdefault("name", before)
    if numbers:
        fax = re.search(r"fax|ファ(ッ)?クス|ファクシミリ", read)
        if fax and len(numbers) > 1:
            desk.setdefault("phone", numbers[0])
            desk.setdefault("fax", numbers[1])
        else:
            desk.setdefault("fax" if fax else "phone", numbers[0])
    if hours := _HOURS.search(read):
        desk.setdefault("opens", _clock(hours[1], hours[2], hours[3], before=True))
        desk.setdefault("closes", _clock(hours[4], hours[5], hours[6], before=False))
        closed = [day for day, words in _DAYS.items() if words.search(read)]
        if closed:
            desk.setdefault("closed", closed)
    if not (mail or numbers or hours):
        if _ADDRESS.search(text) and len(text) <= 120:
            desk.setdefault(
                "address", re.sub(r"^(所在地|住所|郵送先|宛先|送付先|address)\s*[:：]?\s*", "", text, flags=re.I)
            )
        elif (name := _DESK.search(read)) and len(text) <= 90 and not re.search(r"(ます|ください)。?$", read):
            desk.setdefault(
                "name",
                re.sub(r"^[^:：]{1,12}[:：]\s*", "", text).strip() if not name[0].startswith(read[:1] + ":") else text,
            )
            desk.setdefault("clause", clause)
    desk.setdefault("clause", clause)


_DAYS = {
    "saturday": compiled(
        [
            "土(曜)?日|土・?日|土、日|土日|\\bsat",
            "平日",
            "月.{0,3}[~〜-].{0,3}金",
            "weekday|monday (to|through|-) friday",
        ]
    ),
    "sunday": compiled(
        [
            "(?<!土曜)(?<!毎)日(曜)?(日)?(・|、|および|及び|祝)|土・?日|土日|日曜|\\bsun(day|\\.)",
            "平日",
            "月.{0,3}[~〜-].{0,3}金",
            "weekday|monday (to|through|-) friday",
        ]
    ),
    "national_holiday": compiled(["祝|休日", "平日", "holiday"]),
}


def _clock(hour: str, minute: str | None, half: str | None, *, before: bool) -> str:
    value = int(hour) + (12 if half and half.startswith("p") and int(hour) < 12 else 0)
    # 「10時から6時」: an end before its beginning is in the afternoon
    value += 12 if not half and not before and value <= 7 else 0
    return f"{value % 24:02d}:{minute or '00'}"
