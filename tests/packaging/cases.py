"""Cases run one after another: a line for each, the count last."""

import sys
import traceback


def run(cases):
    """Run each `(name, case)` whose name holds the script's argument, if there is one; give the exit code."""
    passed = failed = 0
    for name, case in cases:
        if len(sys.argv) > 1 and sys.argv[1] not in name:
            continue
        try:
            case()
        except Exception as error:  # whatever went wrong, the other cases still run
            failed += 1
            place = traceback.extract_tb(error.__traceback__)[-1]
            print(f"FAILED {name}: line {place.lineno}, {place.line}\n{type(error).__name__}: {error}", flush=True)
        else:
            passed += 1
            print(f"ok {name}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0
