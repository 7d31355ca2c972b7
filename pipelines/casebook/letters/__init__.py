"""The written answer (回答書): what it says, from the case alone, and the document it is put into."""
