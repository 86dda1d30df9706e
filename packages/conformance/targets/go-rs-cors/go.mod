module conformance.example/go-rs-cors

go 1.25.0

require (
	conformance.example/application v0.0.0
	github.com/rs/cors v1.11.1
)

replace conformance.example/application => ../go-application
