package mapping

import (
	"time"
	_ "time/tzdata" // so that time zones are known on machines that have no list of them
)

// moment is what a text says in one format: a day, and the time of that day.
type moment struct {
	date  Date
	clock time.Duration // since midnight
	utc   bool          // both are in UTC: which day it was where the person was born depends on the time zone
}

// momentOf is the day and time that t shows in its own location.
func momentOf(t time.Time) moment {
	clock := time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
	return moment{date: dateOf(t), clock: clock}
}

// at is the moment in UTC as clocks showed it in the zone.
func (m moment) at(zone *time.Location) moment {
	return momentOf(time.Date(m.date.Year, time.Month(m.date.Month), m.date.Day, 0, 0, 0, 0, time.UTC).Add(m.clock).In(zone))
}

// firstEastern is when the day begins in the easternmost time zone, UTC+14, on the clock of UTC of the day before.
const firstEastern = 10 * time.Hour

// day is the day that is meant, and the time of it that is dropped. Programs write a day as its first instant and shift that to UTC: 3 May in Berlin
// becomes 2 May, 22:00. So a time in UTC from 10:00 on may be the midnight of the next day somewhere, and is refused until a zone is given. Before, it is
// the midnight of the same day somewhere to the west, if it is one. Without zone or with an offset the day is the one that is written. Settings is for
// the hint.
func (m moment) day(zone *time.Location, settings string) (moment, *flaw) {
	switch {
	case !m.utc:
		return m, nil
	case zone != nil:
		return m.dayIn(zone)
	case m.clock < firstEastern:
		return m, nil
	}
	return moment{}, newFlaw(CodeDateTimeZone, "is a time in UTC that belongs to the next day in other time zones: nobody can tell which day was meant").
		withHint("say in which time zone the list was written, such as `" + settings + "`; `time_zone: UTC` takes the day as it is written")
}

// dayIn is the day of the moment in a time zone. It is refused where it might be the midnight of another day: that of UTC, or that of a program that
// was wrong about summer time.
func (m moment) dayIn(zone *time.Location) (moment, *flaw) {
	local := m.at(zone)
	switch {
	case local.clock == 0:
	case m.clock == 0 && local.date != m.date:
		return moment{}, newFlaw(CodeDateTimeZone, "is midnight in UTC, and the day before in the field's time_zone: nobody can tell which day was meant").
			withHint("`time_zone: UTC` takes days as they are written; where a column has both, write the dates in the list without a time")
	case local.clock == 23*time.Hour && zone != time.UTC:
		return moment{}, newFlaw(CodeDateTimeZone, "is an hour before midnight in the field's time_zone: where summer time was counted wrong, the next day is meant").
			withHint("write the date in the list without a time, or check the field's `time_zone`")
	}
	return local, nil
}

// noted is what is to be noted of a moment that is read as a day.
func (m moment) noted() noteSet {
	if m.clock != 0 {
		return droppedTime
	}
	return 0
}
