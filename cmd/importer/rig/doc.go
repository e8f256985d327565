// Package rig breaks the importer as a whole and checks what is left. It is test code only: real processes of the program, a sandbox in a
// process of its own that keeps a register on disk, and a disk that forgets.
//
//	go test ./cmd/importer/rig -run TestKills -kills 200 -seed 7       SIGKILL at named moments and at random times, also during recovery
//	go test ./cmd/importer/rig -run TestSignals -signals 50            SIGTERM and SIGINT, once and twice
//	go test ./cmd/importer/rig -run TestPowerCuts -cuts 5000           what the journal's disk holds after a power cut
//	go test ./cmd/importer/rig -run TestPowerCutsOfDevice -images 20   the same of a real file system on a loop device (root on Linux)
//	go test ./cmd/importer/rig -run TestDiskFull -disks 10             full disks (root on Linux)
//	go test ./cmd/importer/rig -run Find -planted                      journals that sync too little, which the power cuts must find
//
// A seed repeats the lists, the processes and the moments of failure, but not the scheduling of the machine. Without flags each test runs a
// short form. The moments, see pipeline/crashpoint, are compiled in with a build tag that only these tests use.
package rig
