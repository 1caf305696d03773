# Where parts come from: the public registries, or a mirror folder where they do not answer.

mirror_folder() {
    if [ -n "${EMBEDSTACK_MIRROR:-}" ]; then
        [ -x "$EMBEDSTACK_MIRROR/unpack" ] || fail "mirror" "EMBEDSTACK_MIRROR=$EMBEDSTACK_MIRROR holds no mirror" "set it to a folder with an 'unpack' program, or unset it"
        printf '%s' "$EMBEDSTACK_MIRROR"
    elif [ -x "$root/../shared/mirror/unpack" ]; then
        (cd "$root/../shared/mirror" && pwd -P)
    fi
}

answers() { curl --fail --silent --show-error --location --head --max-time 8 --output /dev/null "$1" 2>/dev/null; }

# use_mirror URL PART: whether PART comes from the mirror; fails where neither source answers.
use_mirror() {
    [ -n "${EMBEDSTACK_MIRROR:-}" ] && return 0
    answers "$1" && return 1
    [ -n "$(mirror_folder)" ] && return 0
    fail "$2" "$(printf '%s' "$1" | cut -d/ -f3) does not answer and no mirror folder is there" "check the network, or set EMBEDSTACK_MIRROR to a mirror folder"
}

unpacked_mirror() { printf '%s' "$state/mirror"; }

unpack_mirror() {
    local source
    source="$(mirror_folder)"
    step "mirror (checked and unpacked)" "check the mirror folder $source" \
        env -u PYTHONPATH -u PYTHONHOME "$source/unpack" "$(unpacked_mirror)"
}
