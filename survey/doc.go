// Package survey is the domain of Kesan: what citizens are asked, how an answer is received, attributed, kept and
// counted, and the office (units, counters, officers, rosters) it belongs to.
//
// It knows no HTTP, no SQL and no database driver. Figures and their disclosure are the business of package scoring.
//
// # Glossary
//
// The law's terms stay Indonesian; the rest of the code is English.
//
//	ASN          civil servant (pegawai aparatur sipil negara): PNS or PPPK
//	NIP          18-digit number of an ASN
//	SKM          Survei Kepuasan Masyarakat, the satisfaction survey of PermenPANRB 14/2017
//	unsur        one of the nine elements that the SKM asks about
//	singkat      the short form: three unsur asked of each citizen, in rotation (FormShort); lengkap: all nine
//	IKM          Indeks Kepuasan Masyarakat, 25-100, the index computed from the unsur
//	IKU          Indikator Kinerja Utama, a key performance indicator
//	loket        service counter (type Counter)
//	unit         organisational unit that provides services (type Unit)
//	siklus       evaluation cycle: a month, quarter (TW), semester (S) or year (type Cycle)
//	capaian      achievement, realisasi against target, in percent
//	sheet        a printed QR poster at one counter
//	layar, kios  a paired display with a changing QR code, a paired kiosk (type Device)
//	duty         one line of a roster: who serves at which counter, from when to when
//	pesan warga  what a citizen who wants a reply leaves, apart from any answer (type Contact)
//	bucket       one unit on one local day; every record belongs to exactly one
//	tally        integer sums of a bucket or month, derived from its records and replaceable
//	verdict      a recorded decision on an answer: counted, quarantined, excluded, restored, refused
package survey
