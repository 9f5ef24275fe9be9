# Every problem is told, and then the run ends.
problem() {
  severity=$1
  # What this machine lacks matters less where the files are for another one.
  [ -z "$root" ] || [ "$about" != machine ] || severity=warning
  [ "$severity" = warning ] || errors=yes
  printf '\t[%s %s]: %s\n' "$(printf '%s' "$severity" | tr '[:lower:]' '[:upper:]')" "$2" "$3" >&2
}
