# The tests: every runner leaves a report, the reports are added up in one line.

reports="$root/artifacts/test-results"

# Suites: a reserved word, the lanes of its tests.
declare -A suite_lanes=([leak]="leak_in_stack" [smoke]="smoke_in_stack documents" [containers]="in_containers")
# In containers: what starts a stack, one after the other.
declare -A container_lanes=([leak]="leak_in_stack" [containers]="in_containers" [none]="every_stack")
#if (clinics)
suite_lanes+=([leak]="leak_in_stack leak_in_python" [faults]="faults_in_stack" [restart]="restart_in_stack" [image]="image_in_python")
container_lanes+=([faults]="faults_in_stack" [restart]="restart_in_stack")
#endif
#if (origin)
suite_lanes+=([template]="template_in_folders")
#endif

run_tests() {
    local suite="" filter="" all=false runtime=native lanes problem
    while [ $# -gt 0 ]; do
        case "$1" in
            --filter)
                filter="${2:-}"
                [ -n "$filter" ] || fail_usage "--filter takes a part of a test's name" "./embedstack test --help"
                shift
                ;;
            --filter=*)
                filter="${1#*=}"
                [ -n "$filter" ] || fail_usage "--filter takes a part of a test's name" "./embedstack test --help"
                ;;
            --all) all=true ;;
            --runtime)
                runtime="${2:-nothing}"
                shift $(($# > 1))
                ;;
            --runtime=*) runtime="${1#*=}" ;;
            --help | -h)
                say "usage: ./embedstack test [SUITE] [--filter X] [--all] [--runtime native|container]"
                say "Sets up what is missing and runs the tests: .NET, web, Python. SUITE is one of: $(suite_names)."
                say "  leak       nobody sees another's rows: every role's charts, and every attack, on the running stack and with walls down"
                #if (clinics)
                say "  faults     parts die one by one while clinics look at their charts, and access is taken away meanwhile"
                say "  restart    a stack is stopped and another started on its data, with a later Superset: sign-in and figures stay right"
                say "  image      Superset's image by itself: what it does, and what whoever breaks into it finds"
                #endif
                say "  containers leak, and whatever else is for containers, with the backing services there; not run where there can be none"
                say "  smoke      a few minutes: the solution builds, a dashboard embeds, nobody sees another's rows, documents are true"
                #if (origin)
                say "  template   what 'dotnet new' makes of this repository is built, started and tested in a folder of its own; --all: every combination"
                #endif
                say "  --filter   only tests whose name contains X"
                say "  --all      also what takes long: every dashboard, chart, filter, drill and export, on the demo data,"
                say "             and every combination of walls down"
                say "  --runtime  container: the distributed tests alone, with the backing services in containers"
                return
                ;;
            -*) fail_usage "test has no option '$1'" "./embedstack test --help" ;;
            *)
                [ -n "${suite_lanes[$1]:-}" ] || fail_usage "there is no suite '$1', only: $(suite_names)" "./embedstack test --help"
                [ -z "$suite" ] || fail_usage "test takes one suite, not '$suite' and '$1'" "./embedstack test --help"
                suite="$1"
                ;;
        esac
        shift
    done
    check_runtime "$runtime" "./embedstack test --help"
    if [ "$suite" = containers ]; then
        runtime=container
        problem="$(containers_problem)"
        if [ -n "$problem" ]; then
            [ "${EMBEDSTACK_CONTAINERS:-}" != required ] || fail containers "$problem" "run it where they are to be had, or without EMBEDSTACK_CONTAINERS=required"
            skip_suite containers "$problem"
            return
        fi
    fi
    lanes="${suite_lanes[${suite:-none}]:-whole_stack everything_else}"
    if [ "$runtime" = container ]; then
        lanes="${container_lanes[${suite:-none}]:-}"
        [ -n "$lanes" ] || fail_usage "suite '$suite' starts no stack" "./embedstack test $suite"
        export EMBEDSTACK_TEST_RUNTIME=container
    fi
    take_setup_lock
    say "Setting up"
    case "$suite" in
        #if (clinics)
        # The image's own tests need servers and a Superset of this machine beside.
        image | containers)
            setup_all native tests
            setup_containers
            EMBEDSTACK_SUPERSET_IMAGE="$(superset_image_by_hand)"
            export EMBEDSTACK_SUPERSET_IMAGE
            ;;
        #endif
        *) setup_all "$runtime" tests ;;
    esac
    build all EmbedStack.sln $(offline_tests)
    finish_setup
    # What the stack serves must not be built under it.
    if serves_built_web; then
        step "Web (built)" "read the compiler's message" npm run --prefix Web --silent build
    fi
    release_setup_lock
    rm -rf "$reports"
    mkdir -p "$reports"
    if $all; then
        export EMBEDSTACK_TEST_SCALE="${EMBEDSTACK_TEST_SCALE:-demo}" EMBEDSTACK_TEST_ALL=true
    fi
    [ "$runtime" = native ] || sweep_containers
    run_suites $lanes
}

# skip_suite NAME WHY: a report that counts it as skipped.
skip_suite() {
    say "$1: not run, since $2"
    rm -rf "$reports"
    mkdir -p "$reports"
    printf '<testsuite><testcase classname="%s" name="all"><skipped/></testcase></testsuite>\n' "$1" >"$reports/$1.xml"
    say "0 passed, 0 failed, 1 skipped"
}

suite_names() { printf '%s\n' "${!suite_lanes[@]}" | sort | paste -sd' '; }

# run_suites LANE…; a lane's suites go by run_tests' filter and all.
run_suites() {
    local failed=0
    run_lanes "$@" || failed=1
    clean_python "$(summing_python)" scripts/test-summary.py "$reports" || failed=1
    return $failed
}

summing_python() { if [ -x "$venv/bin/python" ]; then printf '%s' "$venv/bin/python"; else command -v python3; fi; }

every_stack() {
    example_in_containers
    whole_stack
}

in_containers() {
    example_in_containers
    #if (clinics)
    restart_in_stack
    #endif
    suite AppHost.Tests test_dotnet AppHost.Tests "$leak_tests|Category=Smoke"
    #if (clinics)
    image_in_python
    #endif
}

example_in_containers() { suite Superset.Example.Tests test_dotnet Superset.Example.Tests; }

# What starts a whole stack has a lane of its own, one stack after the other.
whole_stack() {
    suite AppHost.Tests test_dotnet AppHost.Tests
    suite Https.Tests test_dotnet Https.Tests
    #if (clinics)
    restart_in_stack
    #endif
}

everything_else() {
    local project
    suite Web test_web
    suite Python test_python
    for project in $(grep -rl --include='*.csproj' Microsoft.NET.Test.Sdk tests | sort) $(offline_tests); do
        project="$(basename "$project" .csproj)"
        case "$project" in AppHost.Tests | Https.Tests | Restart.Tests) ;; *) suite "$project" test_dotnet "$project" ;; esac
    done
    #if (clinics)
    faults_in_stack
    #endif
}

#if (clinics)
# Parts of a stack of their own die: no other test wants to share it. One Superset of two is among them, and edges and Apis are apart,
# as in production.
faults_in_stack() { EMBEDSTACK_TEST_SUPERSETS=2 EMBEDSTACK_TEST_APIS=2 EMBEDSTACK_TEST_EDGES=2 suite Faults test_dotnet AppHost.Tests "" Faults; }

#endif
leak_tests=FullyQualifiedName~EmbedStack.AppHost.Tests.Leak.
leak_in_stack() { suite AppHost.Tests test_dotnet AppHost.Tests "$leak_tests"; }
#if (clinics)
restart_in_stack() { suite Restart.Tests test_dotnet Restart.Tests; }
image_in_python() { suite Python test_python tests/test_image.py; }
leak_in_python() { suite Python test_python tests/test_walls.py; }
#endif

# A stack's main job, by tests of that category.
smoke_in_stack() { suite Smoke test_dotnet AppHost.Tests "" Smoke; }
documents() { suite Repository.Tests test_dotnet Repository.Tests; }
#if (origin)
template_in_folders() {
    suite Template.Tests test_dotnet Template.Tests
    suite Generated test_dotnet Template.Tests "" Generated
}
#endif

# The stand-in's own tests stand outside the solution; they run where it is in use.
offline_tests() { [ "$aspire_mode" != offline ] || [ ! -d offline ] || printf '%s' offline/tests/Aspire.Hosting.Tests/Aspire.Hosting.Tests.csproj; }

serves_built_web() { [ "${EMBEDSTACK_TEST_WEB:-built}" = built ]; }

test_web() (
    cd Web
    # The build checks types, and that the first page's script keeps to its budget.
    # Joined by hand: a failing command ends nothing in a function that is called under ||.
    { [ -n "$filter" ] || { npm run --silent lint && { serves_built_web || npm run --silent build; }; }; } &&
        npx --no-install vitest run --passWithNoTests --reporter=default --reporter=junit --outputFile.junit="$reports/web.xml" ${filter:+-t "$filter"}
)

# test_python [FILE]
test_python() {
    local code=0
    (cd SupersetContainer && clean_python "$venv/bin/python" -m pytest --quiet --junitxml="$reports/python.xml" ${filter:+-k "$filter"} ${1:+"$1"}) || code=$?
    # 5: the filter matched no Python test; the sum tells when it matched none at all.
    [ "$code" -eq 0 ] || [ "$code" -eq 5 ]
}

# test_dotnet PROJECT [FILTER [CATEGORY]], as it was built last. Tests of category ByHand need what is not part of the
# repository, such as Aspire's own API listings; those of category All take too long for every run; those of Faults are a suite,
# and those of Generated, which build a whole product each, a part of one.
test_dotnet() {
    local chosen="Category!=ByHand&Category${3:+=}${3:-!=Faults&Category!=Generated}" report="${3:-$1}" patience=20m
    # One test is a whole product: its build, its stack.
    [ "$report" != Generated ] || patience=60m
    $all || chosen+="&Category!=All"
    [ "${runtime:-native}" = native ] || chosen+="&Category!=Native"
    chosen+="${2:+&($2)}${filter:+&FullyQualifiedName~$filter}"
    # A test that hangs is named and ends the run, rather than CI's time doing it.
    dotnet test "$root/artifacts/$aspire_mode/bin/$1/debug/$1.dll" --nologo --verbosity quiet \
        --blame-hang-timeout "$patience" --blame-hang-dump-type none \
        --logger "console;verbosity=normal" --logger "trx;LogFileName=$report.trx" --results-directory "$reports" \
        --filter "$chosen"
}
