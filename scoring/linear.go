package scoring

// linear is the space that known sums span: rows in echelon form over the integers modulo a prime. Whether a hidden sum can
// be worked out by adding and subtracting known ones is whether it lies in their span.
type linear struct {
	rows   [][]uint32
	pivots []int
}

// modulus is prime; a sum that only seems to be in the span modulo it is hidden without need, which does no harm.
const modulus = 1<<31 - 1

// vector writes a set as a vector of ones.
func vector(members set, size int) []uint32 {
	v := make([]uint32, size)
	for i := range v {
		v[i] = uint32(members[i/64] >> (i % 64) & 1)
	}
	return v
}

// reduce takes from a vector what is in the span; zero means all of it.
func (l *linear) reduce(v []uint32) []uint32 {
	for i, row := range l.rows {
		cancel(v, row, l.pivots[i])
	}
	return v
}

// add takes a vector into the span and returns its row, nil when it was there already.
func (l *linear) add(v []uint32) (row []uint32, pivot int) {
	row, pivot = normal(l.reduce(v))
	if row != nil {
		l.rows, l.pivots = append(l.rows, row), append(l.pivots, pivot)
	}
	return row, pivot
}

// cancel takes as much of a row from a vector as makes its pivot zero.
func cancel(v, row []uint32, pivot int) {
	if row == nil || v[pivot] == 0 {
		return
	}
	factor := uint64(modulus - v[pivot])
	for i, r := range row {
		if r != 0 {
			v[i] = uint32((uint64(v[i]) + factor*uint64(r)) % modulus)
		}
	}
}

// isMultiple says whether nothing is left of a vector once a row is cancelled from it.
func isMultiple(v, row []uint32, pivot int) bool {
	factor := uint64(v[pivot])
	for i, r := range row {
		if uint64(v[i]) != factor*uint64(r)%modulus {
			return false
		}
	}
	return true
}

// normal scales a reduced vector so that its first entry, the pivot, is 1; nil for the zero vector.
func normal(v []uint32) (row []uint32, pivot int) {
	for pivot = range v {
		if v[pivot] == 0 {
			continue
		}
		inverse := power(uint64(v[pivot]), modulus-2)
		for i := range v {
			v[i] = uint32(uint64(v[i]) * inverse % modulus)
		}
		return v, pivot
	}
	return nil, 0
}

func isZero(v []uint32) bool {
	for _, x := range v {
		if x != 0 {
			return false
		}
	}
	return true
}

// power is base to the exponent; with modulus - 2 the inverse of base (Fermat).
func power(base, exponent uint64) uint64 {
	result := uint64(1)
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = result * base % modulus
		}
		base = base * base % modulus
	}
	return result
}
