package application

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	handlerOrigin = "https://handler.example"
	pause         = 10 * time.Millisecond
	slow          = 100 * time.Millisecond
	largeBytes    = 262_144
	mostEchoed    = 1_048_576
)

// Handler is the test application.
func Handler() http.Handler {
	mux := http.NewServeMux()
	for path, handler := range routes {
		mux.Handle(path, named(path, handler))
	}
	mux.Handle("/status/", http.HandlerFunc(status))
	mux.Handle("/", named("unknown", unknown))
	return mux
}

// named puts the route's path on its reply, as every route does.
func named(path string, handler http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Application", path)
		handler(w, r)
	})
}

var routes = map[string]http.HandlerFunc{
	"/ok":       func(w http.ResponseWriter, _ *http.Request) { ok(w) },
	"/guarded":  guarded,
	"/get-only": getOnly,
	"/throw": func(http.ResponseWriter, *http.Request) {
		panic("the handler panics")
	},
	"/reject":           reject,
	"/error-after-head": errorAfterHead,

	"/vary/set":    with(http.Header{"Vary": {"Accept"}}),
	"/vary/array":  with(http.Header{"Vary": {"Accept", "Accept-Language"}}),
	"/vary/lower":  with(http.Header{"vary": {"accept, ORIGIN"}}),
	"/vary/star":   with(http.Header{"Vary": {"*"}}),
	"/vary/append": varyAppend,
	"/vary/remove": varyRemove,

	"/own-cors":        with(ownCORS),
	"/own-cors/lower":  with(http.Header{"access-control-allow-origin": {handlerOrigin}}),
	"/own-cors/twice":  with(http.Header{"Access-Control-Allow-Origin": {handlerOrigin, "https://a.example"}}),
	"/own-cors/expose": with(http.Header{"Access-Control-Expose-Headers": {"X-Handler, not a token, x-handler"}}),
	"/own-cors/throw": func(w http.ResponseWriter, _ *http.Request) {
		set(w, ownCORS)
		panic("the handler panics")
	},
	"/fields": fields,

	"/stream":      inPieces("text/plain", "one ", "two ", "three"),
	"/events":      inPieces("text/event-stream", "data: 1\n\n", "data: 2\n\n", "data: 3\n\n"),
	"/flush":       flush,
	"/early-hints": earlyHints,
	"/slow": func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(slow)
		ok(w)
	},
	"/large": func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, strings.Repeat("x", largeBytes))
	},
	"/redirect": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/ok", http.StatusFound)
	},
	"/echo-body": echoBody,
	"/socket":    socket,
}

var ownCORS = http.Header{
	"Access-Control-Allow-Origin":      {handlerOrigin},
	"Access-Control-Allow-Credentials": {"true"},
	"Access-Control-Allow-Methods":     {"PATCH"},
	"Access-Control-Allow-Headers":     {"X-Handler"},
	"Access-Control-Expose-Headers":    {"X-Handler"},
	"Access-Control-Max-Age":           {"1"},
}

// statusFields is what belongs to a status beside its text.
var statusFields = map[int]http.Header{
	201: {"Location": {"/ok"}},
	206: {"Content-Range": {"bytes 0-9/100"}},
	301: {"Location": {"/ok"}},
	302: {"Location": {"/ok"}},
	303: {"Location": {"/ok"}},
	304: {"Etag": {`"v1"`}},
	307: {"Location": {"/ok"}},
	308: {"Location": {"/ok"}},
	401: {"Www-Authenticate": {`Basic realm="application"`}},
	405: {"Allow": {"GET"}},
	429: {"Retry-After": {"1"}},
	503: {"Retry-After": {"1"}},
}

var statusPath = regexp.MustCompile(`^/status/([2-5]\d\d)$`)

func status(w http.ResponseWriter, r *http.Request) {
	match := statusPath.FindStringSubmatch(r.URL.Path)
	if match == nil {
		named("unknown", unknown).ServeHTTP(w, r)
		return
	}
	w.Header().Set("X-Application", "/status/:code")
	code, _ := strconv.Atoi(match[1])
	replyWithStatus(w, code)
}

func replyWithStatus(w http.ResponseWriter, code int) {
	set(w, statusFields[code])
	if code == http.StatusNoContent || code == http.StatusResetContent || code == http.StatusNotModified {
		w.WriteHeader(code)
		return
	}
	reply(w, code, fmt.Sprintf("status %d", code))
}

func reply(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(code)
	io.WriteString(w, text)
}

func ok(w http.ResponseWriter) {
	reply(w, http.StatusOK, "ok")
}

func unknown(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusNotFound, "unknown path")
}

// set sets each field: what stood there is replaced.
func set(w http.ResponseWriter, header http.Header) {
	for name, values := range header {
		w.Header().Del(name)
		for _, value := range values {
			w.Header().Add(name, value)
		}
	}
}

func with(header http.Header) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		set(w, header)
		ok(w)
	}
}

func guarded(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		replyWithStatus(w, http.StatusUnauthorized)
		return
	}
	ok(w)
}

func getOnly(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		reply(w, http.StatusMethodNotAllowed, "method not allowed")
		return
	}
	ok(w)
}

// reject fails in another goroutine, and hands the failure over: a panic there would end the process.
func reject(http.ResponseWriter, *http.Request) {
	failure := make(chan error)
	go func() { failure <- errors.New("the handler's goroutine fails") }()
	panic(<-failure)
}

func errorAfterHead(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Set("Content-Length", "100")
	io.WriteString(w, "partial")
	http.NewResponseController(w).Flush()
	time.Sleep(pause)
	panic("the handler fails after the head")
}

func varyAppend(w http.ResponseWriter, _ *http.Request) {
	w.Header().Add("Vary", "Accept")
	ok(w)
}

func varyRemove(w http.ResponseWriter, _ *http.Request) {
	w.Header().Del("Vary")
	ok(w)
}

func fields(w http.ResponseWriter, _ *http.Request) {
	set(w, http.Header{
		"X-Own":                        {"1"},
		"Cache-Control":                {"private, max-age=60"},
		"Content-Type":                 {"application/x-own"},
		"Set-Cookie":                   {"a=1", "b=2"},
		"Cross-Origin-Resource-Policy": {"same-site"},
		"Timing-Allow-Origin":          {handlerOrigin},
	})
	io.WriteString(w, "ok")
}

func inPieces(contentType string, pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		for _, piece := range pieces {
			io.WriteString(w, piece)
			http.NewResponseController(w).Flush()
			time.Sleep(pause)
		}
	}
}

func flush(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	http.NewResponseController(w).Flush()
	time.Sleep(pause)
	io.WriteString(w, "ok")
}

func earlyHints(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Link", "</style.css>; rel=preload; as=style")
	w.WriteHeader(http.StatusEarlyHints)
	w.Header().Del("Link")
	ok(w)
}

func echoBody(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, mostEchoed))
	if err != nil {
		panic(err)
	}
	reply(w, http.StatusOK, string(body))
}

func socket(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "test" {
		w.Header().Set("Upgrade", "test")
		reply(w, http.StatusUpgradeRequired, "upgrade required")
		return
	}
	connection, buffer, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	defer connection.Close()
	upgrade(buffer.Writer)
}

func upgrade(writer *bufio.Writer) {
	io.WriteString(writer, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n")
	writer.Flush()
}
