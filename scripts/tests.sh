# The tests: every runner leaves a report, the reports are added up in one line.

reports="$root/artifacts/test-results"

run_tests() {
    local filter="" failed=0
    while [ $# -gt 0 ]; do
        case "$1" in
            --filter) filter="${2:-}"; [ -n "$filter" ] || fail_usage "--filter takes a part of a test's name" "./embedstack test --help"; shift ;;
            --filter=*) filter="${1#*=}" ;;
            --help | -h)
                say "usage: ./embedstack test [--filter X]"
                say "Sets up what is missing and runs every test: .NET, web, Python. --filter runs those whose name contains X."
                return ;;
            *) fail_usage "test has no option '$1'" "./embedstack test --help" ;;
        esac
        shift
    done
    say "Setting up"
    setup_all tests
    build all EmbedStack.sln $(offline_tests)
    rm -rf "$reports"
    mkdir -p "$reports"
    test_web "$filter" || failed=1
    test_python "$filter" || failed=1
    test_dotnet "$filter" || failed=1
    clean_python python3 scripts/test-summary.py "$reports" || failed=1
    return $failed
}

# The stand-in's own tests stand outside the solution; they run where it is in use.
offline_tests() { [ "$aspire_mode" != offline ] || printf '%s' offline/tests/Aspire.Hosting.Tests/Aspire.Hosting.Tests.csproj; }

test_web() {
    say "Web"
    (
        cd Web
        if [ -z "$1" ]; then
            npm run --silent lint
            npm run --silent typecheck
        fi
        npx --no-install vitest run --passWithNoTests --reporter=default --reporter=junit --outputFile.junit="$reports/web.xml" ${1:+-t "$1"}
    )
}

test_python() {
    local code=0
    say "Python"
    (cd SupersetContainer && clean_python "$venv/bin/python" -m pytest --quiet --junitxml="$reports/python.xml" ${1:+-k "$1"}) || code=$?
    # 5: the filter matched no Python test; the sum tells when it matched none at all.
    [ "$code" -eq 0 ] || [ "$code" -eq 5 ]
}

test_dotnet() {
    local project failed=0
    for project in $(find tests -name '*.csproj' | sort) $(offline_tests); do
        say "$(basename "$project" .csproj)"
        env EMBEDSTACK_ASPIRE="$aspire_mode" dotnet test "$project" --no-build --nologo --verbosity quiet \
            --logger "console;verbosity=normal" --logger "trx;LogFileName=$(basename "$project" .csproj).trx" --results-directory "$reports" \
            ${1:+--filter "FullyQualifiedName~$1"} || failed=1
    done
    return $failed
}
