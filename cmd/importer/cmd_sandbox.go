package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

func (a *app) sandboxCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sandbox [VENDOR…]",
		Short: "Serve stand-ins of the vendors on this machine",
		Long: "sandbox serves strict stand-ins of the vendors' registration APIs on a loopback address, for anyone on this machine to curl, until it is\n" +
			"stopped. It prints their addresses, demo credentials and commands to try them with.",
		Example:           "  importer sandbox\n  importer sandbox --latency 50ms --fault 502:1% distinct",
		ValidArgsFunction: oneOf(runs.VendorNames()),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, _ *stops) error { return a.serveSandbox(ctx, cmd.Flags(), args) })
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.String("listen", "127.0.0.1:0", "loopback address to listen on; port 0 takes a free one")
	flags.Duration("latency", 0, "how long each answer takes")
	flags.Duration("jitter", 0, "up to how much longer, at random")
	flags.String("rate", "none", "limits, such as 5/s,2000/15m, counted for each vendor")
	flags.String("fault", "none", "simulated faults, such as 502:1% or reset-after:#7")
	flags.String("shape", "", "the form of answers where the vendor's pages leave it open")
	flags.Uint64("seed", 1, "of everything random")
	flags.String("directory", "", "folder to remember who is registered in; without it nothing is kept")
	flags.Bool("log", false, "log every request on standard error")
	return cmd
}

func (a *app) serveSandbox(ctx context.Context, flags *pflag.FlagSet, names []string) error {
	standins, err := standinsNamed(names)
	if err != nil {
		return err
	}
	options, err := a.sandboxOptions(flags)
	if err != nil {
		return err
	}
	address, _ := flags.GetString("listen")
	if err := onLoopback(address); err != nil {
		return err
	}
	sb, err := sandbox.New(standins, options)
	if err != nil {
		return problem.Wrap(problem.Usage, err, "importer sandbox --help shows the flags")
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return problem.Wrap(problem.Usage, errors.Join(err, sb.Close()), "choose another address with --listen; port 0 takes a free one")
	}
	if _, err := fmt.Fprint(a.Stdout, sb.Banner("http://"+listener.Addr().String())); err != nil {
		return errors.Join(err, listener.Close(), sb.Close())
	}
	return sb.Serve(ctx, listener)
}

func standinsNamed(names []string) ([]sandbox.Standin, error) {
	if len(names) == 0 {
		return all.Standins(), nil
	}
	var list []sandbox.Standin
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if _, err := runs.FindVendor(name); err != nil {
			return nil, err
		}
		s, _ := all.Standin(name)
		list = append(list, s)
	}
	return list, nil
}

func (a *app) sandboxOptions(flags *pflag.FlagSet) (o sandbox.Options, err error) {
	var faults []error
	rate, _ := flags.GetString("rate")
	if o.Rates, err = sandbox.ParseRates(rate); err != nil {
		faults = append(faults, &problem.Error{Kind: problem.Usage, Message: "--rate", Err: err})
	}
	fault, _ := flags.GetString("fault")
	if o.Faults, err = sandbox.ParseFaults(fault); err != nil {
		faults = append(faults, &problem.Error{Kind: problem.Usage, Message: "--fault", Err: err})
	}
	for name, at := range map[string]*time.Duration{"latency": &o.Latency, "jitter": &o.Jitter} {
		if *at, _ = flags.GetDuration(name); *at < 0 {
			faults = append(faults, usage(fmt.Sprintf("--%s is below zero", name), ""))
		}
	}
	o.Shape, _ = flags.GetString("shape")
	o.Seed, _ = flags.GetUint64("seed")
	if o.Directory, _ = flags.GetString("directory"); o.Directory != "" {
		o.Directory = a.service.Path(o.Directory)
	}
	if log, _ := flags.GetBool("log"); log {
		o.Log = slog.New(slog.NewTextHandler(a.terminal.Screen(), nil))
	}
	o.Now = a.Now
	return o, errors.Join(faults...)
}

// onLoopback refuses addresses that others can reach: the demo credentials are public.
func onLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return usage(fmt.Sprintf("--listen %q is not an address", address), "write it like 127.0.0.1:8080")
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return usage(fmt.Sprintf("--listen %s is not on this machine's loopback: others could reach the sandbox, and its credentials are public", address),
		"write it like 127.0.0.1:8080")
}
