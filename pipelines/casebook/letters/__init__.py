"""The written answer (回答書): `content` says what it says, from the case alone; `making` puts it into a file.

`word` makes a .docx, `pdf` a PDF by Typst (`typesetting`, its only seam) with the font of `fonts/` in it. `locking` is
what an electronic answer is sent as.
"""
