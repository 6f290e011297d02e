module majlis/deploy/proof

go 1.26.0

require github.com/coder/websocket v1.8.15

require go.yaml.in/yaml/v3 v3.0.5
