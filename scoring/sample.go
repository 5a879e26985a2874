package scoring

// SampleSize is the minimum number of respondents by Krejcie and Morgan (1970), for a population of users of the service in
// the period: S = 3,841 N/4 / (0,0025 (N-1) + 3,841/4), rounded up. Times 4000 that is 3841 N / (10 N + 3831) in integers:
// 500 users -> 218. It is 0 without users. A smaller sample is a warning, never a refusal.
func SampleSize(population int64) int64 {
	if population <= 0 {
		return 0
	}
	num, den := 3841*population, 10*population+3831
	return (num + den - 1) / den
}
