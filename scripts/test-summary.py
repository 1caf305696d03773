"""Says which tests failed and why, from all test runners' reports (JUnit XML and TRX) in folders, then adds them up in one line."""

import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# More would hide the sum; each report has all.
NAMED = 40
WIDTH = 300


class Outcome(NamedTuple):
    """What became of one test: passed, failed or skipped, and for a failed one the first line of why."""

    test: str
    result: str
    why: str = ""


def outcomes(report: Path) -> Iterator[Outcome]:
    """Each test of one report; what cannot be read counts as one that failed."""
    try:
        tree = ET.parse(report).getroot()
    except ET.ParseError as problem:
        yield Outcome(report.name, "failed", f"it is no report: {problem}")
        return
    yield from trx(tree) if report.suffix == ".trx" else junit(tree)


def trx(tree: ET.Element) -> Iterator[Outcome]:
    for result in tree.iterfind(".//{*}UnitTestResult"):
        test = result.get("testName", "")
        match result.get("outcome"):
            case "Passed":
                yield Outcome(test, "passed")
            case "NotExecuted":
                yield Outcome(test, "skipped")
            case other:
                yield Outcome(test, "failed", first_line(result.findtext(".//{*}ErrorInfo/{*}Message") or other or ""))


def junit(tree: ET.Element) -> Iterator[Outcome]:
    for case in tree.iter("testcase"):
        test = f"{case.get('classname', '')}.{case.get('name', '')}"
        failure = next((child for child in case if child.tag in ("failure", "error")), None)
        if failure is not None:
            yield Outcome(test, "failed", first_line(failure.get("message") or failure.text or ""))
        else:
            yield Outcome(test, "skipped" if case.find("skipped") is not None else "passed")


def first_line(text: str) -> str:
    return next((line.strip()[:WIDTH] for line in text.splitlines() if line.strip()), "")


def main() -> int:
    folders = [Path(folder) for folder in sys.argv[1:]]
    reports = sorted(p for folder in folders for p in folder.iterdir() if p.suffix in {".xml", ".trx"})
    failed = passed = skipped = 0
    for report in reports:
        for test, result, why in outcomes(report):
            passed += result == "passed"
            skipped += result == "skipped"
            failed += result == "failed"
            if result == "failed" and failed <= NAMED:
                name = report.stem if len(folders) == 1 else f"{report.parent.name}/{report.stem}"
                print(f"failed  {name}: {test}\n        {why}")
    if failed > NAMED:
        print(f"failed  {failed - NAMED} more: see {', '.join(sys.argv[1:])}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
