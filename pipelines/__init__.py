"""Runs it all: stores, flows, the register, reports, look-ups and the command line."""
