// Package standin stands in for Epixel's user API in the sandbox: signup, signup-package, validate-sponsor, get/sponsors and login. It is
// written from the pages https://api.epixelsoftware.help/user-registration and https://api.epixelsoftware.help/authentication alone.
//
// Both credential headers are asked for. A body may be multipart, urlencoded or JSON; every field is a text. What the pages leave open, and
// what is done here:
//
//   - names are letters alone ("should be an alphabet"): O'Brien, Mary-Ann and Anna Maria are refused;
//   - a password has 8 characters or more and is not all digits;
//   - country codes are two capital letters of ISO 3166-1; phone numbers are 5 to 15 digits after an optional plus sign;
//   - a position is refused unless place_genealogy is 1, and then needed;
//   - products 0 and discontinued are invalid, any other id of letters, digits, dash and underscore is valid;
//   - validate-sponsor takes the field sponsor;
//   - sponsors are anna.sponsor, ben.sponsor and every member registered since; old.sponsor is not active;
//   - login takes the username demo and the password demo-password, and gives the demo access token;
//   - an inactive system is answered with 403.
//
// The pages do not show the body of an error. Shapes: "object" has errors as {field: text}, "array" as {field: [text]}, "list" as [text],
// "string" as one text.
package standin
