# What a part of the tests counted: reads its output, prints "PASSED FAILED".
#
# Two forms are known: cargo's line for each binary, and `N passed, N failed` as a script's last line.
# A part that ended badly (-v status=N) without a failed test, or that counted nothing, is one failure.

/^test result: / { passed += $4; failed += $6; of_cargo = 1 }
{ last = $0 }
END {
    if (!of_cargo && last ~ /^[0-9]+ passed, [0-9]+ failed$/) {
        split(last, word, " ")
        passed = word[1]
        failed = word[3]
    }
    if (failed == 0 && (status != 0 || passed == 0)) failed = 1
    print passed + 0, failed + 0
}
