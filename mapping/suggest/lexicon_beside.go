package suggest

// harmless words say whose column it is, or nothing; beside a phrase they cost nothing. Never changed.
var harmless = wordSet(`
	the a of and or for in your my our is your what please enter provide here
	de du des d l la le les el los il lo i gli di del della da do dos das der die das den dem des und van het een en y e et w z
	user users customer customers client clients contact contacts person people member members subscriber subscribers account profile individual attendee guest guests buyer participant donor patient student recipient lead constituent supporter visitor owner player fan registrant delegate
	kunde kunden kontakt mitglied mitglieder person teilnehmer empfanger nutzer benutzer spender interessent
	client contact membre adherent abonne utilisateur destinataire personne participant donateur inscrit
	cliente contacto miembro usuario socio suscriptor persona participante
	contatto utente iscritto persona membro
	contato pessoa membro usuario utilizador
	klant klanten lid leden gebruiker persoon relatie deelnemer
	klient klienta kontakt uzytkownik uzytkownika osoba osoby uczestnik czlonek
	primary main default current preferred principal principale hauptadresse haupt glowny standaard
	hs wp wc sf crm field fields value values data info information details detail attribute attributes attr property properties props metadata meta traits customfield merge vars text string str column
	address addr adresse adres anschrift direccion indirizzo endereco addresses
	1 required optional pflichtfeld obligatoire obligatorio number nr no num numero
`)

// addressWords beside a field of a person say that it is the one of an address. Never changed.
var addressWords = wordSet("address addr adresse adres anschrift direccion indirizzo endereco addresses")

// places say which of several it is, and what that costs beside a phrase. Never changed.
var places = placeTable(map[Score]string{
	0.00: "home private privat personal domicile perso personnel personnelle particular casa privato privata prive prywatny prywatna domowy residence residential",
	0.03: "mailing postal post postanschrift correspondence korrespondenz contact correspondencia",
	0.05: "billing bill invoice rechnung rechnungs rechnungsadresse facturation facturacion fatturazione faturamento faturacao cobranca factuur factuuradres rozliczeniowy bil payment",
	0.14: "shipping ship delivery liefer lieferung lieferadresse lieferanschrift livraison envio entrega spedizione consegna bezorg bezorgadres verzend verzendadres wysylki dostawy",
	0.16: "work business office company corporate geschaft geschaftlich geschaeftlich dienstlich beruflich arbeit buro firma professionnel professionnelle travail bureau pro trabajo oficina trabalho lavoro ufficio aziendale profissional werk zakelijk kantoor sluzbowy sluzbowa praca",
	0.30: "other sonstige sonstiger autre otro otra altro altra outro outra overig andere ander inny inna",
	0.45: "secondary second alternate alternative alt backup additional zweite zweiter zusatzlich secondaire secundario secundaria secondario secondaria secundair tweede drugi druga 2 3 4 5 6 7 8 9 10 recovery",
})

// mobile words mark a telephone that a person carries: of several, the one that is meant. Never changed.
var mobile = wordSet("mobile cell cellphone mobilephone handy handynummer mobil mobiltelefon mobilnummer mobilfunk mobilfunknummer mobilrufnummer gsm portable movil celular cellulare telemovel mobiel mobiele komorka komorkowy kom msisdn phone_mobile")

// turning words beside a phrase give it another meaning: the field is ruled out. Never changed.
var turning = wordSet(`
	hash hashed salt salted encrypted encoder digest md5 sha sha1 sha256 bcrypt algorithm
	date time at on datum fecha timestamp when since until zeit
	ip status verified confirmed valid validated validity verification confirmation unconfirmed type typ label kind format count total sum amount
	source url link domain website web page site
	created create updated update modified changed change expires expiry expiration expired reset hint question answer
	previous old former maiden last
	opt optin optout out unsubscribed unsubscribe bounced bounce score rank rating lat lng long latitude longitude
	tax vat card bank iban credit
	parent parents guardian spouse partner emergency mother father child children kid assistant secretary manager supervisor boss referrer referred referral friend agent rep representative sales broker author creator
	fax pager radio telex callback tty tdd car isdn extension ext prefix suffix dial dialing area
	yomi phonetic kana furigana middle initial initials maternal paternal
	flag permission consent marketing sms whatsapp push
	group list tag tags note notes comment reason method preference preferences order orders product event ticket purchase
	shop store birth place born nationality citizenship school college university hotel team club campaign
	mutter vater kind eltern notfall ehepartner geburts zahlung konto vorwahl
	attempts count login logins session token secret key pin otp mfa 2fa
	latest recent open opened click clicked sent received delivered
	manager_id currency timezone tz zone
`)

// placeTable turns the words of each cost around.
func placeTable(byCost map[Score]string) map[string]Score {
	table := map[string]Score{}
	for cost, words := range byCost {
		for w := range wordSet(words) {
			table[w] = cost
		}
	}
	return table
}
