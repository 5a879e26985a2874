package demo

import (
	"hash/fnv"
	"math/rand/v2"
)

// stream returns the random numbers of one purpose. Each purpose (a counter's day, an officer's skill) has a stream of its
// own, so that more days or another counter change nothing elsewhere.
func stream(seed uint64, purpose ...string) *rand.Rand {
	h := fnv.New64a()
	for _, part := range purpose {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// chance says yes in perMille of 1000 cases.
func chance(rng *rand.Rand, perMille int) bool { return rng.IntN(1000) < perMille }

// between returns a number from -reach to reach.
func between(rng *rand.Rand, reach int) int { return rng.IntN(2*reach+1) - reach }

// share is something that occurs so many times as often as the others of its table.
type share[T any] struct {
	what T
	n    int
}

func draw[T any](rng *rand.Rand, table []share[T]) T {
	total := 0
	for _, s := range table {
		total += s.n
	}
	at := rng.IntN(total)
	for _, s := range table {
		if at < s.n {
			return s.what
		}
		at -= s.n
	}
	panic("unreachable: at is below the total")
}
