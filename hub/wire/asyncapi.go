package wire

import _ "embed"

//go:embed asyncapi.yaml
var asyncAPI string

// AsyncAPI is the description of this protocol for programmers and their tools:
// AsyncAPI 3.0, as YAML. The frames' schemas, commands and documents are in it.
func AsyncAPI() string { return asyncAPI }
