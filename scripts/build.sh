# Building: only where a source is newer than the last build.

build_stamp="$state/built"

sources_changed() {
    [ -f "$build_stamp-$1" ] || return 0
    [ -n "$(find . \( -path ./.embedstack -o -path ./artifacts -o -path ./Web/node_modules -o -path ./.git \) -prune \
        -o -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.proto' -o -name '*.sql' \
        -o -name '*.json' -o -name '*.yaml' -o -name '*.sln' -o -name '*.sh' \) -newer "$build_stamp-$1" -print -quit)" ] ||
        [ "$state/aspire.props" -nt "$build_stamp-$1" ]
}

# build NAME PROJECT…: the stack's own projects (stack) or all of them with the tests (all).
build() {
    local name="$1" project started
    shift
    sources_changed "$name-$aspire_mode" || return 0
    started="$(mktemp "$state/building.XXXXXX")"
    for project in "$@"; do
        step "build of $(basename "$project")" "read the compiler's message" \
            env EMBEDSTACK_ASPIRE="$aspire_mode" dotnet build "$project" --nologo --verbosity quiet -nodeReuse:false
    done
    mv "$started" "$build_stamp-$name-$aspire_mode"
}
