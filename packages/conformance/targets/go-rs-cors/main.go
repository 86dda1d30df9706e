// Command target serves the test application behind github.com/rs/cors.
//
// The options are those of https://pkg.go.dev/github.com/rs/cors#Options.
package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/rs/cors"

	"conformance.example/application"
)

func main() {
	application.Run(application.Library{
		Name: "rs/cors " + application.Version("github.com/rs/cors"),
		// It checks no option when it starts.
		Capabilities: []string{"predicates", "chosen-policies", "stacked-policies"},
		New: func(policy application.Policy) (application.Middleware, error) {
			options, err := optionsOf(policy)
			if err != nil {
				return nil, err
			}
			return cors.New(options).Handler, nil
		},
	})
}

// optionsOf says the policy in the library's own terms.
func optionsOf(policy application.Policy) (cors.Options, error) {
	if reason := notExpressible(policy); reason != "" {
		return cors.Options{}, application.NotExpressible{Reason: reason}
	}
	options := cors.Options{
		AllowedOrigins:     origins(policy.Origin.Patterns),
		AllowedMethods:     methods(policy.Methods),
		AllowedHeaders:     policy.AllowedHeaders,
		ExposedHeaders:     policy.ExposedHeaders,
		AllowCredentials:   policy.Credentials,
		MaxAge:             seconds(policy.MaxAge),
		OptionsPassthrough: policy.PreflightContinue,
	}
	if status := policy.OptionsSuccessStatus; status != nil {
		options.OptionsSuccessStatus = *status
	}
	if predicate := policy.Origin.Predicate; predicate != nil {
		answer, err := predicate.Func()
		if err != nil {
			return cors.Options{}, err
		}
		options.AllowOriginFunc = answer
	}
	return options, nil
}

func notExpressible(policy application.Policy) string {
	if policy.Methods.All() {
		return "Options.AllowedMethods knows no star: each method must be named"
	}
	for _, pattern := range policy.Origin.Patterns {
		if strings.Count(pattern, "*") > 1 {
			return fmt.Sprintf("Options.AllowedOrigins takes one star in an origin, and %s has two", pattern)
		}
	}
	return ""
}

// origins gives Options.AllowedOrigins. A star stands for any characters there: `:*` needs a colon, so
// that the default port must be listed beside it.
func origins(patterns []string) []string {
	var listed []string
	for _, pattern := range patterns {
		if withoutPort, hasAnyPort := strings.CutSuffix(pattern, ":*"); hasAnyPort {
			listed = append(listed, withoutPort)
		}
		listed = append(listed, pattern)
	}
	return listed
}

// methods gives Options.AllowedMethods. The list is all that is allowed, while a policy names what is
// allowed beside GET, HEAD and POST.
func methods(named []string) []string {
	list := []string{http.MethodGet, http.MethodHead, http.MethodPost}
	for _, method := range named {
		if !slices.Contains(list, method) {
			list = append(list, method)
		}
	}
	return list
}

// seconds gives Options.MaxAge, where a negative number stands for a zero that is sent.
func seconds(maxAge *int) int {
	switch {
	case maxAge == nil:
		return 0
	case *maxAge == 0:
		return -1
	default:
		return *maxAge
	}
}
