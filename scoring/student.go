package scoring

// t975Table holds the 97,5 % quantile of Student's t for 1 to 20 degrees of freedom.
var t975Table = [...]float64{
	12.706204736175, 4.3026527297495, 3.1824463052837, 2.7764451051978, 2.5705818356363,
	2.4469118511450, 2.3646242515928, 2.3060041352042, 2.2621571627982, 2.2281388519863,
	2.2009851600916, 2.1788128296672, 2.1603686564628, 2.1447866879178, 2.1314495455598,
	2.1199052992213, 2.1098155778333, 2.1009220402410, 2.0930240544083, 2.0859634472659,
}

// t975 is the factor of a two-sided 95 % interval: the 97,5 % quantile of Student's t with df >= 1 degrees of freedom, off
// by less than 1e-8. Beyond the table it is the expansion in 1/df of Cornish and Fisher (Abramowitz and Stegun 26.7.5) at
// the normal quantile z. A table and a polynomial need no logarithm or arc tangent, which differ in the last bit between
// architectures; the coefficients are constants, which the compiler computes exactly; and float64() keeps it from fusing a
// product and a sum, which would differ too.
func t975(df int64) float64 {
	if df <= int64(len(t975Table)) {
		return t975Table[max(df, 1)-1]
	}
	const (
		z   = 1.959963984540054235524594430520551527956
		z3  = z * z * z
		z5  = z3 * z * z
		z7  = z5 * z * z
		z9  = z7 * z * z
		z11 = z9 * z * z

		c1 = (z3 + z) / 4
		c2 = (5*z5 + 16*z3 + 3*z) / 96
		c3 = (3*z7 + 19*z5 + 17*z3 - 15*z) / 384
		c4 = (79*z9 + 776*z7 + 1482*z5 - 1920*z3 - 945*z) / 92160
		c5 = (27*z11 + 339*z9 + 930*z7 - 1782*z5 - 765*z3 + 17955*z) / 368640
	)
	n := float64(df)
	sum := float64(c5)
	for _, term := range [...]float64{c4, c3, c2, c1, z} {
		sum = float64(sum/n) + term
	}
	return sum
}
