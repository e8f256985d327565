package vendors

import "importer/mapping"

// SecretMarker is written in a file of failed rows in place of a secret that the file does not repeat. It is replaced by the secret of the original row before
// a row gets here; where that was not done, because the row has lost its link or the file was given as a list of its own, the row must not be sent.
const SecretMarker = "[secret]"

const (
	codeSecretLeftOut = "secret_left_out"
	leftOutHint       = "write the secret into the cell, or give the file to retry with its _import_ columns as they were: retry takes the secret from the original row"
)

// addSecretMarker notes the marker in a field: once for all wire fields of one standard field, such as a password and its confirmation.
func addSecretMarker(faults []mapping.Fault, field string) []mapping.Fault {
	if indexFault(faults, codeSecretLeftOut, field) >= 0 {
		return faults
	}
	return append(faults, mapping.Fault{
		Code: codeSecretLeftOut, Field: field, Message: "the cell holds the marker of a secret that was left out, not the secret", Hint: leftOutHint,
	})
}
