"""A fictional company: its stores, its declarations and its answer key. Everybody and everything in it is invented."""
