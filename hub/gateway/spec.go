package gateway

import (
	_ "embed"
	"net/http"

	"github.com/labstack/echo/v4"
)

//go:embed openapi.yaml
var openAPI string

// OpenAPI is the description of the public listener: OpenAPI 3.1, as YAML.
func OpenAPI() string { return openAPI }

// mimeYAML is the type of a YAML document (RFC 9512).
const mimeYAML = "application/yaml"

// described serves a description of the API. It changes with the binary alone.
func described(spec string) echo.HandlerFunc {
	body := []byte(spec)
	return func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", "public, max-age=300")
		return c.Blob(http.StatusOK, mimeYAML, body)
	}
}
