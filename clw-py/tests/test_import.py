"""What `import clw` costs: no library beside it, and little time."""

import subprocess
import sys

COST = """
import sys, time
before, begun = set(sys.modules), time.process_time()
import clw
print(time.process_time() - begun)
names = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*names - sys.stdlib_module_names)
"""


def imported() -> tuple[float, set[str]]:
    done = subprocess.run([sys.executable, "-c", COST], check=True, capture_output=True, text=True)
    seconds, modules = done.stdout.splitlines()
    return float(seconds), set(modules.split())


def test_the_import_takes_no_other_library_and_under_60_ms() -> None:
    runs = [imported() for _ in range(5)]
    assert all(modules == {"clw"} for _, modules in runs)
    assert min(seconds for seconds, _ in runs) < 0.06
