"""NIST univariate reference sets as whole steps, with their certified values.

    python3 clw-core/tests/oracles/nist_univariate.py > clw-core/tests/golden/nist_univariate.json

Data and certified values: NIST Statistical Reference Datasets, Univariate Summary Statistics,
https://www.itl.nist.gov/div898/strd/univ/homepage.html (public domain). Every value is a decimal
with few digits, so it is a whole number of steps of 1/steps-per-unit. The script checks the
transcription: from exact fractions, the certified 15 digits must come out.

PiDigits stands as how often each digit occurs in NIST's file, which is not the first 5,000 digits
of pi: their sum is 22,679, that of the file and of its certified mean 22,674.
"""

import json
from collections import Counter
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60

LOTTERY = """
162 671 933 414 788 730 817 33 536 875 670 236 473 167 877 980 316 950 456 92 517 557 956 954
104 178 794 278 147 773 437 435 502 610 582 780 689 562 964 791 28 97 848 281 858 538 660 972
671 613 867 448 738 966 139 636 847 659 754 243 122 455 195 968 793 59 730 361 574 522 97 762
431 158 429 414 22 629 788 999 187 215 810 782 47 34 108 986 25 644 829 630 315 567 919 331 207
412 242 607 668 944 749 168 864 442 533 805 372 63 458 777 416 340 436 140 919 350 510 572 905
900 85 389 473 758 444 169 625 692 140 897 672 288 312 860 724 226 884 508 976 741 476 417 831
15 318 432 241 114 799 955 833 358 935 146 630 830 440 642 356 373 271 715 367 393 190 669 8 861
108 795 269 590 326 866 64 523 862 840 219 382 998 4 628 305 747 247 34 747 729 645 856 974 24
568 24 694 608 480 410 729 947 293 53 930 223 203 677 227 62 455 387 318 562 242 428 968
"""
LEW = """
-213 -564 -35 -15 141 115 -420 -360 203 -338 -431 194 -220 -513 154 -125 -559 92 -21 -579 -52 99
-543 -175 162 -457 -346 204 -300 -474 164 -107 -572 -8 83 -541 -224 180 -420 -374 201 -236 -531
83 27 -564 -112 131 -507 -254 199 -311 -495 143 -46 -579 -90 136 -472 -338 202 -287 -477 169
-124 -568 17 48 -568 -135 162 -430 -422 172 -74 -577 -13 92 -534 -243 194 -355 -465 156 -81 -578
-64 139 -449 -384 193 -198 -538 110 -44 -577 -6 66 -552 -164 161 -460 -344 205 -281 -504 134 -28
-576 -118 156 -437 -381 200 -220 -540 83 11 -568 -160 172 -414 -408 188 -125 -572 -32 139 -492
-321 205 -262 -504 142 -83 -574 0 48 -571 -106 137 -501 -266 190 -391 -406 194 -186 -553 83 -13
-577 -49 103 -515 -280 201 300 -506 131 -45 -578 -80 138 -462 -361 201 -211 -554 32 74 -533 -235
187 -372 -442 182 -147 -566 25 68 -535 -244 194 -351 -463 174 -125 -570 15 72 -550 -190 172 -424
-385 198 -218 -536 96
"""
MAVRO = """
2.0018 2.0017 2.0018 2.0019 2.0018 2.0017 2.0015 2.0014 2.0015 2.0015 2.0017 2.0018 2.0018
2.0019 2.0019 2.0021 2.0020 2.0016 2.0014 2.0013 2.0013 2.0015 2.0015 2.0016 2.0015 2.0014
2.0013 2.0014 2.0015 2.0014 2.0015 2.0016 2.0015 2.0016 2.0019 2.0020 2.0020 2.0021 2.0022
2.0023 2.0024 2.0025 2.0027 2.0026 2.0026 2.0026 2.0027 2.0026 2.0025 2.0024
"""
MICHELSO = """
299.85 299.74 299.90 300.07 299.93 299.85 299.95 299.98 299.98 299.88 300.00 299.98 299.93
299.65 299.76 299.81 300.00 300.00 299.96 299.96 299.96 299.94 299.96 299.94 299.88 299.80
299.85 299.88 299.90 299.84 299.83 299.79 299.81 299.88 299.88 299.83 299.80 299.79 299.76
299.80 299.88 299.88 299.88 299.86 299.72 299.72 299.62 299.86 299.97 299.95 299.88 299.91
299.85 299.87 299.84 299.84 299.85 299.84 299.84 299.84 299.89 299.81 299.81 299.82 299.80
299.77 299.76 299.74 299.75 299.76 299.91 299.92 299.89 299.86 299.88 299.72 299.84 299.85
299.85 299.78 299.89 299.84 299.78 299.81 299.76 299.81 299.79 299.81 299.82 299.85 299.87
299.87 299.81 299.74 299.81 299.94 299.95 299.80 299.81 299.87
"""


PI_DIGITS = [466, 531, 496, 461, 508, 525, 513, 488, 491, 521]


def around(middle):
    """NumAcc2 to NumAcc4: the middle, then 500 times a step below it and a step above."""
    return [middle] + [middle - 1, middle + 1] * 500


def steps(text, steps_per_unit):
    values = [Decimal(value) * steps_per_unit for value in text.split()]
    assert all(value == int(value) for value in values)
    return [int(value) for value in values]


SETS = [
    ("Lottery", 1, steps(LOTTERY, 1), "518.958715596330", "291.699727470969"),
    ("Lew", 1, steps(LEW, 1), "-177.435000000000", "277.332168044316"),
    ("Mavro", 10000, steps(MAVRO, 10000), "2.00185600000000", "0.000429123454003053"),
    ("Michelso", 100, steps(MICHELSO, 100), "299.852400000000", "0.0790105478190518"),
    ("NumAcc1", 1, [10000001, 10000003, 10000002], "10000002", "1"),
    ("NumAcc2", 10, around(12), "1.2", "0.1"),
    ("NumAcc3", 10, around(10000002), "1000000.2", "0.1"),
    ("NumAcc4", 10, around(100000002), "10000000.2", "0.1"),
    (
        "PiDigits",
        1,
        [digit for digit, times in enumerate(PI_DIGITS) for _ in range(times)],
        "4.53480000000000",
        "2.86733906028871",
    ),
]


def check(name, per_unit, values, mean, sd):
    n = len(values)
    exact_mean = Fraction(sum(values), n * per_unit)
    squares = n * sum(v * v for v in values) - sum(values) ** 2
    variance = Fraction(squares, n * (n - 1) * per_unit**2)
    exact_sd = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    exact_mean = Decimal(exact_mean.numerator) / Decimal(exact_mean.denominator)
    for exact, certified in ((exact_mean, mean), (exact_sd, sd)):
        assert abs(exact - Decimal(certified)) <= abs(exact) * Decimal("5e-15"), (name, exact)


def main():
    rows = []
    for name, per_unit, values, mean, sd in SETS:
        check(name, per_unit, values, mean, sd)
        counts = sorted(Counter(values).items())
        row = {"name": name, "n": len(values), "steps-per-unit": per_unit}
        rows.append({**row, "mean": float(mean), "sd": float(sd), "counts": counts})
    print("{")
    print('"made-by": "python3 clw-core/tests/oracles/nist_univariate.py, data and values by NIST",')
    print('"cases": [')
    print(",\n".join(json.dumps(row) for row in rows))
    print("]}")


if __name__ == "__main__":
    main()
