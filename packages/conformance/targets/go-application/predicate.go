package application

import (
	"slices"
	"time"
)

// Predicate is a predicate over origins, described by what it does.
type Predicate struct {
	Behaviour string   `json:"predicate"`
	Allow     []string `json:"allow"`
}

// Func is the function that behaves as described. Go has no promises: to answer later is to block
// the request's own goroutine, and to be rejected is to panic after that.
func (predicate Predicate) Func() (func(origin string) bool, error) {
	answer := func(origin string) bool {
		return slices.Contains(predicate.Allow, origin)
	}
	switch predicate.Behaviour {
	case "answers":
		return answer, nil
	case "answers-later":
		return after(time.Millisecond, answer), nil
	case "answers-slowly":
		return after(300*time.Millisecond, answer), nil
	case "throws":
		return fail, nil
	case "rejects":
		return after(time.Millisecond, fail), nil
	default:
		return nil, NotExpressible{"a function that must return a bool cannot do otherwise: Go's compiler sees to it"}
	}
}

func after(pause time.Duration, answer func(string) bool) func(string) bool {
	return func(origin string) bool {
		time.Sleep(pause)
		return answer(origin)
	}
}

func fail(string) bool {
	panic("the predicate fails")
}
