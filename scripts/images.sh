# Images: whether the container runtime has what the stack needs, and stand-ins made of Debian's packages where no registry
# answers.

containers="$state/containers"
standins="$offline_root/images"
standin_label=embedstack.standin
# Labels that the model puts on every container: the clone, and the process of its AppHost.
clone_label=embedstack.clone
process_label=embedstack.process
standin_packages=(podman runc conmon netavark aardvark-dns iptables debootstrap)
superset_image=localhost/embedstack/superset
keycloak_image=localhost/embedstack/keycloak
registry_patience=10

images_command() {
    case "${1:-}" in
        "") ;;
        --help | -h)
            say "usage: ./embedstack images"
            #if (origin)
            say "Makes the images that the container runtime needs, where no registry answers: of Debian's packages, PyPI's and Maven's"
            say "files, in .embedstack/containers. What has not changed since is not made again."
            say "${standins}/README.md has how they differ."
            #endif
            return
            ;;
        *) fail_usage "images has no option '$1'" "./embedstack images --help" ;;
    esac
    take_setup_lock
    say "Setting up"
    mkdir -p "$state"
    check_platform
    setup_containers
    if $uses_standins; then list_images; fi
}

# setup_containers: a container runtime, and the images; sets uses_standins.
setup_containers() {
    uses_standins=false
    setup_container_runtime
    if images_are_to_be_had; then
        say "  $container_runtime has the images, or a registry that has"
        return
    fi
    [ -d "$standins" ] || fail "images" "neither this machine nor a registry has the images" "check the network, or use the native runtime"
    setup_standin_packages
    container_runtime=podman
    uses_standins=true
    say "  no registry answers: images are made of Debian's packages ($standins/README.md)"
    write_podman_settings
    make_images
    export ASPIRE_CONTAINER_RUNTIME=podman EmbedStack__Images__Wheels EmbedStack__Images__StandIns=true
    EmbedStack__Images__Wheels="$(wheels_image)"
}

# Docker's client alone is none: the engine wants both a server and a client of version 25.
docker_answers() { [ "$(timeout 10 docker version --format '{{.Server.Version}}' 2>/dev/null | cut -d. -f1)" -ge 25 ] 2>/dev/null; }

# containers_problem: why there can be no containers on this machine, in a line; nothing where there can.
containers_problem() (
    find_container_runtime
    if [ -n "$container_runtime" ] && images_are_to_be_had; then
        [ "$container_runtime" != docker ] || return 0
    else
        if [ ! -d "$standins" ]; then
            printf '%s' "neither this machine nor a registry has the images"
            return
        fi
        if ! command -v dpkg-query >/dev/null || [ "$(id -u)" -ne 0 ]; then
            printf '%s' "neither Docker 25+ nor Podman with a registry is here, and this script makes up for them for root on Debian alone"
            return
        fi
        say "  no registry answers: looking whether Podman starts a container" >&2
        problem="$(setup_standin_packages 2>&1)" || { printf 'Podman cannot be installed: %s' "$(tail -n 1 <<<"$problem")" && return; }
        write_podman_settings
    fi
    problem="$(start_empty_container 2>&1)" || printf 'Podman starts no container: %s' "$(tail -n 1 <<<"${problem:-no answer in 60 s}")"
)

# Of this machine's own files: no image is needed to see whether namespaces, mounts and networks may be made.
start_empty_container() (
    empty="$(mktemp -d)"
    trap 'rm -rf "$empty"' EXIT
    mkdir "$empty"/{usr,bin,lib,lib64,etc,dev,proc,sys,run,tmp}
    timeout 60 podman run --rm --rootfs --volume /usr:/usr:ro --volume /lib:/lib:ro --volume /lib64:/lib64:ro "$empty" /usr/bin/true
)

podman_is_here() { command -v podman >/dev/null; }

# find_container_runtime: sets container_runtime to the one that is asked for, or is here; to nothing where none is.
find_container_runtime() {
    container_runtime="${ASPIRE_CONTAINER_RUNTIME:-}"
    [ -n "$container_runtime" ] || ! docker_answers || container_runtime=docker
    [ -n "$container_runtime" ] || ! podman_is_here || container_runtime=podman
}

setup_container_runtime() {
    find_container_runtime
    [ "$container_runtime" != docker ] || return 0
    [ -n "$container_runtime" ] || setup_standin_packages
    container_runtime="${container_runtime:-podman}"
    export ASPIRE_CONTAINER_RUNTIME="$container_runtime"
}

setup_standin_packages() {
    local missing=() package
    command -v dpkg-query >/dev/null || fail "container runtime" "no registry answers and this is no Debian" "install Podman or Docker 25+, with a registry that has the images"
    for package in "${standin_packages[@]}"; do
        [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ "$(id -u)" -eq 0 ] || fail "container runtime" "no registry answers, and images are made of Debian's packages by root alone" "run as root, or without --runtime container"
    [ ${#missing[@]} -eq 0 ] && return
    say "  installing Debian packages: ${missing[*]}"
    step "package lists" "check apt's sources and the network" apt-get update --quiet
    step "Podman" "apt-get install --yes ${missing[*]}" install_packages "${missing[@]}"
}

# version_constant NAME: what AppHost/Runtime/Versions.cs says, the one place of versions.
version_constant() { sed -n "s/.*const string $1 = \"\(.*\)\";.*/\1/p" AppHost/Runtime/Versions.cs; }

image_of() {
    case "$1" in
        debian) version_constant DebianImage ;;
        python) version_constant PythonImage ;;
        tunnel) printf 'mcr.microsoft.com/azurelinux/base/core:3.0' ;;
        *)
            local part="${1^}"
            printf '%s/%s:%s' "$(version_constant "${part}Registry")" "$(version_constant "${part}Image")" "$(version_constant "${part}Tag")"
            ;;
    esac
}

# One that is missing here and cannot be pulled settles it: the stack would not start.
images_are_to_be_had() {
    local part image made
    for part in postgres redis keycloak python tunnel; do
        image="$(image_of "$part")"
        # A stand-in does not count: it may be older than what it is made of.
        made="$("$container_runtime" image inspect --format "{{index .Config.Labels \"$standin_label\"}}" "$image" 2>/dev/null)" &&
            { [ -z "$made" ] || [ "$made" = "<no value>" ]; } && continue
        timeout "$registry_patience" "$container_runtime" manifest inspect "$image" >/dev/null 2>&1 || return 1
    done
}

# Podman's settings for images that are made here: a store of this clone's own, and nothing in the machine's /etc.
write_podman_settings() {
    mkdir -p "$containers"
    local files processes
    files="$(ulimit -Hn)"
    processes="$(ulimit -Hu)"
    cat >"$containers/containers.conf" <<SETTINGS
[containers]
# More than the caller may have himself cannot be asked for.
default_ulimits = ["nofile=$(at_most 65536 "$files")", "nproc=$(at_most 32768 "$processes")"]
log_driver = "k8s-file"
[engine]
# Works without systemd, and with cgroups of both versions mounted.
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
network_config_dir = "$containers/networks"
SETTINGS
    cat >"$containers/storage.conf" <<SETTINGS
[storage]
driver = "overlay"
graphroot = "$containers/storage"
runroot = "$containers/run"
SETTINGS
    : >"$containers/registries.conf"
    use_podman_settings
}

podman_program() { PATH="${PATH//"$containers/bin:"/}" command -v podman; }

at_most() {
    local number="$2"
    if [ "$number" = unlimited ] || [ "$number" -gt "$1" ]; then number="$1"; fi
    printf '%s:%s' "$number" "$number"
}

use_podman_settings() {
    mkdir -p "$containers/bin"
    # What serves containers of several stacks, such as their name server, must hold no lock of this one.
    printf '#!/bin/sh\nexec 8>&- 9>&-\nexec %s "$@"\n' "$(podman_program)" >"$containers/bin/podman"
    chmod 755 "$containers/bin/podman"
    PATH="$containers/bin:$PATH"
    export PATH
    # Podman's own format of images has no health check.
    export CONTAINERS_CONF="$containers/containers.conf" CONTAINERS_STORAGE_CONF="$containers/storage.conf" \
        CONTAINERS_REGISTRIES_CONF="$containers/registries.conf" BUILDAH_FORMAT=docker
    # Podman has systemd run health checks; without it each start of a container would complain.
    [ -d /run/systemd/system ] || export DISABLE_HC_SYSTEMD=true
}

# folder_stamp FOLDER [WORD…]: what a folder's files, and words, say.
folder_stamp() {
    local folder="$1"
    shift
    (cd "$folder" && find . -type f ! -path '*/__pycache__/*' -print0 | sort -z | xargs -0 sha256sum) | with_words "$@"
}

with_words() { { cat && printf '%s\n' "$@"; } | sha256sum | cut -c1-32; }

is_made() { [ "$(podman image inspect --format "{{index .Config.Labels \"$standin_label\"}}" "$1" 2>/dev/null)" = "$2" ]; }

mirror_sums() { [ -z "$(mirror_folder)" ] || cat "$(mirror_folder)/SHA256SUMS"; }

wheels_stamp() { stamp SupersetContainer/requirements.txt SupersetContainer/requirements-build.txt <(mirror_sums); }
wheels_image() { wheels_are_needed && printf 'localhost/embedstack/wheels:%.16s' "$(wheels_stamp)" || true; }

# Whether PyPI answers is asked once a run.
wheels_are_needed() {
    [ -n "${pypi_answers:-}" ] || { use_mirror https://pypi.org/simple/uv/ "Superset" && pypi_answers=false || pypi_answers=true; }
    [ "$pypi_answers" = false ]
}

make_images() {
    local base part want image
    wheels_are_needed || true
    base="$(folder_stamp "$standins/debian")"
    image="$(image_of debian)"
    is_made "$image" "$base" || step "image $image" "check apt's sources and the network" make_debian "$image" "$base"
    for part in tunnel postgres redis python; do
        make_image "$part" "$(folder_stamp "$standins/$part" "$base")" "$standins/$part"
    done
    want="$(folder_stamp "$standins/keycloak" "$base" "$keycloak_version")"
    is_made "$(image_of keycloak)" "$want" || make_keycloak_image "$want"
    make_built_keycloak_image
    if wheels_are_needed; then make_wheels_image; fi
    make_superset_image
    rm -rf "$(unpacked_mirror)" "$containers/context"
}

make_debian() {
    set -eo pipefail
    "$standins/debian/make" "$containers/root" | podman import --change "LABEL $standin_label=$2" --change 'CMD ["bash"]' - "$1"
}

# make_image PART STAMP CONTEXT
make_image() {
    local image
    image="$(image_of "$1")"
    is_made "$image" "$2" && return
    step "image $image" "read the log" podman build --layers=false --pull=never --label "$standin_label=$2" --tag "$image" \
        --file "$standins/$1/Containerfile" "$3"
}

make_keycloak_image() {
    local artifact="org/keycloak/keycloak-quarkus-dist/$keycloak_version/keycloak-quarkus-dist-$keycloak_version.zip" zip="$containers/keycloak.zip"
    local central="https://repo1.maven.org/maven2/$artifact"
    if use_mirror "$central" "Keycloak"; then
        [ -e "$(unpacked_mirror)/.unpacked" ] || unpack_mirror
        zip="$(unpacked_mirror)/maven/$artifact"
    else
        step "Keycloak $keycloak_version (download)" "check the network" download_checked "$central" "$zip"
    fi
    rm -rf "$containers/context"
    mkdir -p "$containers/context"
    step "Keycloak $keycloak_version (unpacked)" "./embedstack images" unpack_keycloak "$zip"
    make_image keycloak "$1" "$containers/context"
    rm -rf "$containers/context" "$containers/keycloak.zip"
}

# As the model has it built, so that the engine's own build of the same finds every layer made.
make_built_keycloak_image() {
    local from want
    from="$(image_of keycloak)"
    want="$(stamp AppHost/Keycloak/Dockerfile <(podman image inspect --format '{{.Id}}' "$from"))"
    [ "$(cat "$containers/.keycloak" 2>/dev/null)" = "$want" ] && podman image exists "$keycloak_image" && return
    step "image of Keycloak, built" "read the log" podman build --layers --pull=never --tag "$keycloak_image" --build-arg "KEYCLOAK=$from" AppHost/Keycloak
    podman image prune --force >/dev/null
    printf '%s' "$want" >"$containers/.keycloak"
}

unpack_keycloak() {
    set -e
    clean_python python3 -m zipfile -e "$1" "$containers/context"
    mv "$containers/context/keycloak-$keycloak_version" "$containers/context/keycloak"
    chmod +x "$containers/context/keycloak"/bin/*.sh
}

make_wheels_image() {
    local image want
    image="$(wheels_image)"
    want="$(wheels_stamp)"
    is_made "$image" "$want" && return
    [ -e "$(unpacked_mirror)/.unpacked" ] || unpack_mirror
    step "image of Superset's wheels" "./embedstack images" make_wheels "$image" "$want"
    podman images --format '{{.Repository}}:{{.Tag}}' --filter reference="${image%:*}:*" | grep -vFx "$image" | xargs --no-run-if-empty podman rmi >/dev/null || true
}

make_wheels() {
    set -e
    printf 'FROM scratch\nCOPY wheels /wheels\n' >"$(unpacked_mirror)/Containerfile"
    podman build --layers=false --label "$standin_label=$2" --tag "$1" "$(unpacked_mirror)"
}

# superset_stamp WORD…: what .dockerignore lets into its context, and words, say.
superset_stamp() {
    local part
    for part in Dockerfile $(sed -n 's/^!//p' SupersetContainer/.dockerignore); do
        if [ -d "SupersetContainer/$part" ]; then folder_stamp "SupersetContainer/$part"; else stamp "SupersetContainer/$part"; fi
    done | with_words "$@"
}

# With what the model gives the engine, so that its own build of the same finds every layer made.
make_superset_image() {
    local want wheels arguments=(--build-arg "PYTHON=$(image_of python)")
    wheels="$(wheels_image)"
    [ -z "$wheels" ] || arguments+=(--build-arg "WHEELS=$wheels" --build-arg UV_NO_VERIFY_HASHES=1)
    want="$(superset_stamp "$wheels" "$(podman image inspect --format '{{.Id}}' "$(image_of python)")")"
    [ "$(cat "$containers/.superset" 2>/dev/null)" = "$want" ] && podman image exists "$superset_image" && return
    # Its first stage has a name as well: what has none goes.
    step "image of Superset's packages" "read the log" podman build --layers --pull=never --target build --tag "$superset_image-build" "${arguments[@]}" SupersetContainer
    step "image of Superset" "read the log" podman build --layers --pull=never --tag "$superset_image" "${arguments[@]}" SupersetContainer
    podman image prune --force >/dev/null
    printf '%s' "$want" >"$containers/.superset"
}

# superset_image_by_hand: the image's name; built by its Dockerfile where the stand-ins' set-up has not done it.
superset_image_by_hand() {
    ${uses_standins:-false} || "$container_runtime" build --quiet --tag "$superset_image" SupersetContainer >/dev/null
    printf '%s' "$superset_image"
}

list_images() { podman images --format '  {{.Repository}}:{{.Tag}}\t{{.Size}}' | grep -v '<none>' | sort | column -t -s $'\t'; }

clone_id() { printf '%s' "$root" | sha256sum | cut -c1-12; }

# container_tool: the runtime that has this clone's containers, if any.
container_tool() {
    local tool
    [ ! -d "$containers/storage" ] || { printf podman && return; }
    for tool in podman docker; do
        if timeout 10 "$tool" ps --quiet >/dev/null 2>&1; then printf '%s' "$tool" && return; fi
    done
}

# sweep_containers: what a killed stack of this clone left, whose AppHost is not there any more.
sweep_containers() {
    local tool="${container_runtime:-}" container process volume
    [ -n "$tool" ] || return 0
    "$tool" ps --all --filter "label=$clone_label=$(clone_id)" --format "{{.ID}} {{index .Labels \"$process_label\"}}" 2>/dev/null |
        while read -r container process; do
            kill -0 "$process" 2>/dev/null || "$tool" rm --force --volumes "$container" >/dev/null 2>&1 || true
        done
    # Data that were to be thrown away, by the process in the volume's name.
    "$tool" volume ls --quiet --filter "name=^embedstack-$(clone_id)-run-" 2>/dev/null |
        while read -r volume; do
            process="${volume#*-run-}"
            kill -0 "${process%%-*}" 2>/dev/null || "$tool" volume rm "$volume" >/dev/null 2>&1 || true
        done
    # Only here is every network and every tag of a run this clone's.
    if ${uses_standins:-false}; then
        podman network prune --force >/dev/null 2>&1 || true
        prune_run_images
    fi
}

# The engine gives what it builds, Superset's image and Keycloak's, a name of its own for each run.
prune_run_images() {
    podman images --format '{{.Repository}}:{{.Tag}}' 2>/dev/null | grep -E '^localhost/(superset|keycloak)' |
        xargs --no-run-if-empty podman rmi >/dev/null 2>&1 || true
}

# delete_volumes: the data of this clone's containers, and of no other's; those of a run are the run's, and swept after it.
delete_volumes() {
    local tool
    tool="$(container_tool)"
    [ -n "$tool" ] || return 0
    [ "$tool" != podman ] || [ ! -d "$containers/storage" ] || use_podman_settings
    "$tool" volume ls --quiet --filter "name=^embedstack-$(clone_id)-" 2>/dev/null | sed '/-run-/d' | xargs --no-run-if-empty "$tool" volume rm >/dev/null
}
