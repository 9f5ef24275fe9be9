// Reads YAML documents as Kubernetes' programs do, and writes what it reads as JSON, one line a document: the
// input is a JSON list of texts, and a text that is refused gives {"error": …}.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	output := json.NewEncoder(os.Stdout)
	for _, text := range texts {
		if err := output.Encode(read(text)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// A text can make the library panic, and that is a refusal too.
func read(text string) (answer map[string]any) {
	defer func() {
		if cause := recover(); cause != nil {
			answer = map[string]any{"error": fmt.Sprint(cause)}
		}
	}()
	raw, err := yaml.YAMLToJSONStrict([]byte(text))
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	return map[string]any{"value": json.RawMessage(raw)}
}
