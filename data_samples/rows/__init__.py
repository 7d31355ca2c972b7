"""Rows the generator draws from: names, places, goods, sentences."""
