"""presidio-analyzer, set up for Japanese: `python -m benchmarks.peers.presidio`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.peers.presidio_japanese import TYPES, engine
from benchmarks.peers.stream import Annotate, Found, serve_texts


def load() -> Annotate:
    """The analyzer's batch face."""
    from presidio_analyzer import BatchAnalyzerEngine

    batch = BatchAnalyzerEngine(analyzer_engine=engine())

    def annotate(texts: Sequence[str]) -> Iterator[list[Found]]:
        for results in batch.analyze_iterator(texts, language="ja", batch_size=32, entities=list(TYPES)):
            yield [Found(start=result.start, end=result.end, data_type=TYPES[result.entity_type]) for result in results]

    return annotate


if __name__ == "__main__":
    serve_texts(load)
