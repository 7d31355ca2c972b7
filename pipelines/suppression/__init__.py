"""The stop list (停止リスト): whose data must not be provided or used, known by keyed hashes alone.

`hashing` makes the hashes, `forms` says what of a person is hashed and what of a cell is held against them, `book`
keeps the list, `screening` answers of whole batches of rows, `exports` filters what is about to leave.
"""
