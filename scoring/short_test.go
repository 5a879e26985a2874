package scoring_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"kesan/scoring"
	"kesan/survey"
)

// blocks are the twelve triples of unsur of the short form, written out here once more.
var blocks = [12][3]int{{0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {0, 3, 6}, {1, 4, 7}, {2, 5, 8}, {0, 4, 8}, {1, 5, 6}, {2, 3, 7}, {0, 5, 7}, {1, 3, 8}, {2, 4, 6}}

// values are what somebody thinks of the nine unsur.
type values [survey.UnsurCount]int

func (v values) full() survey.Answers {
	answers := survey.Answers{Unsur: map[survey.Unsur]int{}}
	for u, value := range v {
		answers.Unsur[survey.UnsurList[u]] = value
	}
	return answers
}

// asked is what the same person answers to one block of the short form.
func (v values) asked(block int) survey.Answers {
	answers := survey.Answers{Unsur: map[survey.Unsur]int{}}
	for _, u := range blocks[block%12] {
		answers.Unsur[survey.UnsurList[u]] = v[u]
	}
	return answers
}

func same(value int) values {
	var v values
	for u := range v {
		v[u] = value
	}
	return v
}

// estimateOf is the index of all nine unsur over some counts.
func estimateOf(c *survey.Counts) scoring.Estimate {
	e := scoring.Estimate{Means: c.Index}
	for _, histogram := range c.Unsur {
		e.Elements = append(e.Elements, scoring.ElementOf(histogram))
	}
	e.Index, _ = scoring.Index(e.Elements, scoring.WeightExact)
	return e
}

func TestShortInterval(t *testing.T) {
	t.Parallel()
	halves := func(c *survey.Counts) { // two of each block; one answers 4 to everything, the other 2
		for i := range 24 {
			c.Observe(same(4-2*(i%2)).asked(i/2), survey.Cell{Short: true})
		}
	}
	tests := []struct {
		name  string
		count func(*survey.Counts)
		want  string
	}{
		// variance 625/21, standard error 5,4554, t(7) 2,3646: 75 +- 12,90
		{"by hand", halves, "[62.1,87.9]"},
		// Everybody gives 4 to persyaratan and prosedur and 2 to the rest: (2 x 4 + 7 x 2) / 9 x 25, and no error. By own means,
		// which are 3,33, 2,67 and 2, it would be one.
		{"unsur differ, people do not", func(c *survey.Counts) {
			for i := range 24 {
				c.Observe(values{4, 4, 2, 2, 2, 2, 2, 2, 2}.asked(i), survey.Cell{Short: true})
			}
		}, "[61.11,61.11]"},
		// With 24 full answers, half 4 and half 2, each n_u is 32. Those move the index by 25/32 each, the short ones by 25/9 x 3/32:
		// 32/31 x (24 x 625/1024 + 24 x 625/9216) = 16,80; standard error 4,0988, t(31) 2,0395: 75 +- 8,36
		{"mixed", func(c *survey.Counts) {
			halves(c)
			for i := range 24 {
				c.Observe(same(4-2*(i%2)).full(), survey.Cell{})
			}
		}, "[66.64,83.36]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &survey.Counts{}
			tt.count(c)
			got, ok := estimateOf(c).Interval()
			if data, _ := json.Marshal(got); !ok || string(data) != tt.want {
				t.Errorf("%s, want %s", data, tt.want)
			}
		})
	}
}

// One answer to an unsur says nothing of how far another might be.
func TestShortIntervalNeedsTwoOfEach(t *testing.T) {
	t.Parallel()
	c := &survey.Counts{}
	for _, block := range []int{0, 1, 2, 0, 1} {
		c.Observe(same(3).asked(block), survey.Cell{Short: true})
	}
	if got, ok := estimateOf(c).Interval(); ok {
		t.Errorf("%v with one answer to perilaku", got)
	}
}

// people draws respondents of one unit: each likes or dislikes everything a little (correlation about 0,5), and every unsur
// has a mean of its own.
type people struct {
	rng   *rand.Rand
	means [survey.UnsurCount]float64
}

func (p people) draw() values {
	mood := p.rng.NormFloat64()
	var v values
	for u, mean := range p.means {
		v[u] = min(max(int(math.Round(mean+0.45*mood+0.45*p.rng.NormFloat64())), 1), 4)
	}
	return v
}

// truth is the index that the full form would have if all the world answered it: a value is 1 and one more for each of 1,5,
// 2,5 and 3,5 that the person's liking is above, which is normal around the mean with a variance of 2 x 0,45^2.
func (p people) truth() float64 {
	sum := 0.0
	for _, mean := range p.means {
		sum++
		for _, edge := range []float64{1.5, 2.5, 3.5} {
			sum += math.Erfc((edge-mean)/(2*0.45)) / 2
		}
	}
	return sum / 9 * 25
}

// TestShortFormRecoversTheFullIndex simulates 2,000 units for each mixture. The 95 % interval must hold the index of the full
// form in 94,5 to 97 % of them, and the index itself must not lean to either side.
func TestShortFormRecoversTheFullIndex(t *testing.T) {
	t.Parallel()
	means := [survey.UnsurCount]float64{3.3, 3.1, 2.7, 3.8, 3.2, 3.3, 3.4, 2.8, 3.0}
	tests := []struct {
		name        string
		short, full int
		dealt       bool // by the rotation; else each block by chance, as after many forms that were never sent
	}{
		{"36 short", 36, 0, true},
		{"36 short, by chance", 36, 0, false},
		{"120 short", 120, 0, true},
		{"240 short, by chance", 240, 0, false},
		{"60 short and 60 full", 60, 60, true},
		{"90 short and 10 full, by chance", 90, 10, false},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := people{rand.New(rand.NewPCG(14, uint64(i))), means}
			truth := p.truth()
			held, lean, units := 0, 0.0, 2000
			for range units {
				c := &survey.Counts{}
				for n := range tt.short {
					block := n
					if !tt.dealt {
						block = p.rng.IntN(12)
					}
					c.Observe(p.draw().asked(block), survey.Cell{Short: true})
				}
				for range tt.full {
					c.Observe(p.draw().full(), survey.Cell{})
				}
				estimate := estimateOf(c)
				index, _ := estimate.Index.Float64()
				lean += (index - truth) / float64(units)
				interval, ok := estimate.Interval()
				if low, high := float64(interval[0])/100, float64(interval[1])/100; ok && low <= truth && truth <= high {
					held++
				}
			}
			t.Logf("true index %.2f held by %.2f %% of the intervals, mean error %.3f", truth, float64(held)*100/float64(units), lean)
			if held < 945*units/1000 || held > 970*units/1000 {
				t.Errorf("%d of %d intervals hold the true index, want 94.5 to 97 %%", held, units)
			}
			if math.Abs(lean) > 0.15 {
				t.Errorf("the index is off by %.3f on average", lean)
			}
		})
	}
}

// Answers of 2 or 4 that agree with the person's mood in half of what they vary: of any two the correlation is 0,5. Then the
// variance of the index is 5/9 of that of one answer with full forms and 2/3 with short ones, so the interval is 1,095 times as wide.
func TestShortIntervalIsATenthWider(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(14, 5))
	draw := func() (v values) {
		mood := rng.IntN(2)
		for u := range v {
			like := mood
			if rng.Float64() > math.Sqrt(0.5) {
				like = rng.IntN(2)
			}
			v[u] = 2 + 2*like
		}
		return v
	}
	short, full := &survey.Counts{}, &survey.Counts{}
	for n := range 1200 {
		short.Observe(draw().asked(n), survey.Cell{Short: true})
		full.Observe(draw().full(), survey.Cell{})
	}
	width := func(c *survey.Counts) float64 {
		interval, _ := estimateOf(c).Interval()
		return float64(interval[1] - interval[0])
	}
	if ratio := width(short) / width(full); ratio < 1.05 || ratio > 1.14 {
		t.Errorf("%.3f times as wide, want about 1.095", ratio)
	}
}
