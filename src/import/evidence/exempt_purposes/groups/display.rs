//! What a visitor typed into a form, and how they chose to see the pages: size, contrast, colours, order.
//!
//! A theme alone is none: it may be that of the software.

use super::Group;

pub(super) const DISPLAY: Group = Group {
    tells: true,
    topics: "aanvraagformulier$ accesibil accessib accessibili affichage$ agrandissement$ akkordeon$ ampliacion$ \
        antragsformular$ antragsformulare$ anzeigeeinstellungen$ asistente$ assistant$ assistent$ aufgeklappt$ \
        aumento$ ausgeklappt$ barrierefrei bestatigungsmeldung$ bestellformular$ bildschirmleser$ borrador$ bozza$ \
        brouillon$ cargados$ caricati$ collapsed$ contactformulier$ contactformulieren$ contrast$ contraste$ \
        contrastes$ contrasto$ cuadricula$ dark$ darkmode$ darstellung$ darstellungsmodus$ deplie$ deplies$ \
        desktopansicht$ desktopversie$ desktopversion$ desplegado$ desplegados$ donker$ donkere$ draft$ dunkelmodus$ \
        dyslexi eingabe$ eingaben$ eingeklappt$ entwurf$ erfolgsmeldung$ etape$ expanded$ farbschema$ fehlermeldung$ \
        fehlermeldungen$ filter$ filters$ filtres$ filtri$ filtros$ flash$ font$ fonts$ fontsize$ form$ forms$ \
        formulaire$ formulaires$ formular$ formulardaten$ formulare$ formulareingabe$ formulareingaben$ formularen$ \
        formulargegevens$ formulario$ formularios$ formulars$ formularschritte$ formulier$ formulieren$ foutmelding$ \
        foutmeldingen$ geuploade$ griglia$ hauptmenu$ hauptmenus$ hochgeladene$ hochgeladenen$ hochkontrast$ \
        hoogcontrast$ ingeklapt$ ingrandimento$ inschrijfformulier$ istanza$ kaartweergave$ kachelansicht$ kacheln$ \
        kartenansicht$ klappmenu$ kleurenschema$ kontaktformular$ kontaktformulare$ kontaktformulars$ kontrast$ \
        kontrastansicht$ kontraste$ kontrasteinstellung$ kontrastreiche$ kontrastreichen$ leesbaarheid$ leggibilita$ \
        legibilidad$ lesbarkeit$ letra$ lettergrootte$ lettertype$ lijstweergave$ lisibilite$ listenansicht$ \
        mehrseitig mehrstufig menu$ menus$ mobilansicht$ moduli$ modulo$ mosaico$ mosaique$ nachtmodus$ \
        navigationsmenu$ onlineantrag$ onlineformular$ ordenacion$ ordinamento$ oscura$ oscuro$ plegado$ police$ \
        rasteransicht$ rasterweergave$ replie$ replies$ responsive$ saisie$ saisies$ schrift$ schriftart$ schriftgrad$ \
        schriftgrosse$ schriftgrossen$ schritt$ scura$ scuro$ size$ sombre$ sortering$ sortierreihenfolge$ sortierung$ \
        sorting$ spaltenbreite$ sprachversion$ stap$ statusbericht$ statusberichten$ statusmeldung$ statusmeldungen$ \
        step$ subidos$ suchfilter$ tabellenansicht$ taille$ tekstgrootte$ televerse toegankelijk typeface$ uitgeklapt$ \
        unfolded$ upload$ uploads$ vergrosserung$ vergroting$ visualizacion$ visualizzazione$ volgorde$ \
        vorlesefunktion$ vorleser$ webformular$ webformulier$ weergave$ wizard$ zoekfilters$ zoom$ zoomniveau$ \
        zoomstufe$ zugeklappt$",
    words: "abgesendet$ abstand$ activate addresses$ alta$ alto$ ancho$ angaben$ angefangene$ animaciones$ animaties$ \
        animation$ animationen$ animations$ animazioni$ antrages$ antragsformular apparence$ appearance$ atteint$ \
        atteinte$ aumentato$ ausgewahlt$ ausgewahlte$ ausgewahlten$ aussehen$ barra$ barre$ begonnenes$ bekijken$ \
        betrachter$ bevestiging$ bevorzugt$ bildschirm$ breedte$ breite$ chiara$ chiaro$ choisi$ choisie$ choisies$ \
        choisis$ chose$ chosen$ clair$ claire$ clairs$ clara$ claro$ click$ colors$ colours$ columnas$ course$ cut$ \
        data$ daten$ dati$ datos$ derniere$ design$ dimensione$ disposition$ documentos$ documents$ donkere$ donnees$ \
        dunkel$ dunkle$ dunklen$ dunkler$ dunkles$ einfache$ eingestellte$ einstellung$ einstellungen$ elegida$ \
        elegidas$ elegido$ elegidos$ elenco$ elevata$ elevato$ eleve$ elevee$ entries$ erfolg$ ergebnisliste$ \
        ergebnisse$ ergebnissen$ erhoht$ erhohte$ erhohten$ espacement$ event$ events$ fijada$ filiale$ filling$ \
        folded$ fort$ forte$ fuente$ geblieben$ gegevens$ gekozen$ geselecteerd$ geselecteerde$ gewahlt$ gewahlte$ \
        gewahlten$ gewahlter$ grandezza$ grid$ grille$ grootte$ gross$ grosse$ grossere$ hell$ helle$ hellen$ heller$ \
        helles$ high$ hoge$ hohe$ hohen$ hoher$ hoog$ impostazione$ impostazioni$ increased$ ingestelde$ inhalt$ \
        inhalte$ inhalts$ inhoud$ instelling$ instellingen$ kaart$ kolommen$ kurs$ laatst$ laatste$ largeur$ \
        larghezza$ last$ layout$ lecture$ leichte$ leseansicht$ letzte$ letzten$ licht$ lichte$ light$ lijst$ list$ \
        lista$ liste$ meerdere$ mehrere$ mehreren$ melding$ meldingen$ meldungen$ message$ messages$ motion$ multiple$ \
        nachricht$ notice$ onderdelen$ orden$ ordine$ ordre$ oscura$ panels$ panneaux$ pantalla$ paso$ pasos$ passo$ \
        picked$ pierdan$ plusieurs$ postcode$ praferenz$ praferenzen$ prefer$ preference$ preferences$ preferencia$ \
        preferencias$ preferenza$ preferenze$ preferred$ prefers$ prefiere$ prefill$ progression$ quelle$ quelles$ \
        rafforzato$ raster$ read$ reduced$ reforzado$ region$ reglage$ reglages$ reglee$ reinforced$ renforce$ \
        renforces$ resultados$ resultaten$ resultats$ risultati$ scelta$ scelte$ scelti$ scelto$ scherm$ schermo$ \
        schritte$ schritten$ screen$ scura$ see$ sehen$ seitenleiste$ seleccionada$ seleccionado$ selected$ \
        selectionne$ selectionnee$ selectionnes$ selezionata$ selezionato$ settings$ several$ sizes$ sombres$ sorted$ \
        spacing$ stappen$ starke$ starker$ stehen$ submission$ succes$ success$ suchergebnisse$ suchergebnissen$ \
        sucursal$ symbolleiste$ tabel$ tabella$ tabelle$ tabla$ tableau$ tailles$ tamano$ tema$ textes$ thema$ theme$ \
        themes$ tiles$ toolbar$ treffer$ trefferliste$ trie$ ultima$ ultimo$ underlined$ unfinished$ varios$ vedere$ \
        ver$ verhoogd$ versand$ view$ viewer$ visionneuse$ visor$ voir$ voorkeur$ voorkeuren$ vorlesen$ werkbalk$ \
        werkzeugleiste$ width$ zien$ zoekresultaten$ zuletzt$ zweigstelle$",
    phrases: "a quale passo|aanvraag hervatten|abierto o cerrado|affichage en liste|affichage en mosaique|\
        answers you have given|apartados abiertos|aperto o chiuso|application form|application process|\
        archivos adjuntos|archivos subidos|auf oder zugeklappt|between steps|between the steps|\
        bijlagen aan uw aanvraag|caratteri grandi|ce que vous avez saisi dans le formulaire|changes were saved|\
        chiara o scura|chiaro o scuro|choisi clair|choix du theme|clair ou sombre|claro u oscuro|claro y oscuro|\
        color scheme|colour scheme|concept van uw aanvraag|concept van uw bericht|confirmation message|contact form|\
        d une etape a l autre|dark mode|dark or light|dark theme|dati dell istanza|datos introducidos en la solicitud|\
        desktop version|dimensione dei caratteri|dimensione del carattere|dimensione del testo|display mode|\
        display preferences|distintos pasos|donker thema|dunkles design|einzelnen schritten|en lista o en cuadricula|\
        en que paso|entre les etapes|entre los pasos|error message|error messages|etape de la demarche|etape suivante|\
        etapes de la demande|etapes precedentes|etat du menu|expanded or collapsed|fichiers joints|file allegati|\
        file caricati|files caricati|flash message|flash messages|fond de carte|font size|form input|\
        fortsetzung des formulars|fuente y contraste|geoffnete menus|grandes lettres|grandezza dei caratteri|\
        grid view|grosse der schrift|grosse schrift|grote letters|hell oder dunkel|helle oder dunkle|helles design|\
        hochgeladene dateien|in elenco o in griglia|la ou vous l avez laisse|large print|leessnelheid|\
        lesegeschwindigkeit|letra grande|letter size|licht of donker|lichte of donkere|light and dark|light mode|\
        light or dark|light or the dark|like what step the user is on|list view|liste oder als kacheln|\
        lo que ha escrito en el formulario|map background|map tiles|meerdere stappen|mehreren schritten|\
        mensaje de confirmacion|mensaje de error|menu abierto|menu aperto|menu is open|menu open is|menu ouvert|\
        menu state|menus abiertos|menus are open|menus ouverts|message d erreur|message de confirmation|\
        messaggio di conferma|messaggio di errore|mobiele of de desktopversie|mobiele versie|mobile ansicht|\
        mobile o desktop|mobile or desktop|mobile version|mobiler und desktop ansicht|mode d affichage|\
        movil o de escritorio|multi page|multi step|nachsten schritt|next step|offen oder geschlossen|onderdelen open|\
        open menus|open of dicht|open of gesloten|open or closed|open or shut|open secties|orden de los resultados|\
        order of the results|ordine dei risultati|ordre de tri|ouvert ou ferme|panneaux ouverts|paso del tramite|\
        paso en el que|paso siguiente|passaggi precedenti|passaggio successivo|passo della domanda|piece jointe|\
        pieces jointes|pieces jointes a votre demande|piu pagine|piu passaggi|plusieurs etapes|preference de theme|\
        preferences d affichage|preferencias de visualizacion|preferenze di visualizzazione|previous step|\
        quale passaggio|quale passo|reading speed|reponses deja saisies|reprendre un formulaire|resultados por pagina|\
        resultaten per pagina|resultats par page|results per page|retomar una solicitud|riprendere una domanda|\
        risultati per pagina|rubriques ouvertes|schrift grosse|schritt des antrags|secciones abiertas|several steps|\
        sezioni aperte|size of the letters|size of the text|sort order|stap van de aanvraag|status message|\
        status messages|step of the procedure|success message|taille de police|taille de texte|taille des caracteres|\
        taille du texte|tamano de fuente|tamano de la fuente|tamano de letra|tamano del texto|tema oscuro|tema scuro|\
        text size|the view of|theme choisi|theme clair|theme preference|theme sombre|tra i passaggi|\
        tra un passaggio e l altro|treffer pro seite|tussen de stappen|un paso y el siguiente|uploaded files|\
        varios pasos|velocidad de lectura|velocita di lettura|version de escritorio|version mobil|version mobile|\
        version movil|version ordinateur|versione desktop|versione mobile|view preference|vitesse de lecture|\
        volgende stap|vorige stappen|was sie im formular eingegeben haben|was sie in das formular eingegeben haben|\
        wat u in de vorige stappen van de aanvraag hebt ingevuld|wat u in een formulier hebt ingevuld|\
        wat u in een formulier heeft ingevuld|wat u in het formulier hebt ingevuld|wat u in het formulier invult|\
        weergave instellingen|what you have entered in the form|where you left off|zwischen den schritten",
    beside: "a laquelle vous etes|absenden$|absendet$|activ|activada$|active$|angaben$|answers$|antrag|attiva$|\
        ausgewahlt$|ausgewahlte$|ausgewahlten$|barre$|bestatigung$|bevestiging$|bis sie ihn absenden|breve$|choisi$|\
        choisie$|choisies$|choisis$|chosen$|compilato$|compilazione$|completed$|concept$|conferma$|confirma$|\
        confirmacion$|confirmation$|data you entered|data you have entered|dati inseriti|datos introducidos|demande$|\
        documents$|donnees que vous avez saisies|donnees saisies|eingaben$|eingegeben$|eingegebene daten|\
        eingegebenen daten|eingeschaltet$|eingestellte$|einstellungen$|elegida$|elegidas$|elegido$|elegidos$|\
        entered data|entered$|entries$|entry$|enviarlo$|envie$|envoi$|ergebnisse der suche|fijo$|fill in|fill$|\
        filled in|gekozen$|geselecteerd$|geselecteerde$|gewahlt$|gewahlte$|gewahlten$|gewahlter$|go back|\
        ingeschakeld$|ingestelde$|ingevuld$|ingevulde gegevens|inseriti$|introducidos$|inviato$|invult$|keep track of|\
        keeps track of|korte$|kurze$|laquelle vous etes|layout$|meerdere pagina s|meerdere pagina s doorloopt|\
        mehrere seiten|mehreren seiten|meldung$|menu$|message$|multiple pages|next page|next step|one off message|\
        passes a one off message|picked$|piu pagine|plusieurs pages|que vous avez active|reglee$|relleno$|rempli$|\
        remplie$|resultados de busqueda|resultados de la busqueda|resultaten van de zoekopdracht|\
        resultats d une recherche|resultats de la recherche|resultats de recherche|results of a search|\
        results of the search|revenez en arriere|risultati della ricerca|risultati di ricerca|saisie$|saisies$|\
        saisis$|scelta$|scelte$|scelti$|scelto$|se encuentra|search form|search results|seleccionada$|seleccionado$|\
        selected$|selectionne$|selectionnee$|selectionnes$|selezionata$|selezionato$|send it|sent$|settings$|\
        several pages|short$|si trova|sie sich befinden|so far|solicitud$|steps$|submitted$|suchergebnisse$|switched$|\
        teruggaat$|the data entered|the next page|to the next page|toolbar$|torna indietro|uber mehrere seiten|\
        varias paginas|verstuurt$|verzonden$|viewer$|visor de documentos|visor$|vous l avez active|vous l envoyez|\
        vous revenez en arriere|vous vous trouvez|vuelve atras|wat u hebt ingevuld|wat u heeft ingevuld|wat u invulde|\
        wat u invult|what you entered|what you filled in|what you typed|when you return|you go back|you have given|\
        you send it|zoekformulier$|zuruckgehen$",
};
