package demo

import (
	"time"

	"kesan/survey"
)

const (
	late        = 9  // per mille of posters whose form was sent late
	mistakenFor = 2  // per mille of poster answers that the checks hold back though they are honest
	honeypots   = 2  // per mille of visits that are followed by a robot's
	eager       = 60 // per mille who answer all nine unsur where three are asked
	repeats     = 2  // per mille of forms that are sent again with other answers
)

// visit draws one answer and what becomes of it.
func (s *shift) visit(at time.Time) {
	by := byPoster
	if chance(s.rng, s.desk.way.share) {
		by = s.desk.way
	}
	attribution := s.attribution(at, by)
	answers := s.region.answers(s.rng, s.desk, attribution.Officer, s.day.Date)
	answers.Extra = extra(s.more, s.desk.branch)
	if s.desk.branch.hurried && !chance(s.rng, eager) {
		attribution.Short, answers = true, answers.To(survey.ShortBlocks[s.rng.IntN(len(survey.ShortBlocks))])
	}
	response := s.take(at, attribution, answers)
	if by.trust != survey.TrustPoster {
		return
	}
	response.Late = chance(s.rng, late)
	s.judge(response)
}

// attribution is what the intake would have decided at the instant.
func (s *shift) attribution(at time.Time, by way) survey.Attribution {
	return survey.Attribution{Path: s.path, Counter: s.desk.Code, Officer: s.office.OnDuty(s.desk.Code, at), Sheet: s.desk.sheet,
		Channel: by.channel, Trust: by.trust, Form: s.form}
}

// take adds a response to the day.
func (s *shift) take(at time.Time, attribution survey.Attribution, answers survey.Answers) *survey.Response {
	s.day.Responses = append(s.day.Responses, survey.Response{
		Bucket: survey.Bucket{Unit: s.desk.Unit, Day: s.day.Date}, ID: s.id(), Attribution: attribution, Answers: answers,
		Hour: at.Hour(), Lang: language(s.rng),
	})
	return &s.day.Responses[len(s.day.Responses)-1]
}

// judge lets a few honest answers be held back, most of which are restored, and a few submissions be refused.
func (s *shift) judge(response *survey.Response) {
	if chance(s.rng, mistakenFor) {
		s.verdict(response, 1, survey.Quarantined, survey.RuleBurst)
		if chance(s.rng, 600) {
			s.verdict(response, 2, survey.Restored, survey.RuleBurst)
		}
	}
	if chance(s.rng, honeypots) {
		s.refuse(response, s.id(), survey.RuleHoneypot)
	}
	if chance(s.rng, repeats) {
		s.refuse(response, response.ID, survey.RuleRepeated)
	}
}

var reasons = map[survey.Decision]string{
	survey.Excluded: "Pola waktu tidak wajar; diputuskan bersama dua peninjau",
	survey.Restored: "Kunjungan rombongan, jawaban dinilai wajar",
}

// verdict adds a decision on a response. The first one is the machine's, later ones a reviewer's.
func (s *shift) verdict(response *survey.Response, seq int, decision survey.Decision, rule survey.Rule) {
	verdict := survey.Verdict{Bucket: response.Bucket, Response: response.ID, Seq: seq, Decision: decision, Rule: rule,
		Reason: reasons[decision], Hour: response.Hour}
	if seq > 1 {
		verdict.Author = Reviewers[0]
	}
	s.day.Verdicts = append(s.day.Verdicts, verdict)
}

// refuse adds a submission that was turned away at the counter of a response.
func (s *shift) refuse(response *survey.Response, id survey.RecordID, rule survey.Rule) {
	of := response.Attribution
	s.day.Verdicts = append(s.day.Verdicts, survey.Verdict{Bucket: response.Bucket, Response: id, Seq: 1,
		Decision: survey.Refused, Rule: rule, Hour: response.Hour, Of: &of})
}
