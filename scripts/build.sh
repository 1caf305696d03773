# Building: only where a source is newer than the last build.

# The stamp lies with what was built, so that both go together.
build_stamp() { printf '%s' "$root/artifacts/$aspire_mode/.built-$1"; }

sources_changed() {
    local stamp all
    stamp="$(build_stamp "$1")"
    # A build of all projects has built this one too.
    all="$(build_stamp all)"
    [ "${build_configuration:-Debug}" != Debug ] || [ ! "$all" -nt "$stamp" ] || stamp="$all"
    [ -f "$stamp" ] || return 0
    [ -n "$(find . \( -path ./.embedstack -o -path ./artifacts -o -path ./Web/node_modules -o -path ./.git \) -prune \
        -o -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.proto' -o -name '*.sql' \
        -o -name '*.json' -o -name '*.yaml' -o -name '*.sln' -o -name '*.sh' \) -newer "$stamp" -print -quit)" ]
}

# run_program PROJECT ARGUMENT…: one of the commands' own programs, in place of the script; it finds the stack by its status file.
run_program() {
    local project="$1"
    shift
    take_setup_lock
    setup_aspire
    # A program's report has nothing else in it.
    build "$project" "$project/$project.csproj" >&2
    release_setup_lock
    exec env DOTNET_ENVIRONMENT=Production EmbedStack__StatusFile="$status" \
        dotnet "$root/artifacts/$aspire_mode/bin/$project/debug/$project.dll" "$@"
}

# build NAME PROJECT…: the stack's own projects (stack) or all of them with the tests (all); build_configuration is Debug unless set.
build() {
    local name="$1" project started
    shift
    sources_changed "$name" || return 0
    mkdir -p "$root/artifacts/$aspire_mode"
    started="$(mktemp "$state/building.XXXXXX")"
    # One compiler for all projects: a server of this build's own, which ends with the step.
    for project in "$@"; do
        step "build of $(basename "$project")" "read the compiler's message" \
            env EMBEDSTACK_ASPIRE="$aspire_mode" dotnet build "$project" --configuration "${build_configuration:-Debug}" --nologo --verbosity quiet -nodeReuse:false \
            -p:UseSharedCompilation=true -p:SharedCompilationId="embedstack-$$"
    done
    mv "$started" "$(build_stamp "$name")"
}
