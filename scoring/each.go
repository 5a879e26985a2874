package scoring

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each does something for 0 to n-1, on all cores and in any order.
func each(n int, do func(i int)) {
	var taken atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := int(taken.Add(1)) - 1; i < n; i = int(taken.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}
