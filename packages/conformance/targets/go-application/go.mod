module conformance.example/application

go 1.25.0
