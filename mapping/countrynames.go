package mapping

// otherNames are names in common use beside those that CLDR prefers, which come from golang.org/x/text. It is never changed.
var otherNames = map[string]string{
	// English
	"UK": "GB", "Great Britain": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB", "Northern Ireland": "GB",
	"United Kingdom of Great Britain and Northern Ireland": "GB",
	"USA": "US", "United States of America": "US", "America": "US",
	"Republic of Ireland": "IE", "Eire": "IE", "Holland": "NL", "The Netherlands": "NL",
	"Czech Republic": "CZ", "Slovak Republic": "SK", "Turkey": "TR", "Türkiye": "TR", "Macedonia": "MK", "Swaziland": "SZ",
	"Burma": "MM", "Myanmar": "MM", "Cape Verde": "CV", "Ivory Coast": "CI", "East Timor": "TL", "Vatican": "VA", "Holy See": "VA",
	"Russian Federation": "RU", "Korea, Republic of": "KR", "Republic of Korea": "KR", "Viet Nam": "VN", "Syrian Arab Republic": "SY",
	"Iran, Islamic Republic of": "IR", "Moldova, Republic of": "MD", "Tanzania, United Republic of": "TZ",
	"Hong Kong": "HK", "Macau": "MO", "Macao": "MO", "Taiwan": "TW", "Palestine": "PS", "UAE": "AE", "Brunei Darussalam": "BN",
	"Lao People's Democratic Republic": "LA", "Democratic Republic of the Congo": "CD", "Republic of the Congo": "CG",
	// German
	"BRD": "DE", "Bundesrepublik Deutschland": "DE", "Großbritannien": "GB", "Schottland": "GB", "Nordirland": "GB",
	"Vereinigte Staaten von Amerika": "US", "Amerika": "US", "Republik Irland": "IE", "Die Niederlande": "NL", "Republik Österreich": "AT", "Die Schweiz": "CH",
	"Tschechische Republik": "CZ", "Slowakische Republik": "SK", "Weißrussland": "BY", "Weissrussland": "BY", "Russische Föderation": "RU", "Mazedonien": "MK",
	"Moldawien": "MD", "Vatikan": "VA", "Elfenbeinküste": "CI", "Kap Verde": "CV", "Swasiland": "SZ", "Birma": "MM", "Hongkong": "HK", "VAE": "AE", "Republik Korea": "KR",
	// French
	"Grande-Bretagne": "GB", "Angleterre": "GB", "Écosse": "GB", "Pays de Galles": "GB", "Irlande du Nord": "GB",
	"États-Unis d'Amérique": "US", "Amérique": "US", "République d'Irlande": "IE", "Hollande": "NL", "Les Pays-Bas": "NL",
	"République tchèque": "CZ", "Slovaquie": "SK", "Biélorussie": "BY", "Fédération de Russie": "RU", "Macédoine": "MK", "Moldavie": "MD",
	"Vatican City": "VA", "République de Corée": "KR", "Birmanie": "MM", "Émirats": "AE", "La Suisse": "CH", "La France": "FR",
	// Spanish
	"Gran Bretaña": "GB", "Inglaterra": "GB", "Escocia": "GB", "Gales": "GB", "Irlanda del Norte": "GB", "EE. UU.": "US", "EE.UU. de América": "US",
	"Estados Unidos de América": "US", "EUA": "US", "República de Irlanda": "IE", "Holanda": "NL", "Los Países Bajos": "NL", "República Checa": "CZ",
	"Eslovaquia": "SK", "Federación de Rusia": "RU", "Federación Rusa": "RU", "Bielorrusia": "BY", "Moldavia": "MD", "República de Corea": "KR", "Birmania": "MM", "Costa de Marfil": "CI",
	// Italian
	"Gran Bretagna": "GB", "Inghilterra": "GB", "Scozia": "GB", "Galles": "GB", "Irlanda del Nord": "GB", "Stati Uniti d'America": "US",
	"Repubblica d'Irlanda": "IE", "Olanda": "NL", "I Paesi Bassi": "NL", "Repubblica Ceca": "CZ", "Cechia": "CZ", "Slovacchia": "SK", "Bielorussia": "BY",
	"Federazione Russa": "RU", "Vaticano": "VA", "Repubblica di Corea": "KR", "Costa d'Avorio": "CI",
	// Portuguese
	"Grã-Bretanha": "GB", "Escócia": "GB", "País de Gales": "GB", "Irlanda do Norte": "GB", "Estados Unidos da América": "US",
	"República da Irlanda": "IE", "Os Países Baixos": "NL", "República Tcheca": "CZ", "Chéquia": "CZ", "Bielorrússia": "BY", "Federação Russa": "RU",
	"Birmânia": "MM", "Costa do Marfim": "CI",
	// Dutch
	"Groot-Brittannië": "GB", "Engeland": "GB", "Schotland": "GB", "Noord-Ierland": "GB", "VS": "US", "Verenigde Staten van Amerika": "US",
	"Nederlanden": "NL", "Republiek Ierland": "IE", "Tsjechische Republiek": "CZ", "Wit-Rusland": "BY", "Russische Federatie": "RU", "Macedonië": "MK", "Ivoorkust": "CI",
	// Polish
	"Anglia": "GB", "Szkocja": "GB", "Walia": "GB", "Irlandia Północna": "GB", "Stany Zjednoczone Ameryki": "US", "Stany Zjednoczone Ameryki Północnej": "US", "Ameryka": "US",
	"Republika Irlandii": "IE", "Niderlandy": "NL", "Republika Czeska": "CZ", "Federacja Rosyjska": "RU", "Rzeczpospolita Polska": "PL", "Republika Federalna Niemiec": "DE", "RFN": "DE",
}
