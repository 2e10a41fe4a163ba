//! The language, the region and the currency that a visitor chose, and the time zone in which dates are shown.

use super::Group;

pub(super) const LANGUAGE: Group = Group {
    topics: "anzeigesprache$ currencies$ currency$ devise$ devises$ dialekt$ divisa$ divisas$ idioma$ \
        idiomas$ idiomatica$ interfacetaal$ landauswahl$ landeseinstellung$ language$ languages$ langue$ langues$ \
        lengua$ lingua$ lingue$ linguistica$ linguistique$ locale$ moneda$ monedas$ multilingual$ sprachauswahl$ \
        sprache$ spracheinstellung sprachen$ sprachkennung$ sprachlich sprachpraferenz sprachversion$ \
        sprachversionen$ sprachwahl$ taal$ taalinstelling taalkeuze$ taalversie$ taalvoorkeur talen$ tijdzone$ \
        timezone$ translated$ ubersetzte$ valuta$ wahrung$ wahrungen$ websitetaal$ websprache$ weergavetaal$ \
        zeitzone$",
    words: "anzeige$ bevorzugt$ bevorzugte$ bevorzugten$ bezahlen$ chose$ derniere$ deseada$ deseado$ desired$ \
        desiree$ einfache$ einstellung$ einstellungen$ elegido$ geselecteerde$ gewenste$ impostazione$ \
        impostazioni$ instelling$ instellingen$ laatste$ last$ leer$ leggere$ leichte$ lesen$ letzte$ levering$ \
        lezen$ lieferland$ lieferung$ lire$ livraison$ matching$ mehrere$ mehreren$ multilingual$ multilingue$ \
        nativ official$ pagar$ pay$ payer$ plusieurs$ praferenz$ praferenzen$ precio$ precios$ prefer$ preferee$ \
        preference$ preferences$ preferencia$ preferencias$ preferenza$ preferenze$ preferred$ prefers$ prefiere$ \
        preis$ preise$ prezzi$ prezzo$ price$ prices$ prijs$ prijzen$ prix$ read$ record$ recorded$ records$ \
        region$ registra$ registrano$ registrar$ registrare$ registriert$ reglage$ reglages$ see$ sehen$ selected$ \
        settings$ several$ shown$ sites$ souhaitee$ spedizione$ spoken$ sprachwahler$ teksten$ testi$ textes$ \
        textos$ texts$ traduccion$ traduction$ traduzione$ translation$ ubersetzung$ ultima$ ultimo$ vedere$ ver$ \
        verschiedenen$ vertaling$ view$ visualizzazione$ voir$ voorkeur$ voorkeuren$ voorkeurstaal$ weergave$ \
        wunschsprache$ zien$ zuletzt$",
    phrases: "ausgewahlte land|chosen country|chosen region|country and currency|country and language|\
        country you chose|fuseau horaire|fuso orario|gekozen land|gekozen regio|gewahlte land|gewahlte region|\
        idioma de la interfaz|idioma y pais|land en de valuta|land en taal|land und die wahrung|land und sprache|\
        language and country|language selector|language setting|language version|langue d affichage|langue du site|\
        langue et pays|lieferland|lingua dell interfaccia|lingua e paese|paese e la valuta|paese e lingua|\
        paese e valuta|paese scelto|paese selezionato|pais e idioma|pais elegido|pais seleccionado|pais y moneda|\
        pays choisi|pays et devise|pays et la devise|pays et langue|pays selectionne|region and language|\
        region choisie|region elegida|region seleccionada|region selectionnee|region y la moneda|region you chose|\
        region you picked|regione selezionata|selected country|selected region|sprache und land|taal en land|\
        taal van de website|time zone|version linguistique|version of the language|zona horaria",
};
