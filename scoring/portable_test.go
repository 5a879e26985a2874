package scoring_test

import (
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// A fused multiply-add rounds once where amd64 rounds twice, so a locked cycle recomputed on arm64 could differ in its last
// digit. The compiler fuses wherever float64() does not stop it; its listing for arm64 must hold no such instruction.
func TestNoFusedMultiplyAdd(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles the package for arm64")
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-gcflags=-S", "-o", os.DevNull, ".")
	cmd.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
	listing, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %.2000s", err, listing)
	}
	if found := regexp.MustCompile(`.*\sFN?M(ADD|SUB)[DS]?\s.*`).FindAllString(string(listing), -1); len(found) > 0 {
		t.Errorf("fused: %s", found)
	}
}
