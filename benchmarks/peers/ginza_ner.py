"""GiNZA's entities: `python -m benchmarks.peers.ginza_ner [--alone] [--numpy]`.

Without a flag it is what `spacy.load("ja_ginza")` gives. `--alone` leaves out every step that the entity recognizer
does without, `--numpy` takes NumPy's matrix kernels instead of blis's, which picks generic ones on some processors.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from benchmarks.peers.stream import Annotate, Found, serve_texts

TYPES = {
    "Person": "person_name",
    "Company": "organization_name",
    "Company_Group": "organization_name",
    "Corporation_Other": "organization_name",
    "Organization_Other": "organization_name",
    "Research_Institute": "organization_name",
    "School": "organization_name",
    "Public_Institution": "organization_name",
    "Postal_Address": "address",
    "Province": "address",
    "City": "address",
    "County": "address",
    "Phone_Number": "phone",
    "Email": "email",
    "URL": "url",
}
"""GiNZA's labels → data types."""
UNUSED = ["parser", "morphologizer", "attribute_ruler", "compound_splitter", "bunsetu_recognizer"]
"""Steps of the model that the entity recognizer does without."""


def load() -> Annotate:
    """The model, as the flags of the command line want it."""
    import spacy

    if "--numpy" in sys.argv:
        from thinc.api import NumpyOps, set_current_ops

        set_current_ops(NumpyOps(use_blis=False))
    model = spacy.load("ja_ginza", exclude=UNUSED if "--alone" in sys.argv else [])

    def annotate(texts: Sequence[str]) -> Iterator[list[Found]]:
        for document in model.pipe(texts, batch_size=32):
            yield [
                Found(start=entity.start_char, end=entity.end_char, data_type=TYPES[entity.label_])
                for entity in document.ents
                if entity.label_ in TYPES
            ]

    return annotate


if __name__ == "__main__":
    serve_texts(load)
