"""The parts of the HTML page: what it embeds, what it draws."""
