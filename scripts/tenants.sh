# Tenants of the stack that runs, and what is erased: checks the command line, the program in Tenants/ does the work.

tenant_command() {
    local verb="${1:-}"
    [ $# -gt 0 ] && shift
    case "$verb" in
        add) tenant_add "$@" ;;
        remove) tenant_remove "$@" ;;
        --help | -h)
            say "usage: ./embedstack tenant add NAME [options] | tenant remove KEY [options]"
            say "Adds a tenant to the stack that runs, or disables and erases one. Each has --help."
            ;;
        "") fail_usage "tenant takes add or remove" "./embedstack tenant --help" ;;
        *) fail_usage "tenant has no command '$verb'" "./embedstack tenant --help" ;;
    esac
}

tenant_add() {
    local name="" key="" isolation="shared" email=""
    while [ $# -gt 0 ]; do
        case "$1" in
            --isolation | --key | --admin-email)
                option_value "tenant add" "$@"
                set_option "$1" "$2"
                shift
                ;;
            --isolation=* | --key=* | --admin-email=*) set_option "${1%%=*}" "${1#*=}" ;;
            --help | -h)
                say "usage: ./embedstack tenant add NAME [--isolation shared|schema|database] [--key KEY] [--admin-email ADDRESS]"
                say "Makes the organization, the storage, the record and the first administrator of a clinic; what is there already stays."
                say "  --isolation    shared: tables of many; schema or database: one of its own; $isolation where it is left out"
                say "  --key          letters, digits, - and _; made of the name where it is left out"
                say "  --admin-email  user name of the first administrator; admin@KEY.example where it is left out"
                return
                ;;
            -*) fail_usage "tenant add has no option '$1'" "./embedstack tenant add --help" ;;
            *)
                [ -z "$name" ] || fail_usage "tenant add takes one name, not '$name' and '$1'" "put it in quotes"
                name="$1"
                ;;
        esac
        shift
    done
    [ -n "$name" ] || fail_usage "tenant add takes a name" "./embedstack tenant add --help"
    case "$isolation" in
        shared | schema | database) ;;
        *) fail_usage "--isolation is shared, schema or database, not '$isolation'" "./embedstack tenant add --help" ;;
    esac
    tenants_program tenant-add --name "$name" --key "$key" --isolation "$isolation" --admin-email "$email"
}

tenant_remove() {
    local key="" erase=false yes=false
    while [ $# -gt 0 ]; do
        case "$1" in
            --erase) erase=true ;;
            --yes) yes=true ;;
            --help | -h)
                say "usage: ./embedstack tenant remove KEY [--erase [--yes]]"
                say "Disables a tenant: its people's sign-in and tokens end. './embedstack tenant add' with the same name and key enables it again."
                say "  --erase  also erases its people, its organization and all its rows, asks before, and shows that nothing is left"
                say "  --yes    does not ask"
                return
                ;;
            -*) fail_usage "tenant remove has no option '$1'" "./embedstack tenant remove --help" ;;
            *)
                [ -z "$key" ] || fail_usage "tenant remove takes one key, not '$key' and '$1'" "./embedstack tenant remove --help"
                key="$1"
                ;;
        esac
        shift
    done
    [ -n "$key" ] || fail_usage "tenant remove takes a key" "./embedstack tenant remove --help"
    tenants_program tenant-remove --key "$key" --erase $erase --yes $yes
}

#if (clinics)
patient_command() {
    local verb="${1:-}"
    [ $# -gt 0 ] && shift
    case "$verb" in
        erase) patient_erase "$@" ;;
        --help | -h)
            say "usage: ./embedstack patient erase TENANT ID [options]"
            say "Erases a patient's rows. It has --help."
            ;;
        "") fail_usage "patient takes erase" "./embedstack patient --help" ;;
        *) fail_usage "patient has no command '$verb'" "./embedstack patient --help" ;;
    esac
}

patient_erase() {
    local tenant="" id="" yes=false
    while [ $# -gt 0 ]; do
        case "$1" in
            --yes) yes=true ;;
            --help | -h)
                say "usage: ./embedstack patient erase TENANT ID [--yes]"
                say "Erases all rows that a tenant has of a patient, makes the figures anew, and shows that nothing is left. It asks before."
                say "  TENANT  the tenant's key: another tenant's patient may have the same number"
                say "  ID      the patient's number there"
                say "  --yes   does not ask"
                return
                ;;
            -*) fail_usage "patient erase has no option '$1'" "./embedstack patient erase --help" ;;
            *)
                [ -z "$id" ] || fail_usage "patient erase takes a tenant and a number, and no '$1'" "./embedstack patient erase --help"
                if [ -z "$tenant" ]; then tenant="$1"; else id="$1"; fi
                ;;
        esac
        shift
    done
    case "$id" in
        "") fail_usage "patient erase takes a tenant's key and a patient's number there" "./embedstack patient erase --help" ;;
        *[!0-9]*) fail_usage "'$id' is no patient's number" "./embedstack patient erase --help" ;;
    esac
    tenants_program patient-erase --tenant "$tenant" --id "$id" --yes $yes
}

#endif
# option_value COMMAND OPTION [VALUE…]: an option that takes a value has one.
option_value() {
    case "${3:-}" in
        "" | -*) fail_usage "$2 takes a value" "./embedstack $1 --help" ;;
    esac
}

set_option() {
    case "$1" in
        --isolation) isolation="$2" ;;
        --key) key="$2" ;;
        --admin-email) email="$2" ;;
    esac
}

tenants_program() {
    needs_running_stack
    run_program Tenants "$@"
}
