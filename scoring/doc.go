// Package scoring is the arithmetic of Kesan: the IKM and its mutu, intervals, sample sizes, waiting times, achievement
// against targets, and what of it may be shown.
//
// It counts in integers as long as possible, divides once and rounds once, when a figure is published. Too few answers are
// no figure: such functions return false beside the value, never 0 and never NaN. The same sums give the same bytes on
// every machine, because a locked cycle is recomputed elsewhere and compared.
//
// It never computes a predikat: figures are evidence for an appraisal, the appraisal is a person's (PermenPANRB 6/2022).
package scoring
