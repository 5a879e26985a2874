// Command bundle makes the scripts that browsers get, public/built and the kiosk's among public/asset, from public/script: each
// with what it imports, without blanks and comments. It is a module of its own, so that esbuild is in no build of the product. go generate ./public calls it.
package main

import (
	"log"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	log.SetFlags(0)
	result := api.Build(api.BuildOptions{
		EntryPointsAdvanced: []api.EntryPoint{
			{InputPath: "../../public/script/survey.js", OutputPath: "built/survey"},
			{InputPath: "../../public/script/worker.js", OutputPath: "built/worker"},
			{InputPath: "../../public/script/kioskworker.js", OutputPath: "built/kioskworker"},
			{InputPath: "../../public/script/kiosk.js", OutputPath: "asset/kios"},
		},
		Outdir:            "../../public",
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Format:            api.FormatESModule,
		Target:            api.ES2020,
		LegalComments:     api.LegalCommentsNone,
		LogLevel:          api.LogLevelWarning,
		Write:             true,
	})
	if len(result.Errors) > 0 {
		log.Fatal("nothing was bundled")
	}
}
