//go:build faults

package disktest

// Full says that the faults are wanted at full size (make faults).
const Full = true
