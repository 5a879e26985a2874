package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

// version returns the version that the build recorded: a tag, or a commit with its time.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return setting.Value[:12]
		}
	}
	return "devel"
}

func versionCommand(_ context.Context, env environment, args []string) error {
	flags := newFlags("version", "")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if err := noMore(flags, 0); err != nil {
		return err
	}
	_, err := fmt.Fprintln(env.Stdout, "kesan", version())
	return err
}
