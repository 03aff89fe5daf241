"""Exact two-sided p-values of Wilcoxon's signed rank test, by writing out every sign pattern.

    python3 clw-core/tests/oracles/signed_rank.py > clw-core/tests/golden/signed_rank.json

Standard library only (made with Python 3.11). For each sample the non-zero differences are
ranked with midranks, all 2^n sign patterns are enumerated, and p is the fraction of them whose
W+ lies at least as far from its mean as the observed one. No symmetry, recursion or table is
used: this is the definition. The fraction is printed, and the double nearest to it.
"""

import itertools
import json
import random
from fractions import Fraction

SEED = 20190401


def midranks(sizes):
    """The rank of each size, equal sizes sharing the mean of theirs."""
    return [
        Fraction(sum(other < size for other in sizes) * 2 + sum(other == size for other in sizes) + 1, 2)
        for size in sizes
    ]


def case(name, differences):
    used = [difference for difference in differences if difference != 0]
    ranks = midranks([abs(difference) for difference in used])
    mean = sum(ranks) / 2
    w_plus = sum((rank for rank, difference in zip(ranks, used) if difference > 0), Fraction(0))
    as_far = 0
    for pattern in itertools.product((0, 1), repeat=len(used)):
        w = sum((rank for rank, positive in zip(ranks, pattern) if positive), Fraction(0))
        as_far += abs(w - mean) >= abs(w_plus - mean)
    p = Fraction(as_far, 2 ** len(used))
    sizes = [abs(difference) for difference in used]
    return {
        "name": name,
        "differences": differences,
        "n-used": len(used),
        "zeros": len(differences) - len(used),
        "ties": sum(sizes.count(size) > 1 for size in sizes),
        "w-plus": float(w_plus),
        "p-fraction": f"{p.numerator}/{p.denominator}",
        "p": p.numerator / p.denominator,
    }


def cases():
    for n in range(1, 13):
        yield f"{n} without ties, all up", list(range(1, n + 1))
    yield "one down", [-3]
    yield "one and a zero", [0, 4]
    yield "two that cancel", [2, -2]
    yield "even split of one size", [1, -1, 1, -1, 1, -1]
    yield "one size, one against", [5, 5, 5, 5, 5, -5]
    yield "mostly zeros", [0] * 9 + [1, -2]
    yield "swemwbs hundredths", [125, -55, 330, 0, 64, 64, -64, 259, 73, -18]
    draw = random.Random(SEED)
    for n in range(2, 13):
        for kind, sizes in (("few sizes", 2), ("some ties", 5), ("star stages", 4)):
            lean = draw.choice((0.5, 0.7, 0.9))
            differences = [
                draw.randint(0, sizes) * (1 if draw.random() < lean else -1) for _ in range(n)
            ]
            if any(differences):
                yield f"{n} of {kind}, {lean} up", differences
    for n in range(4, 13):
        sizes = draw.sample(range(1, 400), n)
        yield f"{n} without ties, mixed", [draw.choice((-1, 1)) * size for size in sizes]
    for sizes in (1, 2, 3, 4, 6, 9, 20, 28):
        differences = [draw.randint(1, sizes) * draw.choice((-1, 1, 1)) for _ in range(12)]
        yield f"12 of at most {sizes} sizes", differences
    for n in range(3, 13, 3):
        differences = [draw.choice((-3, -1, 0, 0, 1, 2, 3)) for _ in range(n + 6)]
        used = [difference for difference in differences if difference][:12]
        yield f"zeros among {len(used)}", used + [0] * (n + 6 - len(used))


def main():
    rows = [case(name, differences) for name, differences in cases()]
    print("{")
    print(f'"made-by": "python3 clw-core/tests/oracles/signed_rank.py, seed {SEED}",')
    print('"cases": [')
    print(",\n".join(json.dumps(row) for row in rows))
    print("]}")


if __name__ == "__main__":
    main()
