"""Other products, and this one, each as a program that reads and writes JSON lines; the standard library alone."""
