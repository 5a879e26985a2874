// Package imports reads the lists of an office (units, services, counters, officers, rosters, opening hours, holidays,
// targets) from CSV files and writes them back as the same files.
//
// One table per kind of file says which columns there are, what they mean and how their cells are read. The help page, the
// header of the sample files, the checks and the export all come from that table.
//
// Read compares a file with the current office and answers with a Plan: what would be written, or everything that is wrong,
// each with the row as a spreadsheet numbers it. It writes nothing. A Plan is written by one survey.Register.Write, so a
// file is taken whole or not at all.
//
// It does not delete: what no longer holds is marked in a column of its own (tutup, nonaktif, batal).
package imports
