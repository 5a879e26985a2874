package scoring

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each does something for 0 to n-1 on all cores, in any order, and returns the error of the first of them that failed.
func each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var taken atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := int(taken.Add(1)) - 1; i < n; i = int(taken.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
