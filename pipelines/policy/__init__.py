"""A company's published policy: read from a document, drafted as data, and one wording laid beside another."""
