// Package standin stands in for Thanx's create-user API in the sandbox. It is written from the pages
// https://docs.thanx.com/consumer/users/create-user and the headers and errors pages beside it alone.
//
// An e-mail address that exists is signed up with the brand and answered with 400 "User account exists"; doing it again changes nothing. For
// such a person the names may be left out. What the pages leave open, and what is done here: a phone number need not be unique; no bearer
// token is asked for, and one that is sent is refused unless it is [AccessToken]; the fields are those of the page, so signup_program_id is
// unknown.
//
// The tokens of an answer begin with [sandbox.TokenMark], so that a test can look for them where they must not be.
package standin
