// Command target serves the test application behind github.com/jub0bs/cors.
//
// The options are those of https://pkg.go.dev/github.com/jub0bs/cors#Config.
package main

import (
	"slices"
	"strings"

	"github.com/jub0bs/cors"

	"conformance.example/application"
)

func main() {
	var middleware *cors.Middleware
	application.Run(application.Library{
		Name: "jub0bs/cors " + application.Version("github.com/jub0bs/cors"),
		// Its documentation forbids to stack it, and it has no predicates.
		Capabilities: []string{"chosen-policies", "reconfigure", "refuses-options"},
		New: func(policy application.Policy) (application.Middleware, error) {
			config, err := configOf(policy)
			if err != nil {
				return nil, err
			}
			middleware, err = cors.NewMiddleware(config)
			if err != nil {
				return nil, err
			}
			return middleware.Wrap, nil
		},
		Reconfigure: func(policy application.Policy) error {
			config, err := configOf(policy)
			if err != nil {
				return err
			}
			return middleware.Reconfigure(&config)
		},
	})
}

// configOf says the policy in the library's own terms.
func configOf(policy application.Policy) (cors.Config, error) {
	if reason := notExpressible(policy); reason != "" {
		return cors.Config{}, application.NotExpressible{Reason: reason}
	}
	return cors.Config{
		Origins:                            policy.Origin.Patterns,
		Credentialed:                       policy.Credentials,
		Methods:                            policy.Methods,
		RequestHeaders:                     policy.AllowedHeaders,
		ResponseHeaders:                    policy.ExposedHeaders,
		MaxAgeInSeconds:                    seconds(policy.MaxAge),
		DangerouslyTolerateInsecureOrigins: policy.InsecureOrigins,
		DangerouslyTolerateSubdomainsOfPublicSuffixes: policy.PublicSuffixes,
	}, nil
}

func notExpressible(policy application.Policy) string {
	switch {
	case policy.Origin.Predicate != nil:
		return "Config.Origins takes patterns, and no function"
	case policy.Credentials && !policy.PublicSuffixes && slices.ContainsFunc(policy.Origin.Patterns, isLocal):
		return "Config.Origins takes localhost for a public suffix, and unlocks its subdomains only with those of all others"
	case policy.NullOrigin:
		return "Config.Origins prohibits null, and no field unlocks it"
	case policy.PreflightContinue:
		return "Config has no field that hands preflights on to the handler"
	case policy.OptionsSuccessStatus != nil && *policy.OptionsSuccessStatus != 204:
		return "Config has no field for the status of preflights, which is 204"
	default:
		return ""
	}
}

// isLocal tells whether a pattern is of subdomains of localhost.
func isLocal(pattern string) bool {
	return strings.Contains(pattern, "://*.localhost")
}

// seconds gives Config.MaxAgeInSeconds, where -1 stands for a zero that is sent.
func seconds(maxAge *int) int {
	switch {
	case maxAge == nil:
		return 0
	case *maxAge == 0:
		return -1
	case *maxAge == -1:
		// A lifetime of -1 seconds must not pass for the library's own word for zero.
		return -2
	default:
		return *maxAge
	}
}
