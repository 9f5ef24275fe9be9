// kube-vip-config prints, as JSON, the configuration that `kube-vip manager`
// takes from the environment of this process, without starting anything:
//
//	config             every setting after flag defaults and environment
//	error              why kube-vip would stop (exit code 1), if it would
//	unreadEnvironment  variables whose value made no difference to that
//
// Both the defaults and the parser are kube-vip's own code.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"log"
	"os"
	"reflect"
	"slices"
	"strings"
	_ "unsafe" // for go:linkname

	"github.com/kube-vip/kube-vip/cmd"
	"github.com/kube-vip/kube-vip/pkg/kubevip"
	"golang.org/x/sys/unix"
)

// The variable which kube-vip's command line flags fill with their defaults. It
// is not exported; a copy of some seventy defaults would go stale unnoticed.
//
//go:linkname flagDefaults github.com/kube-vip/kube-vip/cmd.initConfig
var flagDefaults kubevip.Config

// Keeps package cmd, and with it the init function that sets the defaults.
var generateCIDR = cmd.GenerateCidrRange

// configure does what the manager command does up to the first step that
// touches the machine (metrics server, network interface, Kubernetes client).
func configure() (config kubevip.Config, err error) {
	config = flagDefaults
	if err = kubevip.ParseEnvironment(&config); err != nil {
		return
	}
	if err = config.Validate(); err != nil {
		return
	}
	if config.RoutingProtocol == unix.RTN_UNSPEC {
		config.RoutingProtocol = unix.RTN_UNICAST
	}
	if config.EnableControlPlane && (config.EnableARP || config.EnableBGP || config.EnableRoutingTable) {
		if err = config.CheckSubnetExists(); err != nil {
			return
		}
	}
	if config.VIPSubnet == "" && config.Address != "" {
		if config.VIPSubnet, err = generateCIDR(config.Address, config.DNSMode); err != nil {
			return
		}
	}
	auto := strings.Contains(config.VIPSubnet, kubevip.Auto)
	switch {
	case !config.EnableServices && !config.EnableControlPlane:
		err = errors.New("no features are enabled")
	case auto && !config.EnableARP:
		err = errors.New("auto subnet discovery cannot be used outside ARP mode")
	case auto && config.Address != "":
		err = errors.New("auto subnet discovery cannot be used if VIP address was provided")
	}
	return
}

// unread finds the variables that were never looked at: nonsense in their place
// neither changes the configuration nor is it an error.
func unread() []string {
	parse := func() (config kubevip.Config, failed bool) {
		config = flagDefaults
		failed = kubevip.ParseEnvironment(&config) != nil
		return
	}
	names := []string{}
	want, failed := parse()
	if failed { // parsing stopped half-way, so nothing is known
		return names
	}
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		os.Setenv(name, value+"?")
		got, failed := parse()
		os.Setenv(name, value)
		if !failed && reflect.DeepEqual(got, want) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func main() {
	log.SetFlags(0)
	if flagDefaults.LeaseName == "" {
		log.Fatal("kube-vip-config: no flag defaults found, has kube-vip renamed cmd.initConfig?")
	}
	config, failure := configure()
	result := map[string]any{"config": sorted(config), "unreadEnvironment": unread()}
	if failure != nil {
		result["error"] = failure.Error()
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(result); err != nil {
		log.Fatal("kube-vip-config: ", err)
	}
	if failure != nil {
		os.Exit(1)
	}
}

// sorted turns a struct into maps, whose keys JSON writes in order.
func sorted(value any) (result any) {
	text, err := json.Marshal(value)
	if err != nil {
		log.Fatal("kube-vip-config: ", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&result); err != nil {
		log.Fatal("kube-vip-config: ", err)
	}
	return
}
