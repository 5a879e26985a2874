// Package public holds what a browser may fetch as it is: style sheets, scripts, icons and the sample files for imports.
package public

import "embed"

// Assets are the files under /aset. Pages name them with a hash of their content, so they may be cached for ever.
//
//go:embed asset
var Assets embed.FS

// Samples are the sample import files.
//
//go:embed contoh
var Samples embed.FS

// Scripts that browsers get, made from the files in script.
//
//go:generate go -C ../.ci/bundle run .
var (
	// SurveyScript stands in the survey page itself.
	//
	//go:embed built/survey.js
	SurveyScript string
	// Worker is the service worker of the survey.
	//
	//go:embed built/worker.js
	Worker []byte
	// KioskWorker is that of a kiosk.
	//
	//go:embed built/kioskworker.js
	KioskWorker []byte
)
