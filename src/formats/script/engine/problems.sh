# Collecting problems and printing them as kubeadm does.

# problem SEVERITY NAME MESSAGE
problem() {
  severity=$1
  # What this machine lacks matters less where the files are for another one.
  [ -z "$root" ] || [ "$about" != machine ] || severity=warning
  case ",$ignored," in
  ,all, | *",$(printf '%s' "$2" | tr '[:upper:]' '[:lower:]'),"*) severity=warning ;;
  esac
  add_problem "$severity" "$2" "$3"
}

add_problem() {
  if [ "$1" = error ]; then
    errors="$errors${tab}[ERROR $2]: $3$newline"
  else
    printf '\t[WARNING %s]: %s\n' "$2" "$3" >&2
  fi
}

end_if_errors() {
  [ -n "$errors" ] || return 0
  printf '[preflight] Some fatal errors occurred:\n%s' "$errors" >&2
  # shellcheck disable=SC2016 # kubeadm's own words
  printf '%s\n' '[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`' >&2
  give_up
  exit 1
}

interrupted() {
  printf 'error: interrupted; nothing was changed\n' >&2
  give_up
  exit 130
}

# fail MESSAGE: the surroundings do not let us; nothing was changed.
fail() {
  printf 'error: %s\n' "$1" >&2
  give_up
  exit 3
}
