// Package conference is the machine of a conference's settings and of the
// access links that were given out for it.
//
// # Model
//
//	settings._     the join code, and whether boards open by themselves
//	pass.<id>      role, scope, label, until; when it was revoked
//
// Everybody may see the settings; only organisers and operators see the list of
// access links. The links themselves are nowhere: whoever has one has its role.
// The hub's own mint notes them (pass.issue); organisers revoke them.
//
// # Promises
//
// The machine is pure. A revocation is an entry like any other: it holds on
// every node that has folded it, and it is never undone.
package conference
