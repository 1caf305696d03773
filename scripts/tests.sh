# The tests: every runner leaves a report, the reports are added up in one line.

reports="$root/artifacts/test-results"

# Suites: a reserved word, the project that holds it, the namespace of its tests.
test_suites="leak tests/AppHost.Tests/AppHost.Tests.csproj EmbedStack.AppHost.Tests.Leak."

run_tests() {
    local suite="" filter="" all=false
    while [ $# -gt 0 ]; do
        case "$1" in
            --filter) filter="${2:-}"; [ -n "$filter" ] || fail_usage "--filter takes a part of a test's name" "./embedstack test --help"; shift ;;
            --filter=*) filter="${1#*=}"; [ -n "$filter" ] || fail_usage "--filter takes a part of a test's name" "./embedstack test --help" ;;
            --all) all=true ;;
            --help | -h)
                say "usage: ./embedstack test [SUITE] [--filter X] [--all]"
                say "Sets up what is missing and runs the tests: .NET, web, Python. SUITE is one of: $(suite_names)."
                say "  leak       nobody sees another's rows: every role's charts, and every attack, on the running stack and with walls down"
                say "  --filter   only tests whose name contains X"
                say "  --all      also what takes long: every dashboard, chart, filter, drill and export, on the demo data,"
                say "             and every combination of walls down"
                return ;;
            -*) fail_usage "test has no option '$1'" "./embedstack test --help" ;;
            *)
                [ -n "$(suite_line "$1")" ] || fail_usage "there is no suite '$1', only: $(suite_names)" "./embedstack test --help"
                [ -z "$suite" ] || fail_usage "test takes one suite, not '$suite' and '$1'" "./embedstack test --help"
                suite="$1" ;;
        esac
        shift
    done
    take_setup_lock
    say "Setting up"
    setup_all native tests
    build all EmbedStack.sln $(offline_tests)
    release_setup_lock
    rm -rf "$reports"
    mkdir -p "$reports"
    if $all; then
        export EMBEDSTACK_TEST_SCALE="${EMBEDSTACK_TEST_SCALE:-demo}" EMBEDSTACK_TEST_ALL=true
    fi
    run_suite "$suite" "$filter" "$all"
}

suite_names() { printf '%s\n' "$test_suites" | cut -d' ' -f1 | paste -sd' '; }
suite_line() { printf '%s\n' "$test_suites" | awk -v name="$1" '$1 == name'; }

run_suite() {
    local failed=0 project namespace
    if [ -n "$1" ]; then
        read -r _ project namespace <<<"$(suite_line "$1")"
        [ "$1" != leak ] || test_python "$2" tests/test_walls.py || failed=1
        test_dotnet "$2" "$3" "$project" "$namespace" || failed=1
    else
        test_web "$2" || failed=1
        test_python "$2" || failed=1
        test_dotnet "$2" "$3" "$(find tests -name '*.csproj' | sort) $(offline_tests)" || failed=1
    fi
    clean_python "$venv/bin/python" scripts/test-summary.py "$reports" || failed=1
    return $failed
}

# The stand-in's own tests stand outside the solution; they run where it is in use.
offline_tests() { [ "$aspire_mode" != offline ] || printf '%s' offline/tests/Aspire.Hosting.Tests/Aspire.Hosting.Tests.csproj; }

test_web() {
    say "Web"
    (
        cd Web
        # The build checks types, and that the first page's script keeps to its budget.
        # Joined by hand: a failing command ends nothing in a function that is called under ||.
        { [ -n "$1" ] || { npm run --silent lint && npm run --silent build; }; } &&
            npx --no-install vitest run --passWithNoTests --reporter=default --reporter=junit --outputFile.junit="$reports/web.xml" ${1:+-t "$1"}
    )
}

# test_python FILTER [FILE]
test_python() {
    local code=0
    say "Python"
    (cd SupersetContainer && clean_python "$venv/bin/python" -m pytest --quiet --junitxml="$reports/python.xml" ${1:+-k "$1"} ${2:+"$2"}) || code=$?
    # 5: the filter matched no Python test; the sum tells when it matched none at all.
    [ "$code" -eq 0 ] || [ "$code" -eq 5 ]
}

# test_dotnet FILTER ALL PROJECTS [NAMESPACE]. Tests of category ByHand need what is not part of the repository, such as
# Aspire's own API listings; those of category All take too long for every run.
test_dotnet() {
    local project failed=0 chosen="Category!=ByHand"
    $2 || chosen+="&Category!=All"
    chosen+="${4:+&FullyQualifiedName~$4}${1:+&FullyQualifiedName~$1}"
    for project in $3; do
        say "$(basename "$project" .csproj)"
        # A test that hangs is named and ends the run, rather than CI's time doing it.
        env EMBEDSTACK_ASPIRE="$aspire_mode" dotnet test "$project" --no-build --nologo --verbosity quiet \
            --blame-hang-timeout 20m --blame-hang-dump-type none \
            --logger "console;verbosity=normal" --logger "trx;LogFileName=$(basename "$project" .csproj).trx" --results-directory "$reports" \
            --filter "$chosen" || failed=1
    done
    return $failed
}
