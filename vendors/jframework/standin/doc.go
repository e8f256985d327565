// Package standin stands in for JFramework's registration API in the sandbox. It is written from the pages
// https://developers.jframework.io/references/api-reference/endpoints/users/register-a-new-user and
// https://developers.jframework.io/references/api-reference/errors alone.
//
// What the pages leave open, and what is done here: emailAddress is required, as its text says, though it is marked optional. Null is accepted
// where the page says nullable. A password of fewer than 6 characters is not in the correct format (607). A missing or unknown Brand-URL is
// answered with 401.
//
// The pages do not say where the numbers 607, 723, 724 and 727 stand. Shapes: "body" answers HTTP 400 with the number as the body's statusCode;
// "status" has it in the status line too; "code" as a text in errors[].code; "number" as a number there, with details in the older form; "id" is
// "body" with the bare id as the data of a success.
package standin
