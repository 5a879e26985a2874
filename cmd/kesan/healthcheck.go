package main

import (
	"context"
	"net/http"
	"time"
)

func healthcheckCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("healthcheck", "[options]\n\nEnds with 0 when the server at that address is ready for answers, else with 1.")
	flags.StringVar(&s.Addr, "addr", "127.0.0.1:8080", "`HOST:PORT` of the server")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if err := noMore(flags, 0); err != nil {
		return err
	}
	address, err := s.reachable("127.0.0.1")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // no proxy of the environment in between
	response, err := client.Do(request)
	if err != nil {
		return failed(err, "%s tidak siap", address)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return failed(nil, "%s tidak siap: server menjawab %s", address, response.Status)
	}
	return nil
}
