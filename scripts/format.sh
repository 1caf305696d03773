# One form for all languages: C# by .NET's own formatter, TypeScript and CSS by Prettier, Python by Ruff, shell by shfmt.

format_tools="$state/format"

format_command() {
    local mode=""
    while [ $# -gt 0 ]; do
        case "$1" in
            --check) mode=--check ;;
            --help | -h)
                say "usage: ./embedstack format [--check]"
                say "Formats every tracked source file, and says which it changed: C#, TypeScript, CSS, Python, shell."
                say "  --check  changes nothing; exit code 1 where a file would be changed"
                return
                ;;
            *) fail_usage "format has no option '$1'" "./embedstack format --help" ;;
        esac
        shift
    done
    local failed=0
    check_dotnet
    setup_node
    setup_format
    say "Formatting"
    format_csharp "$mode" || failed=1
    git ls-files -- '*.ts' '*.tsx' '*.css' '*.py' '*.sh' embedstack .ci/run |
        node scripts/format/format.mjs "$root" "$format_tools" $mode || failed=1
    [ "$failed" = 0 ] || fail "format" "files are in another form, or cannot be read" "./embedstack format"
}

setup_format() {
    local want
    want="$(stamp scripts/format/package-lock.json)"
    stamped "$format_tools/.stamp" "$want" && return
    mkdir -p "$format_tools"
    cp scripts/format/package.json scripts/format/package-lock.json "$format_tools/"
    step "formatters" "check npm's registry and the network" npm ci --prefix "$format_tools" --no-audit --no-fund
    printf '%s' "$want" >"$format_tools/.stamp"
}

# It names each place; a file is enough.
format_csharp() {
    local log="$state/logs/format.log" code=0
    mkdir -p "$state/logs"
    dotnet format whitespace "$root" --folder --exclude .embedstack artifacts Web ${1:+--verify-no-changes} --verbosity normal >"$log" 2>&1 || code=$?
    sed -n -e "s:^$root/\([^(]*\)([0-9,]*).*:  \1:p" -e "s:^ *Formatted code file '$root/\(.*\)'\.:  \1:p" "$log" | sort -u
    return "$code"
}
