"""What databases answer when they refuse, by their own codes, in our own words."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, NoSuchTableError

from pipelines.stores import Reason, StoreError, failures

Meaning = tuple[Reason, str]

_DENIED: Meaning = ("denied", "接続または参照の権限がありません")
_SLOW: Meaning = ("timed_out", "制限時間内に読み終わりません")
_SILENT: Meaning = ("timed_out", "サーバーが制限時間内に応答しません。稼働状況を確かめてください")
_TLS: Meaning = ("unreachable", "通信の暗号化（TLS）の設定が接続先と合いません")
_WRITES: Meaning = ("denied", "読むと書き込みが起きるビューのため、読みません")
_GONE: Meaning = ("missing", "データベースまたは表がありません")
_BUSY: Meaning = ("locked", "ほかの処理が使用中です。時間をおいて再実行してください")
_BROKEN: Meaning = ("broken", "データベースまたはビューの内容が壊れています")
_UNREACHABLE: Meaning = ("unreachable", "データベースに接続できません。稼働状況と接続先を確かめてください")

_BY_CODE: dict[str, Meaning] = {
    # PostgreSQL's SQLSTATE, by its first letters
    "28": _DENIED,
    "42501": _DENIED,
    "3D": _GONE,
    "42P01": _GONE,
    "57014": _SLOW,
    "25006": _WRITES,
    "55P03": _BUSY,
    # SQLite's result codes, by their first letters
    "SQLITE_NOTADB": _BROKEN,
    "SQLITE_CORRUPT": _BROKEN,
    "SQLITE_ERROR": _BROKEN,
    "SQLITE_IOERR": _BROKEN,
    "SQLITE_MISMATCH": _BROKEN,
    "SQLITE_FORMAT": _BROKEN,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": _BUSY,
    "SQLITE_CANTOPEN": _DENIED,
    "SQLITE_PERM": _DENIED,
    "SQLITE_AUTH": _DENIED,
    "SQLITE_TOOBIG": ("too_large", "1件の大きさが上限を超えています"),
    # MySQL's and MariaDB's error numbers
    **dict.fromkeys(("1044", "1045", "1142", "1143", "1227"), _DENIED),
    **dict.fromkeys(("1049", "1146"), _GONE),
    **dict.fromkeys(("3024", "1969"), _SLOW),
    "1205": _BUSY,
    "1792": _WRITES,
    "3159": _TLS,
}


_CONNECTING: tuple[tuple[tuple[str, ...], Meaning], ...] = (
    (("timeout expired", "timed out"), _SILENT),
    (("no encryption", "SSL", "暗号化なし", "暗号化無し"), _TLS),
    (("authentication failed", "no password supplied", "pg_hba.conf", "認証に失敗", "permission denied"), _DENIED),
    (('role "', "ロール"), _DENIED),
    (('database "', 'データベース"'), _GONE),
)
"""PostgreSQL's client gives no code with a connection that failed, only the server's words, in the server's language.
They are looked at, never shown."""


def reworded(error: Exception) -> StoreError:
    """The StoreError that says what a database stumbled over."""
    if isinstance(error, NoSuchTableError):
        return StoreError(*_GONE)
    driver = error.orig if isinstance(error, DBAPIError) else error
    codes = [getattr(driver, name, None) for name in ("sqlstate", "pgcode", "sqlite_errorname")]
    codes += [str(number) for number in getattr(driver, "args", ())[:1] if isinstance(number, int)]
    for code in filter(None, codes):
        for start, meant in _BY_CODE.items():
            if code.startswith(start):
                return StoreError(*meant)
    if isinstance(error, DBAPIError):
        return StoreError(*_uncoded(driver))
    return failures.reworded(error)


def _uncoded(driver: BaseException | None) -> Meaning:
    if isinstance(driver, sqlite3.Error):
        return _BROKEN
    # PyMySQL says that a read took too long by what its error came from
    if driver is not None and isinstance(driver.__context__, TimeoutError):
        return _SILENT
    said = str(driver)
    return next((meant for words, meant in _CONNECTING if any(word in said for word in words)), _UNREACHABLE)
