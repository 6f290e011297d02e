// Package pass makes and checks what says who someone is: signed passes for
// staff, and signed cookies for visitors, who have no account.
//
// # Model
//
// A pass is a JSON Web Token (RFC 7519), signed with HMAC-SHA-256. It names a
// role, how far it reaches and how long it lives; whoever has it has the role.
// Its link keeps it behind the #, where no proxy and no log sees it:
//
//	https://hall.example/enter#eyJhbGciOiJIUzI1NiIsImtpZCI6…
//
//	header  {"alg":"HS256","kid":"…","typ":"majlis-pass+jwt"}
//	claims  {"iss":"majlis","aud":["majlis"],"jti":"…","role":"moderator",
//	         "scope":"room/2","conf":"38c3","label":"Ada","iat":…,"exp":…}
//
// A visitor is 16 random bytes in a cookie, with 16 bytes of an HMAC behind
// them: nobody can take a visitor that was never handed out.
//
// Every key is derived from the server's one secret, each for its purpose, so
// that a cookie can never pass for a token:
//
//	secret ─┬─ "access links" ──▶ signs passes; its digest is the kid
//	        └─ "visitors"     ──▶ signs cookies
//
// # Promises
//
// [Signer.Verify] says ErrExpired only of a token whose signature is right, and
// ErrBroken of everything else; it fetches nothing and follows no header of a
// token. Whether a pass was revoked is not known here: ask the conference.
// A Signer is immutable; all its methods may be called by any goroutine.
//
// # Example
//
//	s, err := pass.NewSigner(secret)
//	token, err := s.Mint(pass.Claims{
//		ID: id, Role: oplog.Moderator, Scope: "room/2", Conference: "38c3",
//		Expires: time.Now().Add(24 * time.Hour),
//	})
//	claims, err := s.Verify(token, time.Now())
package pass
