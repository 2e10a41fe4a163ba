//! What a visitor typed into a form, and how they chose to see the pages: size, contrast, colours, order.
//!
//! A theme alone is none: it may be that of the software.

use super::Group;

pub(super) const DISPLAY: Group = Group {
    topics: "aanvraagformulier$ accesibil accessib accessibili affichage$ agrandissement$ akkordeon$ \
        ampliacion$ antragsformular$ antragsformulare$ asistente$ assistant$ assistent$ aufgeklappt$ aumento$ \
        ausgeklappt$ barrierefrei bestatigungsmeldung$ bestellformular$ bildschirmleser$ borrador$ bozza$ \
        brouillon$ cargados$ caricati$ collapsed$ contactformulier$ contactformulieren$ contrast$ contraste$ \
        contrastes$ contrasto$ cuadricula$ dark$ darkmode$ darstellung$ darstellungsmodus$ deplie$ deplies$ \
        desktopansicht$ desktopversie$ desktopversion$ desplegado$ desplegados$ donker$ draft$ dunkelmodus$ dyslexi \
        eingabe$ eingaben$ eingeklappt$ entwurf$ erfolgsmeldung$ etape$ expanded$ farbschema$ fehlermeldung$ \
        fehlermeldungen$ flash$ font$ fonts$ fontsize$ form$ forms$ formulaire$ formulaires$ formular$ \
        formulardaten$ formulare$ formulareingabe$ formulareingaben$ formularen$ formulargegevens$ formulario$ \
        formularios$ formularschritte$ formulier$ formulieren$ foutmelding$ foutmeldingen$ geuploade$ griglia$ \
        hauptmenu$ hauptmenus$ hochgeladene$ hochgeladenen$ hochkontrast$ hoogcontrast$ ingeklapt$ ingrandimento$ \
        inschrijfformulier$ istanza$ kaartweergave$ kachelansicht$ kacheln$ kartenansicht$ klappmenu$ \
        kleurenschema$ kontaktformular$ kontaktformulare$ kontaktformulars$ kontrast$ kontrastansicht$ kontraste$ \
        kontrasteinstellung$ leesbaarheid$ leggibilita$ legibilidad$ lesbarkeit$ letra$ lettergrootte$ lettertype$ \
        lijstweergave$ lisibilite$ listenansicht$ mehrseitig mehrstufig menu$ menus$ mobilansicht$ moduli$ modulo$ \
        mosaico$ mosaique$ nachtmodus$ navigationsmenu$ onlineantrag$ onlineformular$ ordenacion$ ordinamento$ \
        oscuro$ plegado$ police$ rasteransicht$ rasterweergave$ replie$ replies$ responsive$ saisie$ saisies$ \
        schrift$ schriftart$ schriftgrad$ schriftgrosse$ schriftgrossen$ schritt$ scuro$ size$ sombre$ sortering$ \
        sortierreihenfolge$ sortierung$ sorting$ spaltenbreite$ sprachversion$ stap$ statusbericht$ \
        statusberichten$ statusmeldung$ statusmeldungen$ step$ subidos$ tabellenansicht$ taille$ tekstgrootte$ \
        televerse toegankelijk typeface$ uitgeklapt$ unfolded$ upload$ uploads$ vergrosserung$ vergroting$ \
        visualizacion$ visualizzazione$ volgorde$ vorlesefunktion$ vorleser$ webformular$ webformulier$ weergave$ \
        wizard$ zoom$ zoomniveau$ zoomstufe$ zugeklappt$",
    words: "abgesendet$ abierta$ abierto$ abiertos$ abstand$ activate addresses$ alta$ alto$ ancho$ angaben$ \
        angefangene$ animaciones$ animaties$ animation$ animationen$ animations$ animazioni$ antrages$ \
        antragsformular aperta$ aperte$ aperti$ aperto$ apparence$ appearance$ atteint$ atteinte$ aumentato$ \
        aussehen$ barra$ barre$ begonnenes$ bekijken$ betrachter$ bevestiging$ bevorzugt$ bildschirm$ breedte$ \
        breite$ chiara$ chiaro$ chose$ chosen$ clair$ claire$ clairs$ clara$ claro$ click$ collapsed$ colors$ \
        colours$ columnas$ course$ cut$ dark$ data$ daten$ dati$ datos$ deplie$ derniere$ design$ dimensione$ \
        disposition$ document$ documenti$ documentos$ documents$ donkere$ donnees$ dunkel$ dunkle$ dunklen$ \
        dunkler$ dunkles$ einfache$ eingaben$ einstellung$ einstellungen$ entries$ erfolg$ ergebnisliste$ \
        ergebnisse$ ergebnissen$ erhoht$ erhohte$ erhohten$ espacement$ event$ events$ fijada$ filiale$ filling$ \
        folded$ font$ fort$ forte$ fuente$ geblieben$ gegevens$ geoffnet$ geopend$ grandezza$ grid$ grille$ \
        grootte$ gross$ grosse$ grossere$ hell$ helle$ hellen$ heller$ helles$ high$ hohen$ hoher$ hoog$ \
        impostazione$ impostazioni$ increased$ information$ informations$ inhalt$ inhalte$ inhalts$ inhoud$ \
        instelling$ instellingen$ kaart$ kolommen$ kurs$ laatst$ laatste$ largeur$ larghezza$ last$ layout$ \
        lecture$ leichte$ leseansicht$ letra$ letzte$ letzten$ licht$ lichte$ light$ meerdere$ mehrere$ mehreren$ \
        melding$ meldingen$ meldungen$ message$ messages$ motion$ multiple$ nachricht$ navigationsmenu$ notice$ \
        offen$ onderdelen$ open$ opened$ orden$ ordine$ ordre$ oscura$ ouvert$ ouverte$ ouverts$ ouverture$ \
        panels$ panneaux$ pantalla$ paso$ pasos$ passo$ pierdan$ plusieurs$ postcode$ praferenz$ praferenzen$ \
        prefer$ preference$ preferences$ preferencia$ preferencias$ preferenza$ preferenze$ preferred$ prefers$ \
        prefiere$ prefill$ progression$ rafforzato$ raster$ read$ record$ recorded$ records$ reduced$ reforzado$ \
        region$ registra$ registrano$ registrar$ registrare$ registriert$ reglage$ reglages$ reglee$ reinforced$ \
        renforce$ renforces$ replie$ responsive$ resultados$ resultaten$ resultats$ risultati$ scherm$ schermo$ \
        schritt$ schritte$ schritten$ screen$ scura$ scuro$ see$ sehen$ seitenleiste$ selected$ settings$ several$ \
        size$ sizes$ sombres$ sorted$ spacing$ stap$ stappen$ starke$ starker$ stehen$ submission$ succes$ \
        success$ suchergebnisse$ suchergebnissen$ sucursal$ symbolleiste$ tabel$ tabella$ tabelle$ tabla$ tableau$ \
        taille$ tailles$ tamano$ tema$ textes$ thema$ theme$ themes$ tiles$ toolbar$ treffer$ trefferliste$ trie$ \
        ultima$ ultimo$ underlined$ unfinished$ varios$ vedere$ ver$ veranstaltung$ verhoogd$ versand$ view$ \
        viewer$ visionneuse$ visor$ voir$ voorkeur$ voorkeuren$ vorlesen$ werkbalk$ werkzeugleiste$ width$ zien$ \
        zoekresultaten$ zuletzt$ zweigstelle$",
    phrases: "a quale passo|aanvraag hervatten|affichage en liste|affichage en mosaique|\
        answers you have given|anzeigeeinstellungen|application form|application process|archivos adjuntos|\
        archivos subidos|bijlagen aan uw aanvraag|caratteri grandi|changes were saved|chiara o scura|chiaro o scuro|\
        choix du theme|clair ou sombre|claro u oscuro|claro y oscuro|color scheme|colour scheme|\
        confirmation message|contact form|dark mode|dark or light|dark theme|darstellung|desktop version|\
        dimensione dei caratteri|dimensione del carattere|dimensione del testo|display mode|display preferences|\
        donker thema|dunkles design|einzelnen schritten|en lista o en cuadricula|en que paso|ergebnisse der suche|\
        error message|error messages|etape de la demarche|etape suivante|etapes precedentes|etat du menu|\
        fichiers joints|file allegati|file caricati|files caricati|flash message|flash messages|font size|\
        form input|fortsetzung des formulars|fuente y contraste|grandes lettres|grandezza dei caratteri|grid view|\
        grosse der schrift|grosse schrift|grote letters|hell oder dunkel|helle oder dunkle|helles design|\
        hochgeladene dateien|in elenco o in griglia|la ou vous l avez laisse|large print|letra grande|letter size|\
        licht of donker|lichte of donkere|light and dark|light mode|light or dark|like what step the user is on|\
        list view|liste oder als kacheln|meerdere stappen|mehreren schritten|mensaje de confirmacion|\
        mensaje de error|menu state|message d erreur|message de confirmation|messaggio di conferma|\
        messaggio di errore|mobiele of de desktopversie|mobiele versie|mobile ansicht|mobile o desktop|\
        mobile or desktop|mobile version|mobiler und desktop ansicht|mode d affichage|movil o de escritorio|\
        multi page|multi step|nachsten schritt|next step|orden de los resultados|order of the results|\
        ordine dei risultati|ordre de tri|paso del tramite|paso en el que|paso siguiente|passaggi precedenti|\
        passaggio successivo|passo della domanda|piece jointe|pieces jointes|pieces jointes a votre demande|\
        piu pagine|piu passaggi|plusieurs etapes|preference de theme|preferences d affichage|\
        preferencias de visualizacion|preferenze di visualizzazione|previous step|quale passaggio|quale passo|\
        reponses deja saisies|reprendre un formulaire|resultados de busqueda|resultados de la busqueda|\
        resultados por pagina|resultaten per pagina|resultaten van de zoekopdracht|resultats d une recherche|\
        resultats de la recherche|resultats de recherche|resultats par page|results of a search|\
        results of the search|results per page|retomar una solicitud|riprendere una domanda|risultati della ricerca|\
        risultati di ricerca|risultati per pagina|schrift grosse|schritt des antrags|search results|several steps|\
        size of the letters|size of the text|sort order|stap van de aanvraag|status message|status messages|\
        step of the procedure|success message|taille de police|taille de texte|taille des caracteres|\
        taille du texte|tamano de fuente|tamano de la fuente|tamano de letra|tamano del texto|tema oscuro|\
        tema scuro|text size|the view of|theme choisi|theme clair|theme preference|theme sombre|treffer pro seite|\
        un paso y el siguiente|uploaded files|varios pasos|version de escritorio|version mobil|version mobile|\
        version movil|version ordinateur|versione desktop|versione mobile|view preference|volgende stap|\
        vorige stappen|weergave instellingen|where you left off|zwischen den schritten",
};
