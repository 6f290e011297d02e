// Package document holds what thousands of phones know of one topic, and checks
// that it is what the server says.
//
// # Model
//
// A [State] is a document at a place: epoch, offset, hash and every entity, byte
// for byte. States are shared by all phones that hold the same and never change.
// A [Library] reads each message once, however many phones get it, and works out
// once what a patch makes of a state; for all other phones that is a look at the
// last answer. So a delivery costs a comparison of 200 bytes, and yet every
// phone's document can be compared as a whole in the end.
//
//	message ──Read──▶ Message {patches, acks …}
//	state + patch ──Apply──▶ Step {next state, who arrived when}
//
// The rule of a patch at a state of offset o is the wire's:
//
//	from = 0        replaces everything
//	other epoch     foreign: watch again with nothing
//	to ≤ o          known already, passed over
//	from ≤ o < to   each entity replaces the one there, null takes it away
//	o < from        behind: watch again with the own stand
//
// Nothing is safe for concurrent use. The scanner takes any bytes.
package document
