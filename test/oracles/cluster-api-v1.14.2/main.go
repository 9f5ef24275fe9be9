// cluster-api judges Kubernetes objects of Cluster API's kubeadm providers as its controllers would and
// prints, as JSON, for each document of standard input:
//
//	apiVersion, kind   as written
//	problems           unknown fields, the schema of the CustomResourceDefinition, the admission webhooks
//	machines           what its bootstrap controller would give to a first, a joining and a worker machine:
//	                   user data of cloud-init, or Ignition's, as the object's format says
//
// Arguments: directories with CustomResourceDefinitions, and NAME=VALUE for each variable that clusterctl
// is to put in first. Decoding, schema, webhooks, templates and substitution are Cluster API's own code.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/blang/semver/v4"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/utils/ptr"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"

	bootstrapv1beta1 "sigs.k8s.io/cluster-api/api/bootstrap/kubeadm/v1beta1"
	bootstrapv1 "sigs.k8s.io/cluster-api/api/bootstrap/kubeadm/v1beta2"
	controlplanev1beta1 "sigs.k8s.io/cluster-api/api/controlplane/kubeadm/v1beta1"
	controlplanev1 "sigs.k8s.io/cluster-api/api/controlplane/kubeadm/v1beta2"
	"sigs.k8s.io/cluster-api/bootstrap/kubeadm/pkg/cloudinit"
	"sigs.k8s.io/cluster-api/bootstrap/kubeadm/pkg/ignition"
	"sigs.k8s.io/cluster-api/bootstrap/kubeadm/pkg/types"
	"sigs.k8s.io/cluster-api/bootstrap/kubeadm/pkg/types/upstream"
	bootstrapadmission "sigs.k8s.io/cluster-api/bootstrap/kubeadm/webhooks/admission"
	bootstrapconversion "sigs.k8s.io/cluster-api/bootstrap/kubeadm/webhooks/conversion"
	"sigs.k8s.io/cluster-api/cmd/clusterctl/client/yamlprocessor"
	controlplaneadmission "sigs.k8s.io/cluster-api/controlplane/kubeadm/webhooks/admission"
	controlplaneconversion "sigs.k8s.io/cluster-api/controlplane/kubeadm/webhooks/conversion"
	"sigs.k8s.io/cluster-api/feature"
)

type judgement struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Problems   []string          `json:"problems"`
	Machines   map[string]string `json:"machines,omitempty"`
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("cluster-api: ")
	must(feature.MutableGates.Set("KubeadmBootstrapFormatIgnition=true"))
	variables := map[string]string{}
	schemas := map[string]*apiextensions.JSONSchemaProps{}
	for _, argument := range os.Args[1:] {
		if name, value, found := strings.Cut(argument, "="); found {
			variables[name] = value
		} else {
			readSchemas(argument, schemas)
		}
	}
	text, err := io.ReadAll(os.Stdin)
	must(err)
	if len(variables) > 0 {
		text, err = yamlprocessor.NewSimpleProcessor().Process(text, func(name string) (string, error) {
			if value, found := variables[name]; found {
				return value, nil
			}
			return "", fmt.Errorf("%s has no value", name)
		})
		must(err)
	}
	results := []judgement{}
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		must(err)
		if len(bytes.TrimSpace(document)) > 0 {
			results = append(results, judge(document, schemas))
		}
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	must(encoder.Encode(results))
}

// readSchemas takes the schema of each version of each definition in a directory.
func readSchemas(directory string, schemas map[string]*apiextensions.JSONSchemaProps) {
	paths, err := filepath.Glob(filepath.Join(directory, "*.yaml"))
	must(err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		must(err)
		definition := apiextensionsv1.CustomResourceDefinition{}
		must(yaml.Unmarshal(text, &definition))
		for _, version := range definition.Spec.Versions {
			schema := &apiextensions.CustomResourceValidation{}
			must(apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version.Schema, schema, nil))
			schemas[definition.Spec.Group+"/"+version.Name+" "+definition.Spec.Names.Kind] = schema.OpenAPIV3Schema
		}
	}
}

func judge(document []byte, schemas map[string]*apiextensions.JSONSchemaProps) (result judgement) {
	result.Problems = []string{}
	complain := func(err error) {
		if err != nil {
			result.Problems = append(result.Problems, err.Error())
		}
	}
	data, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		complain(err)
		return
	}
	meta := metav1.TypeMeta{}
	complain(json.Unmarshal(data, &meta))
	result.APIVersion, result.Kind = meta.APIVersion, meta.Kind
	if schema := schemas[meta.APIVersion+" "+meta.Kind]; schema != nil {
		validator, _, err := validation.NewSchemaValidator(schema)
		must(err)
		var object any
		complain(json.Unmarshal(data, &object))
		for _, problem := range validation.ValidateCustomResource(nil, object, validator) {
			complain(problem)
		}
	}
	decode := func(into any) {
		unknown, err := kjson.UnmarshalStrict(data, into)
		complain(err)
		for _, problem := range unknown {
			complain(problem)
		}
	}
	ctx := context.Background()
	version := "v1.36.3"
	var spec *bootstrapv1.KubeadmConfigSpec
	switch meta.APIVersion + " " + meta.Kind {
	case "controlplane.cluster.x-k8s.io/v1beta1 KubeadmControlPlane", "controlplane.cluster.x-k8s.io/v1beta2 KubeadmControlPlane":
		object := &controlplanev1.KubeadmControlPlane{}
		if strings.HasSuffix(meta.APIVersion, "v1beta1") {
			old := &controlplanev1beta1.KubeadmControlPlane{}
			decode(old)
			complain(controlplaneconversion.ConvertKubeadmControlPlaneV1Beta1ToHub(ctx, old, object))
		} else {
			decode(object)
		}
		webhook := &controlplaneadmission.KubeadmControlPlane{}
		_, err := webhook.ValidateCreate(ctx, object)
		complain(err)
		version, spec = object.Spec.Version, &object.Spec.KubeadmConfigSpec
	case "bootstrap.cluster.x-k8s.io/v1beta1 KubeadmConfig", "bootstrap.cluster.x-k8s.io/v1beta2 KubeadmConfig":
		object := &bootstrapv1.KubeadmConfig{}
		if strings.HasSuffix(meta.APIVersion, "v1beta1") {
			old := &bootstrapv1beta1.KubeadmConfig{}
			decode(old)
			complain(bootstrapconversion.ConvertKubeadmConfigV1Beta1ToHub(ctx, old, object))
		} else {
			decode(object)
		}
		webhook := &bootstrapadmission.KubeadmConfig{}
		_, err := webhook.ValidateCreate(ctx, object)
		complain(err)
		spec = &object.Spec
	case "bootstrap.cluster.x-k8s.io/v1beta1 KubeadmConfigTemplate", "bootstrap.cluster.x-k8s.io/v1beta2 KubeadmConfigTemplate":
		object := &bootstrapv1.KubeadmConfigTemplate{}
		if strings.HasSuffix(meta.APIVersion, "v1beta1") {
			old := &bootstrapv1beta1.KubeadmConfigTemplate{}
			decode(old)
			complain(bootstrapconversion.ConvertKubeadmConfigTemplateV1Beta1ToHub(ctx, old, object))
		} else {
			decode(object)
		}
		webhook := &bootstrapadmission.KubeadmConfigTemplate{}
		_, err := webhook.ValidateCreate(ctx, object)
		complain(err)
		spec = &object.Spec.Template.Spec
	default:
		return
	}
	result.Machines, err = machines(spec, strings.TrimPrefix(version, "v"))
	complain(err)
	return
}

// machines renders what the bootstrap controller stores for the machines; certificates, tokens and what
// comes from the Cluster object are left out.
func machines(spec *bootstrapv1.KubeadmConfigSpec, release string) (map[string]string, error) {
	version, err := semver.Parse(release)
	if err != nil {
		return nil, err
	}
	cluster, err := types.MarshalClusterConfigurationForVersion(&spec.ClusterConfiguration, version, &upstream.AdditionalData{KubernetesVersion: ptr.To("v" + release)})
	if err != nil {
		return nil, err
	}
	initial, err := types.MarshalInitConfigurationForVersion(&spec.InitConfiguration, version)
	if err != nil {
		return nil, err
	}
	joining := spec.JoinConfiguration.DeepCopy()
	joining.ControlPlane = &bootstrapv1.JoinControlPlane{}
	join, err := types.MarshalJoinConfigurationForVersion(joining, version)
	if err != nil {
		return nil, err
	}
	worker, err := types.MarshalJoinConfigurationForVersion(&spec.JoinConfiguration, version)
	if err != nil {
		return nil, err
	}
	data := func() cloudinit.BaseUserData {
		return cloudinit.BaseUserData{
			BootCommands:        spec.BootCommands,
			PreKubeadmCommands:  spec.PreKubeadmCommands,
			PostKubeadmCommands: spec.PostKubeadmCommands,
			AdditionalFiles:     spec.Files,
			Users:               spec.Users,
			KubernetesVersion:   version,
		}
	}
	first := &cloudinit.ControlPlaneInput{BaseUserData: data(), ClusterConfiguration: cluster, InitConfiguration: initial}
	second := &cloudinit.ControlPlaneJoinInput{BaseUserData: data(), JoinConfiguration: join}
	node := &cloudinit.NodeInput{BaseUserData: data(), JoinConfiguration: worker}
	texts := map[string]string{}
	keep := func(name string, text []byte, err error) error {
		texts[name] = string(text)
		return err
	}
	if spec.Format == bootstrapv1.Ignition {
		text, _, failure := ignition.NewInitControlPlane(&ignition.ControlPlaneInput{ControlPlaneInput: first, Ignition: &spec.Ignition})
		err = keep("init", text, failure)
		text, _, failure = ignition.NewJoinControlPlane(&ignition.ControlPlaneJoinInput{ControlPlaneJoinInput: second, Ignition: &spec.Ignition})
		err = errors.Join(err, keep("join", text, failure))
		text, _, failure = ignition.NewNode(&ignition.NodeInput{NodeInput: node, Ignition: &spec.Ignition})
		return texts, errors.Join(err, keep("worker", text, failure))
	}
	text, failure := cloudinit.NewInitControlPlane(first)
	err = keep("init", text, failure)
	text, failure = cloudinit.NewJoinControlPlane(second)
	err = errors.Join(err, keep("join", text, failure))
	text, failure = cloudinit.NewNode(node)
	return texts, errors.Join(err, keep("worker", text, failure))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
