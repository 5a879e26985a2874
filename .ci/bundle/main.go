// Command bundle makes the scripts that browsers get, public/built, from public/script: each with what it imports, without
// blanks and comments. It is a module of its own, so that esbuild is in no build of the product. go generate ./public calls it.
package main

import (
	"log"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	log.SetFlags(0)
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{"../../public/script/survey.js", "../../public/script/worker.js"},
		Outdir:            "../../public/built",
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
