package redislog

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Config says where a log lies.
type Config struct {
	// URL of the Redis, in one of these forms; the rest of the parameters is
	// go-redis' own (username, db, skip_verify …).
	//
	//	redis://[user:password@]host[:port][/db]
	//	redis+sentinel://host[:port]?master_name=NAME[&addr=host:port…][&password=…]
	//	redis+cluster://[user:password@]host[:port][?addr=host:port…]
	//
	// rediss in the place of redis speaks TLS. Two parameters are this package's:
	// replicas=N, how many replicas confirm every acknowledgement (default 0), and
	// prefix=NAME, what every key begins with (default majlis).
	URL string
	// Secret of the server, 32 bytes, the same on every node: it wraps the topics'
	// keys.
	Secret []byte
	// Observer may be nil.
	Observer Observer
}

const secretSize = 32

// place is a Config that has been read: one of the three is set.
type place struct {
	single   *redis.Options
	sentinel *redis.FailoverOptions
	cluster  *redis.ClusterOptions
	prefix   string
	replicas int
}

// CheckURL refuses a URL that [Open] would not read, without going there.
func CheckURL(text string) error {
	_, err := parse(text)
	return err
}

// parse reads a URL. It never repeats the URL in an error: a password may stand
// in it.
func parse(text string) (p place, err error) {
	u, err := url.Parse(text)
	if err != nil {
		return p, errors.New("the Redis URL cannot be read: want redis://host:port, redis+sentinel://host:port?master_name=NAME or redis+cluster://host:port")
	}
	if err := p.own(u); err != nil {
		return p, err
	}
	scheme, kind, _ := strings.Cut(u.Scheme, "+")
	if scheme != "redis" && scheme != "rediss" {
		return p, fmt.Errorf("%.20q is no scheme of a Redis URL: want redis or rediss, alone or with +sentinel or +cluster", u.Scheme)
	}
	u.Scheme = scheme
	switch kind {
	case "":
		p.single, err = redis.ParseURL(u.String())
	case "sentinel":
		p.sentinel, err = redis.ParseFailoverURL(u.String())
		if err == nil && p.sentinel.MasterName == "" {
			err = errors.New("redis: a URL of sentinels needs master_name=NAME, the name that they watch the master under")
		}
	case "cluster":
		p.cluster, err = redis.ParseClusterURL(u.String())
	default:
		err = fmt.Errorf("redis: %.20q is no kind of Redis: want redis, redis+sentinel or redis+cluster", kind)
	}
	if err != nil {
		return p, fmt.Errorf("the Redis URL cannot be read: %s", strings.TrimPrefix(err.Error(), "redis: "))
	}
	return p, nil
}

// own takes this package's parameters out of a URL.
func (p *place) own(u *url.URL) (err error) {
	q := u.Query()
	p.prefix = "majlis"
	if q.Has("prefix") {
		p.prefix = q.Get("prefix")
	}
	if p.prefix == "" || strings.ContainsAny(p.prefix, "{}:* \n") {
		return fmt.Errorf("prefix=%.40q in the Redis URL: want a short name without braces, colons and blanks", p.prefix)
	}
	if q.Has("replicas") {
		if p.replicas, err = strconv.Atoi(q.Get("replicas")); err != nil || p.replicas < 0 {
			return fmt.Errorf("replicas=%.40q in the Redis URL: want how many replicas confirm, from 0", q.Get("replicas"))
		}
	}
	q.Del("prefix")
	q.Del("replicas")
	u.RawQuery = q.Encode()
	return nil
}

func (c Config) observer() Observer {
	if c.Observer == nil {
		return nobody{}
	}
	return c.Observer
}

// filled checks a configuration.
func (c Config) filled() (place, error) {
	if len(c.Secret) != secretSize {
		return place{}, fmt.Errorf("the server's secret has %d bytes, not %d: make one of %d random bytes and give it to every node", len(c.Secret), secretSize, secretSize)
	}
	return parse(c.URL)
}
