"""presidio-structured, set up for Japanese: `python -m benchmarks.peers.presidio_structured`."""

from __future__ import annotations

from benchmarks.peers.presidio_japanese import TYPES, engine
from benchmarks.peers.stream import Label, serve_tables


def load() -> Label:
    """Its analysis of a data frame: a column is what most of the finds in its cells are."""
    import pandas as pd
    from presidio_structured import PandasAnalysisBuilder

    builder = PandasAnalysisBuilder(analyzer=engine(), batch_size=32)

    def label(columns: dict[str, list[str]]) -> dict[str, str]:
        analysis = builder.generate_analysis(pd.DataFrame(columns), language="ja")
        return {name: TYPES[entity] for name, entity in analysis.entity_mapping.items() if entity in TYPES}

    return label


if __name__ == "__main__":
    serve_tables(load)
