// Checks a configuration of version 2.3 with Ignition's own types, the last of that specification. Their reader
// (config/v2_3) needs a module that is gone, so this reads the JSON itself, strictly, and calls every Validate method
// as config/validate does: a struct's own, and Validate<Field> for its fields.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	"github.com/coreos/ignition/config/v2_3/types"
	"github.com/coreos/ignition/config/validate/report"
)

func main() {
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	var config types.Config
	if err := decoder.Decode(&config); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	var found report.Report
	visit(reflect.ValueOf(config), &found)
	for _, entry := range found.Entries {
		fmt.Printf("%s: %s\n", entry.Kind, entry.Message)
	}
	if len(found.Entries) > 0 {
		os.Exit(1)
	}
}

func visit(value reflect.Value, found *report.Report) {
	switch value.Kind() {
	case reflect.Pointer:
		if !value.IsNil() {
			visit(value.Elem(), found)
		}
	case reflect.Slice:
		for i := range value.Len() {
			visit(value.Index(i), found)
		}
	case reflect.Struct:
		call(value, "Validate", found)
		for i := range value.NumField() {
			call(value, "Validate"+value.Type().Field(i).Name, found)
			visit(value.Field(i), found)
		}
	default:
		call(value, "Validate", found)
	}
}

func call(value reflect.Value, name string, found *report.Report) {
	if method := value.MethodByName(name); method.IsValid() && method.Type().NumIn() == 0 {
		if result, ok := method.Call(nil)[0].Interface().(report.Report); ok {
			found.Merge(result)
		}
	}
}
