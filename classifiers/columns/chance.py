"""Check digits against chance: one random number in ten passes one, so a pass rate says something only beyond that."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

BEYOND = 1e-4
"""A pass rate is beyond chance where chance alone would reach it less often than this."""


def tail(passed: int, tried: int, chance: float) -> float:
    """P(at least `passed` of `tried` pass), each with probability `chance` (upper tail of the binomial distribution).

    >>> round(tail(2, 20, 0.0996), 2), tail(20, 20, 0.0996) < 1e-19
    (0.61, True)
    """
    if passed <= 0 or chance >= 1:
        return 1.0
    if chance <= 0:
        return 0.0
    terms = (
        lgamma(tried + 1) - lgamma(k + 1) - lgamma(tried - k + 1) + k * log(chance) + (tried - k) * log1p(-chance)
        for k in range(passed, tried + 1)
    )
    return min(1.0, sum(map(exp, terms)))
