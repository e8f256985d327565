package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// sandboxFlags are the flags of the sandbox command, as typed.
type sandboxFlags struct {
	sandbox.Options
	listen, rate, fault string
	log                 bool
}

func (a *app) sandboxCommand() *cobra.Command {
	var f sandboxFlags
	cmd := &cobra.Command{
		Use:   "sandbox [VENDOR…]",
		Short: "Serve stand-ins of the vendors on this machine",
		Long: "sandbox serves strict stand-ins of the vendors' registration APIs on a loopback address, for anyone on this machine to curl, until it is\n" +
			"stopped. It prints their addresses, demo credentials and commands to try them with.",
		Example:           "  importer sandbox\n  importer sandbox --latency 50ms --fault 502:1% distinct",
		ValidArgsFunction: oneOf(runs.VendorNames()),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, _ runs.Request) error { return a.serveSandbox(ctx, f, args) })
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "loopback address to listen on; port 0 takes a free one")
	flags.DurationVar(&f.Latency, "latency", 0, "how long each answer takes")
	flags.DurationVar(&f.Jitter, "jitter", 0, "up to how much longer, at random")
	flags.StringVar(&f.rate, "rate", "none", "limits, such as 5/s,2000/15m, counted for each vendor")
	flags.StringVar(&f.fault, "fault", "none", "simulated faults, such as 502:1% or reset-after:#7")
	flags.StringVar(&f.Shape, "shape", "", "the form of answers where the vendor's pages leave it open")
	flags.Uint64Var(&f.Seed, "seed", 1, "of everything random")
	flags.StringVar(&f.Directory, "directory", "", "folder to remember who is registered in; without it nothing is kept")
	flags.BoolVar(&f.log, "log", false, "log every request on standard error")
	return cmd
}

func (a *app) serveSandbox(ctx context.Context, f sandboxFlags, names []string) error {
	standins, err := standinsNamed(names)
	if err != nil {
		return err
	}
	if err := errors.Join(f.complete(a), onLoopback(f.listen)); err != nil {
		return err
	}
	sb, err := sandbox.New(standins, f.Options)
	if err != nil {
		return problem.Wrap(problem.Usage, err, "importer sandbox --help shows the flags")
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.listen)
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

// complete reads the texts among the flags. All faults come at once.
func (f *sandboxFlags) complete(a *app) error {
	var faults []error
	wrong := func(flag string, err error) {
		if err != nil {
			faults = append(faults, &problem.Error{Kind: problem.Usage, Message: "--" + flag, Err: err})
		}
	}
	var err error
	f.Rates, err = sandbox.ParseRates(f.rate)
	wrong("rate", err)
	f.Faults, err = sandbox.ParseFaults(f.fault)
	wrong("fault", err)
	if f.Latency < 0 || f.Jitter < 0 {
		wrong("latency and --jitter", errors.New("they cannot be below zero"))
	}
	if f.log {
		f.Log = slog.New(slog.NewTextHandler(a.terminal.Screen(), nil))
	}
	f.Directory, f.Now = a.service.Path(f.Directory), a.Now
	return errors.Join(faults...)
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
