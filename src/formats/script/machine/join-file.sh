# Each secret has a form and a name before it that are the same in a join command and in a JoinConfiguration.
read_join_file() {
  [ -f "$join_file" ] || return 0
  joinToken=$(found 'oken[^a-z0-9]+[a-z0-9]{6}\.[a-z0-9]{16}' 23 | head -n 1)
  certificateKey=$(found '[kK]ey[^a-zA-Z0-9]+[a-fA-F0-9]{64}' 64 | head -n 1)
  caCertHashes=$(found 'sha256:[a-f0-9]{64}' 71 | uniq | paste -sd , | sed 's/,/, /g')
}

# found PATTERN LENGTH: the ends of the matches.
found() {
  grep -oE "$1" "$join_file" | grep -oE ".{$2}\$"
}
