package suggest

import "importer/mapping"

// addressMeanings are the fields about where somebody lives. Lines as in personMeanings.
func addressMeanings() []meaning {
	return []meaning{
		{field: mapping.PostalCode, soft: "code", sure: `
			zip, zip code, zipcode, postal code, postalcode, postcode, post code, postal, zip postal code, zip postal, postal zip
			plz, postleitzahl
			code postal, codepostal
			codigo postal, cod postal
			codice postale, codice di avviamento postale, c a p
			cep, codigo de enderecamento postal
			postcode, post code
			kod pocztowy`, likely: "cp, cap, npa, kod"},
		{field: mapping.Country, soft: "code name iso iso2 alpha 2 id of residence", sure: `
			country, country region, country of residence, country code, country name, countrycode
			land, land region, wohnsitzland, lander code, landercode, landeskennung
			pays, pays de residence
			pais, pais de residencia
			paese, nazione, paese di residenza
			pais de residencia
			landcode, landnaam
			kraj, panstwo`, likely: "nation, staat, lkz, region country, country currency"},
		{field: mapping.AddressLine, soft: "number nr no line full", sure: `
			address, street, street address, address line 1, address line1, address 1, address1, addr, addr 1, street 1, street line 1, address street, street name, line 1, street and number, street number and name, street address 1
			strasse, str, strasse hausnummer, strasse und hausnummer, strasse nr, strasse hausnr, strasse und nr, anschrift, adresse, adresse 1, adresszeile 1, strasse 1, str nr
			rue, voie, numero et rue, adresse ligne 1, adresse postale, numero et nom de rue, libelle voie
			direccion, calle, domicilio, direccion 1, calle y numero, direccion postal, direccion linea 1
			indirizzo, via, indirizzo 1, via e numero, indirizzo di residenza, indirizzo residenza
			endereco, rua, logradouro, morada, endereco 1
			adres, straat, straat en huisnummer, straatnaam, straat huisnummer, adresregel 1, straat en nummer
			ulica, ulica i numer, adres 1, ulica i nr domu, ulica nr`, likely: "full address, address formatted, formatted address, location, complete address"},
		{field: mapping.AddressPremise, sure: `
			address 2, address line 2, address line2, address2, addr 2, street 2, street line 2, street address 2, line 2, apartment, apt, suite, unit, flat, apartment number, apt suite, address supplement, supplemental address 1
			adresszusatz, adresszeile 2, adresse 2, adresszusatz 1, anschriftenzusatz, strasse 2
			complement, complement d adresse, complement adresse, adresse ligne 2, adresse complement, complement adresse 1
			direccion 2, piso, direccion linea 2, piso puerta
			indirizzo 2
			complemento, endereco 2
			adresregel 2, adres toevoeging
			adres 2`, likely: "zusatz, building, premise, interno, toevoeging"},
		{field: mapping.AddressLocality, soft: "name of residence", sure: `
			city, town, locality, city town, town city, post town
			ort, stadt, wohnort, ortschaft
			ville, commune, localite
			ciudad, localidad, poblacion, municipio
			citta, comune, localita, citta di residenza
			cidade, localidade, municipio
			plaats, woonplaats, stad, plaatsnaam
			miasto, miejscowosc`, likely: "suburb, place, gemeente, municipality, village"},
		{field: mapping.AddressState, soft: "code name iso", sure: `
			state, province, state province, state region, province state, state county, county, state code, province code, administrative area, state or province, region, province region, state territory
			bundesland, kanton
			etat, province, region
			provincia, estado, comunidad autonoma, estado provincia
			regione, prov
			uf, distrito
			provincie
			wojewodztwo`, likely: "departement, county council, district"},
		{key: houseNumber, say: "a house number", sure: `
			house number, house no, street number, street no, building number, civic number, house nr
			hausnummer, hausnr, haus nr
			numero de rue, numero de voie, numero rue
			numero exterior, numero de casa
			numero civico, civico
			numero da casa
			huisnummer, huisnr
			numer domu, nr domu`},
	}
}
