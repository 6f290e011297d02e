package metrics

// Nodes: so many nodes are heard of, this one too.
func (m *Metrics) Nodes(n int) { m.nodes.set(int64(n)) }

// Whispered: a word was said to the other nodes; lost: it could not be.
func (m *Metrics) Whispered(lost bool) {
	if lost {
		m.unsaid.add(1)
		return
	}
	m.whispers.add(1)
}

// Heard: a word of another node was heard.
func (m *Metrics) Heard() { m.overheard.add(1) }

// Compared: a digest of a topic's state was compared with another node's.
func (m *Metrics) Compared(equal bool) {
	m.compared.add(1)
	if !equal {
		m.diverging.add(1)
	}
}

// Unserved: so many topics are not served here.
func (m *Metrics) Unserved(topics int) { m.unserved.set(int64(topics)) }

// Draining: everybody is sent away.
func (m *Metrics) Draining() { m.draining.set(1) }
