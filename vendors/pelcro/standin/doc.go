// Package standin stands in for Pelcro's open registration API in the sandbox. It is written from the pages
// https://docs.pelcro.com/reference/api-open-register and https://docs.pelcro.com/reference-link/api-open-errors alone.
//
// What the pages leave open, and what is done here: the strong password rule holds, which the newer page says is the default; metadata is an
// object of texts, numbers and booleans; the body is JSON; a wrong site_id is answered with 401; risk assessment is off, so security_token may
// be sent and is not needed.
//
// Shapes: "created" answers a success with 201, "ok" with 200, "short-password" is "created" with the rule of 6 characters, "single" answers a
// taken e-mail or username with one error object instead of errors by field, "elsewhere" adds registered_on_other_sites to errors.
//
// The token of an answer begins with [sandbox.TokenMark], so that a test can look for it where it must not be.
package standin
