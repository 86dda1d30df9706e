package application

import (
	"net/http"
)

// recovering answers 500 where a handler, or the library in front of it, panics before the head was
// sent; after that the connection breaks off, as it does without it.
func recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		watched := &headWatcher{ResponseWriter: w}
		defer func() {
			if recover() == nil {
				return
			}
			if watched.isSent {
				panic(http.ErrAbortHandler)
			}
			http.Error(w, "internal error", http.StatusInternalServerError)
		}()
		next.ServeHTTP(watched, r)
	})
}

// headWatcher notes whether the head was sent. Unwrap keeps flushing and hijacking possible.
type headWatcher struct {
	http.ResponseWriter
	isSent bool
}

func (w *headWatcher) WriteHeader(status int) {
	if status >= http.StatusOK {
		w.isSent = true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *headWatcher) Write(data []byte) (int, error) {
	w.isSent = true
	return w.ResponseWriter.Write(data)
}

func (w *headWatcher) Unwrap() http.ResponseWriter {
	return w.ResponseWriter
}
