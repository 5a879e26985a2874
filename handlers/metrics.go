package handlers

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kesan/survey"
)

// metrics are what operators watch. Labels are routes and rules, never people, addresses or units.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	latency  *prometheus.HistogramVec
	refused  *prometheus.CounterVec
	handler  fiber.Handler
}

func newMetrics(system System) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kesan_requests_total", Help: "Requests by route and status class."}, []string{"route", "status"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "kesan_request_seconds", Help: "Time to answer by route.",
			Buckets: []float64{.001, .005, .025, .1, .5, 2, 5}}, []string{"route"}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kesan_answers_refused_total", Help: "Submissions turned away, by rule."}, []string{"rule"}),
	}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	counter := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, value)
	}
	written := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "kesan_store_write_seconds", Help: "Time of a grouped write, failed ones included.",
		Buckets: []float64{.001, .002, .005, .01, .025, .05, .1, .25, .5, 1, 2, 4}}) // a write is given up after 4 s
	system.Writer.Watch(func(took time.Duration) { written.Observe(took.Seconds()) })
	m.registry.MustRegister(m.requests, m.latency, m.refused, written,
		counter("kesan_answers_accepted_total", "Answers stored durably.", func() float64 { return float64(system.Writer.Accepted.Load()) }),
		counter("kesan_answers_repeated_total", "Answers sent again that were already stored.", func() float64 { return float64(system.Writer.Repeated.Load()) }),
		counter("kesan_answers_busy_total", "Answers turned away because too many waited.", func() float64 { return float64(system.Writer.Refused.Load()) }),
		gauge("kesan_answers_waiting", "Answers that wait to be written.", func() float64 { return float64(system.Writer.Waiting()) }),
		gauge("kesan_fold_pending", "Buckets whose tally is behind.", func() float64 { n, _ := system.Tallier.Pending(); return float64(n) }),
		gauge("kesan_fold_age_seconds", "How long the oldest of them waits.", func() float64 { _, age := system.Tallier.Pending(); return age.Seconds() }))
	m.handler = adaptor.HTTPHandler(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return m
}

func (m *metrics) request(route string, status int, took time.Duration) {
	class := string(rune('0'+status/100)) + "xx"
	m.requests.WithLabelValues(route, class).Inc()
	m.latency.WithLabelValues(route).Observe(took.Seconds())
}

func (m *metrics) refuse(rule survey.Rule) { m.refused.WithLabelValues(string(rule)).Inc() }
