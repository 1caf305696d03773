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
    take_setup_lock
    say "Setting up"
    setup_all native tests
    build all EmbedStack.sln $(offline_tests)
    release_setup_lock
    rm -rf "$reports"
    mkdir -p "$reports"
    test_web "$filter" || failed=1
    test_python "$filter" || failed=1
    test_dotnet "$filter" || failed=1
    clean_python "$venv/bin/python" scripts/test-summary.py "$reports" || failed=1
    return $failed
}

# The stand-in's own tests stand outside the solution; they run where it is in use.
offline_tests() { [ "$aspire_mode" != offline ] || printf '%s' offline/tests/Aspire.Hosting.Tests/Aspire.Hosting.Tests.csproj; }

test_web() {
    say "Web"
    (
        cd Web
        # Joined by hand: a failing command ends nothing in a function that is called under ||.
        { [ -n "$1" ] || { npm run --silent lint && npm run --silent typecheck; }; } &&
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

# Tests of category ByHand need what is not part of the repository, such as Aspire's own API listings.
test_dotnet() {
    local project failed=0
    for project in $(find tests -name '*.csproj' | sort) $(offline_tests); do
        say "$(basename "$project" .csproj)"
        env EMBEDSTACK_ASPIRE="$aspire_mode" dotnet test "$project" --no-build --nologo --verbosity quiet \
            --logger "console;verbosity=normal" --logger "trx;LogFileName=$(basename "$project" .csproj).trx" --results-directory "$reports" \
            --filter "Category!=ByHand${1:+&FullyQualifiedName~$1}" || failed=1
    done
    return $failed
}
