// Package demo lays out an invented region, "Wilayah Peraga", and the answers that its citizens gave: the same for the same
// seed, with known truths and known cheats, so that a figure can be compared with what it should say.
//
// The places exist, their offices and people do not. The package writes nothing: the caller puts the steps into a register,
// hands the office back and stores the records. Nothing in it draws on the clock or on chance outside the seed, and all its
// arithmetic is in whole numbers, so that the bytes are the same on every machine.
package demo
