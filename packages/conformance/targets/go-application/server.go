package application

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
)

// Middleware puts CORS in front of a handler.
type Middleware func(http.Handler) http.Handler

// Library is the CORS library that a target is for.
type Library struct {
	// Name with its version.
	Name string
	// Capabilities beyond those that every Go server has.
	Capabilities []string
	// New makes the middleware for a policy. NotExpressible: there is no way to say it; any other
	// error: the library refuses it.
	New func(Policy) (Middleware, error)
	// Reconfigure replaces the policy of the middleware that New made last; nil where it cannot.
	Reconfigure func(Policy) error
}

// What net/http can do, whatever library stands in front of the handlers. It refuses a path that cannot
// be decoded before any handler runs.
var serverCapabilities = []string{
	"http1", "raw-bytes", "error-handling", "streams", "flush-headers", "early-hints", "upgrade",
}

type message struct {
	Version  int             `json:"version"`
	Type     string          `json:"type"`
	Scenario Scenario        `json:"scenario"`
	Policy   json.RawMessage `json:"policy"`
}

// Run speaks the contract with the suite on standard input and output, and exits.
func Run(library Library) {
	input := bufio.NewReader(os.Stdin)
	first, err := next(input)
	if err != nil {
		exit("there is no first line", err)
	}
	if first.Version != 1 {
		exit("this target speaks version 1", nil)
	}
	switch first.Type {
	case "describe":
		tell(map[string]any{
			"type": "description", "name": library.Name,
			"capabilities": slices.Concat(serverCapabilities, library.Capabilities),
		})
	case "start":
		serve(library, first.Scenario, input)
	default:
		exit(fmt.Sprintf("the type %q is unknown", first.Type), nil)
	}
}

// serve serves until standard input ends.
func serve(library Library, scenario Scenario, input *bufio.Reader) {
	handler, err := scenarioHandler(library, scenario.Setup)
	if err != nil {
		tellRefusal(err)
		return
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		exit("no port is free", err)
	}
	server := &http.Server{Handler: recovering(handler), MaxHeaderBytes: scenario.MaxHeaderSize}
	go func() { exit("the server stopped", server.Serve(listener)) }()
	tell(map[string]any{"type": "listening", "url": "http://" + listener.Addr().String()})
	for {
		later, err := next(input)
		if err == io.EOF {
			os.Exit(0)
		}
		if err != nil {
			exit("a line is not as agreed", err)
		}
		if later.Type != "reconfigure" || library.Reconfigure == nil {
			exit(fmt.Sprintf("the type %q is unknown", later.Type), nil)
		}
		reconfigure(library, later.Policy)
	}
}

func reconfigure(library Library, data json.RawMessage) {
	policy, err := ReadPolicy(data)
	if err == nil {
		err = library.Reconfigure(policy)
	}
	if err != nil {
		// What Go's types have no room for is refused by its compiler.
		tell(map[string]any{"type": "refused", "reason": oneLine(err)})
		return
	}
	tell(map[string]any{"type": "reconfigured"})
}

// scenarioHandler is the application behind the library, as the setup says.
func scenarioHandler(library Library, setup Setup) (http.Handler, error) {
	switch setup.Kind {
	case "policy":
		return wrap(library, setup.Policy, Handler())
	case "refused":
		return wrap(library, setup.Options, Handler())
	case "stacked":
		inner, err := wrap(library, setup.Inner, Handler())
		if err != nil {
			return nil, err
		}
		return wrap(library, setup.Outer, inner)
	case "chosen":
		return chosen(library, setup)
	default:
		return nil, NotExpressible{fmt.Sprintf("the setup %q is unknown to this target", setup.Kind)}
	}
}

func wrap(library Library, data json.RawMessage, handler http.Handler) (http.Handler, error) {
	policy, err := ReadPolicy(data)
	if err != nil {
		return nil, err
	}
	middleware, err := library.New(policy)
	if err != nil {
		return nil, err
	}
	return middleware(handler), nil
}

// chosen mounts the application once for each policy, as Go programs do that have several.
func chosen(library Library, setup Setup) (http.Handler, error) {
	if setup.When != "now" {
		return nil, NotExpressible{"middleware is mounted on a path when the server starts: no choice is left that could come later or fail"}
	}
	mux := http.NewServeMux()
	mux.Handle("/", Handler())
	for name, data := range setup.Policies {
		handler := http.StripPrefix("/"+name, Handler())
		if strings.TrimSpace(string(data)) != "false" {
			wrapped, err := wrap(library, data, handler)
			if err != nil {
				return nil, err
			}
			handler = wrapped
		}
		mux.Handle("/"+name+"/", handler)
	}
	return mux, nil
}

func next(input *bufio.Reader) (message, error) {
	line, err := input.ReadBytes('\n')
	if err != nil && len(line) == 0 {
		return message{}, err
	}
	var read message
	return read, json.Unmarshal(line, &read)
}

func tell(value any) {
	line, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}

func tellRefusal(err error) {
	kind := "refused"
	if _, isNotExpressible := err.(NotExpressible); isNotExpressible {
		kind = "not-expressible"
	}
	tell(map[string]any{"type": kind, "reason": oneLine(err)})
}

func oneLine(err error) string {
	return strings.ReplaceAll(err.Error(), "\n", "; ")
}

func exit(reason string, err error) {
	if err != nil {
		reason = fmt.Sprintf("%s: %v", reason, err)
	}
	tell(map[string]any{"type": "error", "reason": reason})
	os.Exit(1)
}
