"""What a column, a table or a text holds, and whose it is: knows text and tables, never policies."""
