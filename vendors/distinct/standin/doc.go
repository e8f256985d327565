// Package standin stands in for Distinct's registration API in the sandbox. It is written from the page
// https://docs.distinct.so/docs/register-user-api alone.
//
// What the page leaves open, and what is done here: birthYear, birthMonth and birthDate may be left out, as in the page's own example, but
// then all three; where they are sent they must agree with dob. A phone number is unique. A second registration of the same e-mail address is
// not in the page's table of errors: it is accepted, and the register lists the person as created twice. A wrong key is answered with 401,
// which the page of the registration data lists.
//
// Shapes: "created" answers "User created successfully" with data true; "successful" the other body of the page.
package standin
