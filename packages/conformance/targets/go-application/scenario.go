// Package application is what the Go targets share: the test application, and the contract with the
// suite. What is special to a library stays in the target's own folder.
package application

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Scenario is what the suite asks a target to be started for.
type Scenario struct {
	ID            string `json:"id"`
	Setup         Setup  `json:"setup"`
	MaxHeaderSize int    `json:"maxHeaderSize"`
}

// Setup is what the target is configured with; Kind tells which of the other fields count.
type Setup struct {
	Kind     string                     `json:"kind"`
	Policy   json.RawMessage            `json:"policy"`
	When     string                     `json:"when"`
	Policies map[string]json.RawMessage `json:"policies"`
	Outer    json.RawMessage            `json:"outer"`
	Inner    json.RawMessage            `json:"inner"`
	Options  json.RawMessage            `json:"options"`
}

// Policy is a CORS policy in neutral terms.
type Policy struct {
	Origin               Origin `json:"origin"`
	Credentials          bool   `json:"credentials"`
	Methods              List   `json:"methods"`
	AllowedHeaders       List   `json:"allowedHeaders"`
	ExposedHeaders       List   `json:"exposedHeaders"`
	MaxAge               *int   `json:"maxAge"`
	PreflightContinue    bool   `json:"preflightContinue"`
	OptionsSuccessStatus *int   `json:"optionsSuccessStatus"`
	InsecureOrigins      bool   `json:"dangerouslyAllowInsecureOrigins"`
	PublicSuffixes       bool   `json:"dangerouslyAllowPublicSuffixes"`
	NullOrigin           bool   `json:"dangerouslyAllowNullOrigin"`
}

// List is a list of names; the text "*" stands for the list that holds only that.
type List []string

// UnmarshalJSON reads the text or the list.
func (list *List) UnmarshalJSON(data []byte) error {
	if string(data) == `"*"` {
		*list = List{"*"}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(list))
}

// All tells whether the list is a star, alone or beside other names.
func (list List) All() bool {
	return slices.Contains(list, "*")
}

// Origin is a list of origins and patterns ("*" is one of them), or a predicate.
type Origin struct {
	Patterns  List
	Predicate *Predicate
}

// UnmarshalJSON reads either of the two. A single origin may stand without a list around it.
func (origin *Origin) UnmarshalJSON(data []byte) error {
	var single string
	if json.Unmarshal(data, &single) == nil {
		origin.Patterns = List{single}
		return nil
	}
	var predicate Predicate
	if json.Unmarshal(data, &predicate) == nil && predicate.Behaviour != "" {
		origin.Predicate = &predicate
		return nil
	}
	return json.Unmarshal(data, &origin.Patterns)
}

// NotExpressible says that the library, or the language, has no way to say what the scenario asks for.
type NotExpressible struct {
	Reason string
}

func (err NotExpressible) Error() string {
	return err.Reason
}

// ReadPolicy reads a policy. What Go's types have no room for cannot be said in Go.
func ReadPolicy(data json.RawMessage) (Policy, error) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil || fields == nil {
		return Policy{}, NotExpressible{fmt.Sprintf("options in Go are a struct, which %s is not", data)}
	}
	for name, value := range fields {
		if string(value) == "null" {
			return Policy{}, NotExpressible{fmt.Sprintf("%s is null, which no text, number or list is in Go", name)}
		}
		if !slices.Contains(policyFields, name) {
			return Policy{}, NotExpressible{fmt.Sprintf("Go's compiler refuses the unknown field %s", name)}
		}
	}
	var policy Policy
	if err := json.Unmarshal(data, &policy); err != nil {
		return Policy{}, NotExpressible{fmt.Sprintf("Go's compiler refuses a value of that type: %v", err)}
	}
	return policy, nil
}

var policyFields = []string{
	"origin", "credentials", "methods", "allowedHeaders", "exposedHeaders", "maxAge",
	"preflightContinue", "optionsSuccessStatus", "dangerouslyAllowInsecureOrigins",
	"dangerouslyAllowPublicSuffixes", "dangerouslyAllowNullOrigin",
}
