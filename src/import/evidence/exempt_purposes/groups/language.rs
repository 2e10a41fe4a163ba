//! The language, the region and the currency that a visitor chose, and the time zone in which dates are shown.

use super::Group;

pub(super) const LANGUAGE: Group = Group {
    tells: true,
    topics: "anzeigesprache$ currencies$ currency$ devise$ devises$ dialekt$ divisa$ divisas$ idioma$ idiomas$ \
        idiomatica$ interfacetaal$ landauswahl$ landeseinstellung$ language$ languages$ langue$ langues$ lengua$ \
        lieferland$ lingua$ lingue$ linguistica$ linguistique$ locale$ moneda$ monedas$ multilingual$ sprachauswahl$ \
        sprache$ spracheinstellung sprachen$ sprachkennung$ sprachlich sprachpraferenz sprachversion$ sprachversionen$ \
        sprachwahl$ taal$ taalinstelling taalkeuze$ taalversie$ taalvoorkeur talen$ tijdzone$ timezone$ translated$ \
        ubersetzte$ valuta$ wahrung$ wahrungen$ websitetaal$ websprache$ weergavetaal$ zeitzone$",
    words: "anzeige$ ausgewahlt$ ausgewahlte$ ausgewahlten$ bevorzugt$ bevorzugte$ bevorzugten$ bezahlen$ choisi$ \
        choisie$ choisies$ choisis$ chose$ chosen$ derniere$ deseada$ deseado$ desired$ desiree$ einfache$ \
        eingestellte$ einstellung$ einstellungen$ elegida$ elegidas$ elegido$ elegidos$ gekozen$ geselecteerd$ \
        geselecteerde$ gewahlt$ gewahlte$ gewahlten$ gewahlter$ gewenste$ impostazione$ impostazioni$ ingestelde$ \
        instelling$ instellingen$ laatste$ leichte$ letzte$ matching$ mehrere$ mehreren$ multilingue$ nativ official$ \
        pagar$ pay$ payer$ picked$ plusieurs$ praferenz$ praferenzen$ precio$ precios$ prefer$ preferee$ preference$ \
        preferences$ preferencia$ preferencias$ preferenza$ preferenze$ preferred$ prefers$ prefiere$ preis$ preise$ \
        prezzi$ prezzo$ price$ prices$ prijs$ prijzen$ prix$ quelle$ quelles$ region$ reglage$ reglages$ scelta$ \
        scelte$ scelti$ scelto$ seleccionada$ seleccionado$ selected$ selectionne$ selectionnee$ selectionnes$ \
        selezionata$ selezionato$ settings$ several$ shown$ souhaitee$ spoken$ sprachwahler$ teksten$ testi$ textes$ \
        textos$ texts$ traduccion$ traduction$ traduzione$ translation$ ubersetzung$ ultima$ ultimo$ verschiedenen$ \
        vertaling$ visualizzazione$ voorkeur$ voorkeuren$ voorkeurstaal$ weergave$ wunschsprache$ zuletzt$",
    phrases: "auf deutsch oder englisch|ausgewahlte land|chosen country|chosen region|country and currency|\
        country and language|country you chose|easy read|en espanol o en ingles|en francais ou en anglais|\
        facile a lire|fuseau horaire|fuso orario|gekozen land|gekozen regio|gewahlte land|gewahlte region|\
        idioma de la interfaz|idioma y pais|in french or english|in het nederlands of engels|in italiano o in inglese|\
        land en de valuta|land en taal|land und die wahrung|land und sprache|language and country|language selector|\
        language setting|language version|langue d affichage|langue du site|langue et pays|las paginas en ese idioma|\
        le pagine in quella lingua|lectura facil|leichte sprache|leichter sprache|les pages dans cette langue|\
        lingua dell interfaccia|lingua e paese|paese e la valuta|paese e lingua|paese e valuta|paese scelto|\
        paese selezionato|pages appear in that language|pages in that language|pagina s in die taal|pais e idioma|\
        pais elegido|pais seleccionado|pais y moneda|pays choisi|pays et devise|pays et la devise|pays et langue|\
        pays selectionne|region and language|region choisie|region elegida|region seleccionada|region selectionnee|\
        region y la moneda|region you chose|region you picked|regione selezionata|see the prices|\
        seiten in dieser sprache|selected country|selected region|show the prices|sprache und land|taal en land|\
        taal van de website|time zone|u de site wilt lezen|ver los precios|version linguistique|\
        version of the language|visualizzare il negozio|vous souhaitez lire le site|wish to read the site|zona horaria",
    beside: "aleman$|allemand$|anglais$|ausgewahlt$|ausgewahlte$|ausgewahlten$|basque$|catalan$|choisi$|choisie$|\
        choisies$|choisis$|chosen$|country$|damit wir sie nicht erneut fragen mussen|\
        dans laquelle les prix sont affiches|der preise angezeigt werden|deutsch$|duits$|dutch$|eingestellte$|\
        elegida$|elegidas$|elegido$|elegidos$|en la que se muestran los precios|engels$|englisch$|english$|espanol$|\
        euskera$|francais$|frances$|francese$|frans$|franzosisch$|french$|gallego$|gekozen$|german$|geselecteerd$|\
        geselecteerde$|gewahlt$|gewahlte$|gewahlten$|gewahlter$|in cui sono mostrati i prezzi|\
        in der preise angezeigt werden|in which prices are displayed|ingestelde$|ingles$|inglese$|interface$|italian$|\
        italiano$|land$|les prix sont affiches|muestra los precios|muestran los precios|nederlands$|paese$|pais$|\
        pays$|picked$|portals$|preise angezeigt|preise angezeigt werden|prezzi mostrati|prices are displayed|\
        prices are shown|prices shown|prijzen worden getoond|prix affiches|prix sont affiches|region$|scelta$|scelte$|\
        scelti$|scelto$|se muestran los precios|seleccionada$|seleccionado$|selected$|selectionne$|selectionnee$|\
        selectionnes$|selezionata$|selezionato$|sono mostrati i prezzi|souhaitez$|spanish$|tedesco$|text$|texts$|\
        waarin prijzen worden getoond|want to read|which prices are displayed|wilt lezen|\
        wir sie nicht erneut fragen mussen|you want to read the site",
};
