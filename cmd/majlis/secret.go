package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
)

const secretSize = 32

// loadSecret reads the server's secret, and makes one when there is no store
// yet (empty: that is for the store to say). It signs access links and visitors' cookies and wraps the topics' keys:
// whoever loses it loses every text.
func loadSecret(path, store string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		if _, err := os.Stat(store); store != "" && err == nil {
			return nil, fmt.Errorf("the secret that %s was written under is not at %s; restore the file from your backup, or say with --secret-file where it is", store, path)
		}
		return makeSecret(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the server's secret: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != secretSize {
		return nil, fmt.Errorf("the secret in %s is not %d hexadecimal digits; restore the file from your backup", path, 2*secretSize)
	}
	return secret, nil
}

func makeSecret(path string) ([]byte, error) {
	secret := make([]byte, secretSize)
	rand.Read(secret)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make the server's secret: %w", err)
	}
	_, err = f.WriteString(hex.EncodeToString(secret) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("write the server's secret: %w", err)
	}
	return secret, nil
}
