package survey

import (
	"crypto/sha256"
	"time"
)

// Destination is where a moved answer counts. The verdict holds all of it, so that whoever reads the verdict can make the
// very record that stands there.
type Destination struct {
	Move    string   `json:"move"` // ID of the Move
	Unit    string   `json:"unit"`
	Path    []string `json:"path"`
	Day     Day      `json:"day"`
	Hour    int      `json:"hour"`
	Counter string   `json:"counter"`
	Officer string   `json:"officer,omitempty"`
	Service string   `json:"service,omitempty"`
}

func (d *Destination) bucket() Bucket { return Bucket{Unit: d.Unit, Day: d.Day} }

// Origin is where a moved answer came from.
type Origin struct {
	Move     string `json:"move"`
	Unit     string `json:"unit"`
	Day      Day    `json:"day"`
	Response []byte `json:"response"`
}

// destination says where an answer counts that was given at another counter, in the configuration of now: at the same
// instant, in the local time there.
func (o *Office) destination(r Response, move, counter string) *Destination {
	at := o.Counters[counter].Value
	zone := o.Zone(at.Unit)
	from := r.begin(o.Zone(r.Unit))
	return &Destination{Move: move, Unit: at.Unit, Path: o.Path(at.Unit), Day: DayOf(from, zone), Hour: from.In(zone.Location()).Hour(),
		Counter: counter, Officer: o.OnDutyThrough(counter, from, from.Add(time.Hour)), Service: o.serviceThere(at, r.Service)}
}

// begin returns the instant at which the hour of the answer began.
func (r Response) begin(zone Zone) time.Time {
	return LocalTime(r.Day + "T00:00").In(zone).Add(time.Duration(r.Hour) * time.Hour)
}

// serviceThere returns the service of an answer at another counter: the one that was named if it is given there, the only
// one where there is no choice, else none. Services belong to a unit, and the visitor chose from another one's.
func (o *Office) serviceThere(counter Counter, named string) string {
	services := o.ServicesAt(counter)
	if len(services) == 1 {
		return services[0]
	}
	for _, code := range services {
		if code == named {
			return code
		}
	}
	return ""
}

// arrival returns the record of a moved answer where it counts now. The same answer and verdict give the same record, so
// that storing it again changes nothing.
func (v Verdict) arrival(r Response) Response {
	old, to := r.ID, v.To
	bucket := to.bucket()
	sum := sha256.Sum256([]byte("moved|" + string(old[:]) + "|" + bucket.Unit + "|" + string(bucket.Day)))
	r.Origin = &Origin{Move: to.Move, Unit: r.Unit, Day: r.Day, Response: old[:]}
	r.Bucket, r.ID, r.Hour = bucket, RecordID(sum[:16]), to.Hour
	r.Path, r.Counter, r.Officer, r.Service = to.Path, to.Counter, to.Officer, to.Service
	return r
}
