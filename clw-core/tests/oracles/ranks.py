"""Signed ranks and the exact distribution of W⁺, in fractions and Python's integers."""

import itertools
from fractions import Fraction

import kit
from kit import mpf


def signed_ranks(values, zeros):
    """[(value, midrank)] of the non-zero values; with `pratt` the zeros are ranked first."""
    ranked = [v for v in values if v != 0] if zeros == "wilcox" else list(values)
    sizes = sorted(abs(v) for v in ranked)
    first, last = {}, {}
    for place, size in enumerate(sizes, 1):
        first.setdefault(size, place)
        last[size] = place
    return [(v, Fraction(first[abs(v)] + last[abs(v)], 2)) for v in ranked if v != 0]


def tail_counts(doubled, observed):
    """How many sign patterns have a doubled W⁺ of at most, and of at least, the observed one.

    The distribution is the product of the polynomials 1 + x^rank, in x = 2^bits. The upper tail is
    the lower tail of the mirrored sum; only as much of the product is kept as a tail needs.
    """
    bits = len(doubled) + 1

    def at_most(limit):
        keep = (1 << ((limit + 1) * bits)) - 1
        product = 1
        for rank in doubled:
            product = (product + (product << (rank * bits))) & keep
        field = (1 << bits) - 1
        total = 0
        for _ in range(limit + 1):
            total += product & field
            product >>= bits
        return total

    def lower(limit):
        if limit < 0:
            return 0
        if 2 * limit > sum(doubled):
            return 2 ** len(doubled) - lower(sum(doubled) - limit - 1)
        return at_most(limit)

    return lower(observed), lower(sum(doubled) - observed)


def exact_p(ranks):
    """Less, greater and two-sided p of W⁺ as fractions, conditional on the ranks."""
    doubled = [int(2 * rank) for _, rank in ranks]
    observed = sum(int(2 * rank) for value, rank in ranks if value > 0)
    at_most, at_least = tail_counts(doubled, observed)
    patterns = 2 ** len(ranks)
    less, greater = Fraction(at_most, patterns), Fraction(at_least, patterns)
    return {"two-sided": min(Fraction(1), 2 * min(less, greater)), "less": less, "greater": greater}


def enumerated_p(ranks):
    """The same by writing out all sign patterns: the definition."""
    mean = sum(rank for _, rank in ranks) / 2
    observed = sum(rank for value, rank in ranks if value > 0)
    less = greater = as_far = 0
    for signs in itertools.product((0, 1), repeat=len(ranks)):
        w = sum(rank for (_, rank), up in zip(ranks, signs) if up)
        less += w <= observed
        greater += w >= observed
        as_far += abs(w - mean) >= abs(observed - mean)
    patterns = 2 ** len(ranks)
    return {
        "two-sided": Fraction(as_far, patterns),
        "less": Fraction(less, patterns),
        "greater": Fraction(greater, patterns),
    }


def normal_p(ranks, corrected):
    """z and p by the normal approximation: variance Σ rank²/4, half a rank of correction or none.

    Σ rank²/4 is n(n + 1)(2n + 1)/24 less the terms for ties and, with `pratt`, for zeros.
    """
    observed = sum(rank for value, rank in ranks if value > 0)
    distance = observed - sum(rank for _, rank in ranks) / 2
    sd = kit.root(sum(rank * rank for _, rank in ranks) / 4)
    half = Fraction(1, 2) if corrected else Fraction(0)
    nearer = max(abs(distance) - half, Fraction(0)) * (1 if distance > 0 else -1)
    z = kit.real(nearer) / sd
    return {
        "two-sided": min(mpf(1), 2 * kit.normal_sf(abs(z))),
        "less": kit.normal_cdf(kit.real(distance + half) / sd),
        "greater": kit.normal_sf(kit.real(distance - half) / sd),
    }, z


def untied_at_most(n):
    """How many of the 2ⁿ sign patterns of the ranks 1 to n have each W⁺."""
    counts = [1]
    for rank in range(1, n + 1):
        longer = counts + [0] * rank
        for w, count in enumerate(counts):
            longer[w + rank] += count
        counts = longer
    return counts
