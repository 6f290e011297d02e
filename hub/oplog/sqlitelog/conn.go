package sqlitelog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// conn is one connection and the statements that were prepared on it. They
// must be closed with it: SQLite keeps a connection open, files and all, for as
// long as one of its statements is.
type conn struct {
	*sql.Conn
	statements []*sql.Stmt
}

// connect takes a connection of a pool and verifies its settings. It returns
// what must be closed, also with an error.
func connect(ctx context.Context, pool *sql.DB, settings []setting) (*conn, error) {
	c, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return &conn{Conn: c}, verify(ctx, c, settings)
}

// prepare makes a statement that lives as long as the connection.
func (c *conn) prepare(ctx context.Context, to **sql.Stmt, text string) error {
	stmt, err := c.PrepareContext(ctx, text)
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	*to, c.statements = stmt, append(c.statements, stmt)
	return nil
}

func (c *conn) close() error {
	errs := make([]error, 0, len(c.statements)+1)
	for _, stmt := range c.statements {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, c.Close())...)
}
