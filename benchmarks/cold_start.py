"""Owns the benchmark of cold starts: whole processes of the commands, in turn with a bare start of Python."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import numpy": [sys.executable, "-c", "import numpy"],
    "import creditor": [sys.executable, "-c", "import creditor"],
    "creditor --help": [sys.executable, "-m", "creditor", "--help"],
    "creditor who USA": [sys.executable, "-m", "creditor", "who", "USA", "--json"],
    "creditor who USA --through": [sys.executable, "-m", "creditor", "who", "USA", "--through", "--json"],
    "creditor who USA --through, table": [sys.executable, "-m", "creditor", "who", "USA", "--through"],
    "creditor path ITA": [sys.executable, "-m", "creditor", "path", "ITA"],
    "creditor rules ITA": [sys.executable, "-m", "creditor", "rules", "ITA"],
    "creditor effort ITA": [sys.executable, "-m", "creditor", "effort", "ITA"],
    "creditor model run sim --plot": [sys.executable, "-m", "creditor", "model", "run", "sim", "--plot"],
}
ROUNDS = 7


def main() -> None:
    """Time every command in turn, after one round that is not counted, and print medians."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for round_number in range(ROUNDS + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if round_number:
                times[name].append(time.perf_counter() - start)
    bare = statistics.median(times["python -c pass"])
    print(f"{'command':36} {'seconds':>8} {'less bare start':>16} {'ratio':>7}")
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"{name:36} {middle:8.3f} {middle - bare:16.3f} {middle / bare:7.1f}")


if __name__ == "__main__":
    main()
