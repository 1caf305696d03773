"""Adds up the reports of all test runners (JUnit XML and TRX) in one line."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of one report."""
    tree = ET.parse(report).getroot()
    if report.suffix == ".trx":
        outcomes = [e.get("outcome") for e in tree.iter() if e.tag.endswith("}UnitTestResult")]
        skipped = outcomes.count("NotExecuted")
        passed = outcomes.count("Passed")
        return passed, len(outcomes) - passed - skipped, skipped
    cases = list(tree.iter("testcase"))
    failed = sum(1 for c in cases if c.find("failure") is not None or c.find("error") is not None)
    skipped = sum(1 for c in cases if c.find("skipped") is not None)
    return len(cases) - failed - skipped, failed, skipped


def main() -> int:
    reports = sorted(p for p in Path(sys.argv[1]).iterdir() if p.suffix in {".xml", ".trx"})
    sums = [sum(column) for column in zip(*(counts(p) for p in reports))] or [0, 0, 0]
    passed, failed, skipped = sums
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
