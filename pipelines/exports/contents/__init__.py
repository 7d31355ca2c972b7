"""What the formats are given: rows of the register, and what is new in them."""
