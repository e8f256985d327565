package suggest

import "importer/mapping"

// personMeanings are the fields about a person and an account. Each line is a language: English, German, French, Spanish, Italian,
// Portuguese, Dutch, Polish.
func personMeanings() []meaning {
	return []meaning{
		{field: mapping.Email, soft: "login", sure: `
			email, e mail, mail, email address, e mail address, mail address, email addr, email id
			e mail adresse, email adresse, emailadresse, mailadresse, mail adresse
			courriel, adresse email, adresse e mail, adresse mail, adresse de courriel, adresse electronique, adresse courriel
			correo, correo electronico, direccion de correo, direccion de correo electronico, direccion email
			indirizzo email, indirizzo e mail, indirizzo mail, posta elettronica, indirizzo di posta elettronica
			endereco de email, endereco de e mail, correio eletronico, correio electronico, endereco eletronico
			e mailadres, emailadres, mailadres, e mail adres, email adres
			adres e mail, adres email, adres mailowy, poczta elektroniczna`},
		{field: mapping.FirstName, sure: `
			first name, name first, firstname, given name, givenname, forename, fname, christian name, first names, given names
			vorname, vornamen, rufname
			prenom, prenoms
			nombre de pila, primer nombre, nombres
			nome di battesimo, primo nome
			primeiro nome, nome proprio, prenome
			voornaam, voornamen, roepnaam
			imie, imiona, pierwsze imie`},
		{field: mapping.LastName, sure: `
			last name, name last, lastname, family name, familyname, surname, lname, last names
			nachname, nachnamen, familienname, zuname
			nom de famille
			apellido, apellidos
			cognome, cognomi
			sobrenome, ultimo nome, nome de familia
			achternaam, familienaam
			nazwisko`, likely: "primer apellido, apelido, nom usage, nom d usage"},
		{key: fullName, say: "a full name", sure: `
			name, full name, fullname, complete name, formatted name, first and last name, first name last name, last name first name, last first, first last
			vollstandiger name, vor und nachname, vorname nachname, nachname vorname, name vorname, vorname name, ansprechpartner
			nom, nom complet, nom et prenom, nom prenom, prenom nom, prenom et nom
			nombre, nombre completo, nombre y apellidos, apellidos y nombre, nombre y apellido
			nome, nome completo, nome e cognome, cognome e nome, nominativo
			nome e sobrenome, nome e apelido
			naam, volledige naam, voor en achternaam
			imie i nazwisko, nazwisko i imie, pelna nazwa`},
		{field: mapping.Username, sure: `
			username, user name, login, login name, loginname, user login, sign in name, preferred username
			benutzername, anmeldename, nutzername, loginname
			nom d utilisateur, nom utilisateur
			nombre de usuario, nombre usuario
			nome utente
			nome de usuario, nome de utilizador
			gebruikersnaam, inlognaam
			nazwa uzytkownika`, likely: "identifiant, usuario, utente, user, login id, logon id, user principal name, handle"},
		{field: mapping.Password, sure: `
			password, passwd, pwd, plain password, clear password, unhashed password
			passwort, kennwort
			mot de passe
			contrasena
			parola d ordine
			senha, palavra passe
			wachtwoord
			haslo`, likely: "pass, user pass, clave, customer password"},
		{field: mapping.PhoneNumber, soft: "e164 day daytime evening direct", sure: `
			phone, telephone, tel, phone number, telephone number, phone no, telephone no, mobile, cell, cellphone, cell phone, mobile phone, mobile number, mobile no, mobilephone, msisdn, phone mobile, contact number, tel no
			telefon, telefonnummer, telefon nr, telefonnr, rufnummer, handy, handynummer, handy nr, mobil, mobiltelefon, mobilnummer, mobilfunk, mobilfunknummer, mobilrufnummer, tel nr, festnetz, festnetznummer, fon
			telephone portable, tel portable, portable, numero de telephone, numero telephone, telephone mobile, mobile, telephone fixe, tel fixe, gsm, numero de portable, numero de mobile
			telefono, telefono movil, movil, celular, numero de telefono, telefono celular, telefono fijo, numero de movil, numero movil
			cellulare, telefono cellulare, numero di telefono, numero di cellulare, numero cellulare, numero telefono, telefono fisso, recapito telefonico
			telefone, telemovel, numero de telefone, telefone celular, telefone fixo
			telefoon, telefoonnummer, mobiel, mobiel nummer, mobiele nummer, mobiele telefoon, gsm nummer, vaste telefoon, tel nummer
			telefon komorkowy, komorka, numer telefonu, nr telefonu, tel komorkowy, tel kom, telefon stacjonarny, numer komorki`,
			likely: "sms, whatsapp, whatsapp number, fixe, numero"},
		{field: mapping.BirthDate, soft: "date full", sure: `
			birth date, birthdate, birthday, date of birth, dob, bday, born, date birth
			geburtsdatum, geburtstag, geb datum, gebdatum, geboren am, gebdat, geb dat
			date de naissance, date naissance, ne le
			fecha de nacimiento, fecha nacimiento, cumpleanos, f nacimiento, fec nac, fecha nac
			data di nascita, data nascita, compleanno, nato il
			data de nascimento, data nascimento, dt nascimento, data nasc
			geboortedatum, verjaardag, geboren op, geb datum
			data urodzenia, urodziny, data ur`, likely: "anniversaire, nacimiento, naissance, nascita, nascimento, aniversario, geboren"},
		{field: mapping.Gender, soft: "code", sure: `
			gender, sex
			geschlecht
			sexe
			sexo, genero
			sesso, genere
			geslacht
			plec`, likely: "genre, gender identity"},
		{field: mapping.Language, soft: "code iso user", sure: `
			language, lang, locale, preferred language, language code, language preference, preferred locale, user locale, communication language
			sprache, korrespondenzsprache, bevorzugte sprache, sprachcode
			langue, langue preferee
			idioma, idioma preferido, lengua
			lingua, lingua preferita
			taal, voorkeurstaal, taalcode
			jezyk`},
		{field: mapping.TermsAccepted, soft: "is has 0 1 yes no ja nein oui non si", sure: `
			terms accepted, accepted terms, accept terms, accepts terms, terms, terms and conditions, terms conditions, terms of service, tos, tos accepted, terms and conditions accepted, terms of use, agree to terms, agreed to terms, terms agreed, terms agreement, terms and conditions checked, terms of service accepted, accept tos
			agb, agb akzeptiert, agb zugestimmt, nutzungsbedingungen, agb bestatigt, nutzungsbedingungen akzeptiert
			cgu, cgv, conditions generales, conditions acceptees, acceptation des conditions, cgu acceptees, cgv acceptees
			terminos y condiciones, terminos aceptados, acepta terminos, condiciones aceptadas, acepta los terminos
			termini e condizioni, termini accettati, condizioni accettate
			termos e condicoes, termos aceitos, aceita termos, aceitou os termos, termos de uso
			algemene voorwaarden, voorwaarden, voorwaarden geaccepteerd, voorwaarden akkoord, akkoord voorwaarden
			regulamin, akceptacja regulaminu, zgoda na regulamin`},
		{field: mapping.Newsletter, soft: "email e mail mail is has wants status general 0 1 yes no ja nein oui non si", sure: `
			newsletter, newsletter opt in, newsletter optin, newsletter subscription, newsletter subscribed, newsletter subscriber, email opt in, email optin, opt in, optin, opted in, accepts marketing, accepts email marketing, accept marketing, marketing opt in, marketing optin, marketing consent, email marketing, email marketing consent, email consent, subscribed, is subscribed, subscribed to newsletter, subscribe newsletter, receive newsletter, wants newsletter, receives newsletter, allow marketing, marketing emails, promotional emails, agreed to receive marketing emails, email subscription, receive marketing emails, receive marketing, e newsletter, email permission
			newsletter abonniert, newsletter anmeldung, newsletterabo, newsletter abo, newsletter empfanger, werbeeinwilligung, newsletter angemeldet, newsletter einwilligung, newsletter erwunscht, akzeptiert e mail marketing
			infolettre, inscrit newsletter, inscription newsletter, abonnement newsletter, abonne newsletter, abonne a la newsletter, lettre d information, inscrit a la newsletter, accepte le marketing, accepte le marketing par e mail, accepte le marketing par email
			boletin, suscripcion boletin, suscrito, recibir newsletter, recibe newsletter, suscrito al boletin, suscripcion newsletter, acepta publicidad, acepta marketing por correo electronico, acepta marketing por e mail, acepta marketing
			iscritto newsletter, iscrizione newsletter, iscritto alla newsletter, consenso newsletter, consenso marketing, accetta marketing, accetta e mail marketing
			assina newsletter, recebe newsletter, aceita newsletter, inscrito newsletter, aceita receber newsletter, subscreve newsletter, aceita marketing, aceita marketing por e mail
			nieuwsbrief, nieuwsbrief inschrijving, nieuwsbrief ontvangen, ontvangt nieuwsbrief, nieuwsbrief aanmelding
			biuletyn, zgoda marketingowa, zgoda na newsletter, zgoda newsletter`, likely: "marketing, mailing list, news, consent to marketing, email list, subscription status, email subscriber status, subscribe"},
		{field: mapping.DisplayName, sure: `
			display name, displayname, public name
			anzeigename
			nom d affichage, nom affiche
			nombre para mostrar, nombre visible
			nome visualizzato
			nome de exibicao, nome de apresentacao
			weergavenaam, weergave naam
			nazwa wyswietlana`, likely: "screen name, file as, formatted name"},
		{field: mapping.Nickname, sure: `
			nickname, nick name, nick
			spitzname
			surnom, pseudo, pseudonyme
			apodo
			soprannome
			alcunha
			bijnaam
			pseudonim, ksywka`, likely: "alias, preferred name, known as, also known as, apelido"},
		{field: mapping.Salutation, soft: "key name", sure: `
			salutation, honorific, honorific prefix, civility, name prefix, courtesy title, prefix, title prefix, form of address
			anrede
			civilite, titre de civilite
			tratamiento
			appellativo
			tratamento, pronome de tratamento
			aanhef
			zwrot grzecznosciowy, forma grzecznosciowa`, likely: "individual prefix, greeting, personal title"},
		{field: mapping.Title, soft: "job organization organisation company", sure: `
			title, job title, jobtitle
			titel, akademischer titel
			titre, fonction, intitule du poste, titre du poste
			cargo, puesto, titulo
			titolo, mansione, qualifica
			functie
			stanowisko, tytul`, likely: "funktion, ruolo, designation, role, job, poste, job position, occupation, beruf, profession"},
		{field: mapping.Organization, soft: "name", sure: `
			company, company name, organization, organisation, organization name, organisation name, business name, company organization
			firma, firmenname, unternehmen, unternehmensname
			entreprise, societe, nom de l entreprise, raison sociale, nom de la societe, nom entreprise
			empresa, nombre de empresa, nombre de la empresa, compania, razon social
			azienda, societa, ragione sociale, nome azienda
			razao social, nome da empresa
			bedrijf, bedrijfsnaam, organisatie
			nazwa firmy`, likely: "account name, employer, current employer, org, organisme, verein, organisationsname"},
		{field: mapping.LegacyID, sure: `
			id, user id, userid, customer id, contact id, member id, subscriber id, person id, record id, external id, customer number, customer no, member number, membership number, membership id, membership no, member no, internal id, legacy id, entity id, constituent id, donor id, profile id, client id, uuid, user uuid, customer code, people id
			kundennummer, kunden nr, kundennr, kd nr, kdnr, mitgliedsnummer, mitglieds nr, mitgliedsnr, kunden id, mitglieds id, mitgliedernummer, kontakt id
			numero client, numero de client, numero adherent, id client, code client, numero d adherent, no client
			numero de cliente, id cliente, numero de socio, codigo de cliente, numero socio
			codice cliente, numero cliente, id utente, numero tessera, codice socio
			codigo do cliente, codigo cliente, numero do cliente
			klantnummer, lidnummer, relatienummer, klant id, lidmaatschapsnummer, klantcode, relatiecode
			numer klienta, id klienta, numer czlonkowski, kod klienta`, likely: "uid, guid, local id, account number, account no, reference, loyalty number, loyalty id, card number, loyalty card number, object id, matricola"},
		{field: mapping.ReferralCode, sure: `
			referral code, referralcode, refer code, referral id
			empfehlungscode
			code de parrainage, code parrainage, code parrain
			codigo de referido, codigo referido
			codice referral, codice amico
			codigo de indicacao
			verwijzingscode
			kod polecajacy, kod polecenia`, likely: "invite code, invitation code, affiliate code, referrer code"},
		{field: mapping.EmailBounced, soft: "email e mail is has", sure: `
			bounced, email bounced, hard bounced, hard bounce, hardbounce, email hardbounce, is bounced, is email bounced`, likely: "bounce"},
		{field: mapping.UserType, sure: "user type, usertype", likely: `
			role, user role, rolle, benutzerrolle, customer type, member type, account type, membership type
			kundentyp, benutzertyp, kundenart
			type de client, type client
			tipo de cliente, tipo cliente, tipo de usuario
			tipo utente
			klanttype
			typ klienta`},
		{field: mapping.Sponsor, sure: "sponsor, sponsor username, sponsor user name, sponsor name, upline, upline username, enroller, enroller username", likely: "sponsor id, upline id, enrolled by, parrain, patrocinador, padrino"},
		{field: mapping.Subdomain, sure: "subdomain, sub domain", likely: "replicated site, site name"},
		{field: mapping.PlaceGenealogy, sure: "place genealogy"},
		{field: mapping.Position, sure: "genealogy position, placement leg, placement position, binary leg, binary position, placement side", likely: "position, leg, side"},
		{field: mapping.ProductID, sure: "product id, productid, package id", likely: "product, package, signup package"},
	}
}
