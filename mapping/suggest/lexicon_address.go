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
		// A street alone. Beside a number of any kind it is something else: a house's number, or one of several lines.
		{field: mapping.AddressPremise, soft: "name", not: "number nr no num numero numer nummer house haus hausnummer hausnr huisnummer huisnr 2 3 4 5", sure: `
			street, street name, address street, road, road name
			strasse, str, strassenname
			rue, voie, nom de rue, nom de la rue, nom rue, nom de voie, nom de la voie, libelle voie
			calle, nombre de calle, nombre de la calle, nombre calle
			via, nome via, nome della via
			rua, logradouro, nome da rua, nome rua
			straat, straatnaam
			ulica, nazwa ulicy`, likely: "thoroughfare, avenue"},
		{field: mapping.AddressLine, soft: "number nr no name", not: "street strasse str rue calle via rua straat ulica", sure: `
			house number, house no, house nr, house name, house number or name, house name or number, house number name, house name number, street number, street no, building number, building no, building name, civic number
			hausnummer, hausnr, haus nr
			numero de rue, numero de voie, numero rue, numero voie, numero dans la rue, numero de maison
			numero exterior, numero de casa, numero de calle
			numero civico, civico
			numero da casa, numero da rua
			huisnummer, huisnr, huis nr, huisnaam
			numer domu, nr domu`},
		// What holds street and number in one is no field by itself: streets (address.go) makes a question of it.
		{key: addressLine, say: "a line with street and house number", soft: "line", not: "2 3 4 5", sure: `
			address, street address, address line, address line 1, address line1, address 1, address1, addr, addr 1, street 1, street line 1, line 1, street and number, street number and name, street name and number, street house number, street address 1
			strasse hausnummer, strasse und hausnummer, strasse hausnr, strasse und hausnr, strasse haus nr, strasse und haus nr, strasse nr, strasse und nr, str nr, str hausnr, strasse 1, anschrift, adresse, adresse 1, adresszeile 1
			numero et rue, rue et numero, adresse ligne 1, adresse postale, numero et nom de rue
			direccion, domicilio, direccion 1, calle y numero, direccion postal, direccion linea 1
			indirizzo, indirizzo 1, via e numero, indirizzo di residenza, indirizzo residenza, via e numero civico
			endereco, morada, endereco 1, rua e numero
			adres, straat en huisnummer, straat huisnummer, straat en nummer, adresregel 1
			adres 1, ulica i numer, ulica i nr domu, ulica nr, ulica i nr, ulica nr domu`},
		{key: secondLine, say: "a further line of an address", sure: `
			address 2, address line 2, address line2, address2, addr 2, street 2, street line 2, street address 2, line 2, address 3, address line 3, street 3, line 3, apartment, apt, suite, unit, flat, apartment number, apt suite, address supplement, supplemental address 1, premise
			adresszusatz, adresszeile 2, adresse 2, adresszusatz 1, anschriftenzusatz, strasse 2
			complement, complement d adresse, complement adresse, adresse ligne 2, adresse complement, complement adresse 1
			direccion 2, piso, direccion linea 2, piso puerta
			indirizzo 2, interno
			complemento, endereco 2
			adresregel 2, adres toevoeging, toevoeging
			adres 2`},
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
	}
}
