package runs

import "slices"

// OptionsFor returns the options that a request of a kind takes, in the order of the table.
func OptionsFor(request any) []Option {
	placing := []string{"out", "journal", "sandbox-state", "quiet", "log-format", "verbose"}
	showing := append([]string{"show-keys", "json", "progress"}, placing...)
	switch request.(type) {
	case StartRequest:
		return AllOptions()
	case CheckRequest:
		return OptionsNamed(slices.Concat(showing, InputOptionNames(), []string{"job", "vendor", "base-url", "sandbox", "rate", "workers", "timeout", "in-doubt", "ok", "where",
			"identity", "on-duplicate", "on-shared", "on-invalid", "sort", "again", "skip-rows", "max-rows", "show", "wait", "exit-known"})...)
	case ResumeRequest:
		return OptionsNamed(append(showing, "rate", "workers", "timeout", "max-errors", "in-doubt", "yes", "ok", "exit-known", "wait", "on-end", "metrics")...)
	case RetryRequest:
		without := []string{"exit-known", "skip-rows", "max-rows", "fresh", "dry-run", "show"}
		return slices.DeleteFunc(AllOptions(), func(o Option) bool { return slices.Contains(without, o.Name) })
	case ReportRequest:
		return OptionsNamed(append(placing, "ok", "exit-known", "show-keys", "json")...)
	case StatusRequest:
		return OptionsNamed(append(placing, "json")...)
	case SettleRequest:
		return OptionsNamed(append(placing, "show-keys", "wait")...)
	case ForgetRequest, PurgeRequest:
		return OptionsNamed(append(placing, "wait")...)
	case ProposeRequest:
		return OptionsNamed(append(InputOptionNames(), "vendor")...)
	}
	return OptionsNamed(placing...)
}
