"""What a column, a table or a text holds, and whose it is: knows text and tables, never policies.

The questions, each a package or module that opens with its answer:

    columns     what does a column hold?            by headers (its names) and its values
    texts       what stands in a free text?         by recognizers, addresses, organisations, names, then nlp
    subjects    whose is a dataset, row, document?  partitions splits a dataset by whose its rows are
    uses        what is it used for?
    masking     does a name of a thing hide a person?
    people      are these two the same person?

They read `tags` (inputs and answers) and `vocabulary` (rows, not code), fold text by `normalize`, cut names by
`compounds` and look words up by `lexicon`. `evidence` words what an answer rests on.
"""
