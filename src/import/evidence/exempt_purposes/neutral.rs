//! Words that say nothing beside a purpose that is named in the same part: “the page”, “recognises”. Folded; a word ends in
//! `$`, the beginning of a word does not.
//!
//! Words that turn such a purpose into another are not among them: “number”, “other”, “partners”, “improve”, “last”, “later”,
//! “every”, “pages”.

/// All of them.
pub(super) const NEUTRAL: [&str; 2] = [THINGS, DEEDS];

/// People, institutions, parts of a site, and how they are.
const THINGS: &str = "aanvraag$ aanvrager$ aanvragers$ abbonamenti$ abbonamento$ abbonati$ abbonato$ abo$ abonnee$ \
    abonnees$ abonnement$ abonnements$ abonnent$ abonnenten$ abonnes$ abono$ abonos$ abschnitt$ absolument$ absturz$ \
    academie$ account$ accueil$ adherent adherents$ adjunta$ adjunto$ adjuntos$ admin$ administrador$ \
    administradores$ administrateur$ administrateurs$ administration$ administrator$ administratoren$ administrators$ \
    administre$ administres$ advertencia$ advertencias$ aeroport$ aeroporto$ aeropuerto$ afspraak$ afspraken$ agency$ \
    agent$ agents$ agreement$ agriculteur$ agriculteurs$ agricultor$ agricultores$ ahi$ ailleurs$ airport$ aiuto$ \
    alert$ alerta$ alertas$ alerte$ alertes$ alerts$ alguien$ alive$ allegati$ allegato$ allerta$ alli$ \
    almacenamiento$ alone$ altri$ alumnado$ alumno$ alumnos$ ambiente$ ambtenaar$ ambtenaren$ amministratore$ \
    amministratori$ amt$ amter$ amtes$ anbieters$ anforderung$ anforderungen$ anfrage$ anfragen$ angebot$ angebots$ \
    anhang$ anhange$ anlage$ anlagen$ announcement$ announcements$ another$ ansicht$ anspruch$ anti$ antrag$ antrage$ \
    antrags$ antragstellende$ antragsteller$ antragstellerin$ antwoord$ antwoorden$ antworten$ anwender$ anwenderin$ \
    anwendern$ anwendungen$ anybody$ anywhere$ aparcamiento$ apartado$ apartados$ aplicaciones$ aplicativo$ \
    applicant$ applicants$ applicati applicazioni$ appointment$ appointments$ apprenant$ apprenants$ apprenti$ \
    appuntamenti$ appuntamento$ aqui$ arbeitsspeicher$ area$ asegurado$ assicurato$ association$ assures$ ateneo$ \
    atributo$ attachment$ attachments$ attribut$ attribute$ attributo$ attribuut$ ausfall$ ausfalle$ ausweis$ auteur$ \
    auteurs$ author$ authorities$ authority$ authors$ autobus$ autor$ autore$ autoren$ autores$ autori$ autoridad$ \
    autoridades$ autorisations$ autorita$ autorite$ autorites$ availability$ averia$ avertissement$ avertissements$ \
    avvertenza$ avvertenze$ avvisi$ avviso$ aware$ ayudas$ ayuntamiento$ backend$ bahn$ bahnhof$ balie$ bambini$ \
    bambino$ bascule$ beamte$ bediener$ bedingung$ bedingungen$ been$ beheerdeel$ beheerder$ beheerders$ \
    beheersysteem$ behorde$ behorden$ beispiel$ belastingbetaler$ beneficiaire$ beneficiaires$ benevole$ benevoles$ \
    benutzerin$ berechtigung$ berechtigungen$ bericht$ berichten$ beschaftigte$ beschaftigten$ beschwerde$ \
    beschwerden$ bestand$ bestanden$ bestellvorgangs$ besuchenden$ besucherin betrieb$ bevoegdheid$ bewerber$ \
    bewerberin$ bewerbung$ bewerbungen$ bewijs$ biblioteca$ bibliotheek$ bibliothek$ bibliotheque$ bibliotheques$ \
    bijlage$ bijlagen$ billetterie$ bin$ boite$ borrower$ box$ boxes$ branch$ bureau$ burgerin$ burgern$ \
    burgerportal$ bus$ cadena$ caducidad$ campi$ campo$ campos$ candidat$ candidati$ candidato$ candidatos$ \
    candidats$ canton$ captcha$ caracter$ caractere$ caracteres$ carattere$ caratteri$ card$ cards$ carte$ cartes$ \
    case$ casella$ caselle$ cases$ casi$ casilla$ casillas$ casos$ catalog$ categoria$ categorias$ categorie$ \
    categories$ category$ centro$ certificaat$ certificado$ certificat$ certificate$ certificates$ certificato$ \
    challenge$ challenges$ champ$ champs$ character$ characters$ checksum$ chercheur$ chercheurs$ chiave$ child$ \
    children$ chiunque$ cifras$ cifre$ cipher$ cita$ citas$ citizen citoyens$ ciudadanas$ ciudadania$ clases$ clave$ \
    clavier$ cle$ clienten$ closing$ club$ code$ college$ colonna$ colonne$ colonnes$ color$ colore$ colores$ colori$ \
    colour$ column$ columna$ columns$ combinacion$ combinaison$ combinatie$ combination$ combinazione$ commune$ \
    complaint$ complaints$ component$ condicion$ condiciones$ condition$ conditions$ condizione$ condizioni$ \
    configuracion$ configuratie$ configuration$ configurazione$ conjunto$ connection$ connections$ contact$ contacto$ \
    contatto$ contribuable$ contribuables$ contribuente$ contribuenti$ contributeur$ contributeurs$ contributo$ \
    contributor$ contributors$ contribuyente$ contribuyentes$ cookievraag$ coppia$ corte$ couleur$ couleurs$ council$ \
    coupures$ courts$ crash$ creneau$ creneaux$ critere$ criteres$ cuadro$ cursus$ customer daar$ danger$ deberes$ \
    declaracion$ declaraciones$ declaration$ declarations$ deelnemer$ deelnemers$ defi$ delen$ demande$ demandee$ \
    demandees$ demandes$ demarche$ demarches$ departement$ department$ depot$ derecho$ derechos$ desea$ desidera$ \
    desiderata$ desire$ desktop$ devoirs$ dialog$ dialogo$ dialogue$ dialoogvenster$ dichiarazione$ dichiarazioni$ \
    dienstes$ diferente$ diferentes$ different$ differente$ differentes$ digito$ digitos$ digits$ dipendente$ \
    dipendenti$ diritti$ diritto$ distinct$ distincte$ distinctes$ distincts$ district$ diversa$ diverse$ diversi$ \
    diverso$ docent$ docente$ docenten$ docentes$ docenti$ domanda$ domande$ donateur$ donateurs$ donor$ donors$ \
    dorp$ droit$ droits$ duty$ earlier$ early$ ecole$ ecoles$ ecran$ editeur$ editeurs$ editor$ editores$ editorial$ \
    editoriale$ editors$ eerder$ eerdere$ eigenaar$ eigentumer$ einrichtung$ einrichtungen$ eintrag$ eintrage$ \
    einzeln$ einzelne$ einzelnen$ eis$ eisen$ ejemplo$ elearning$ electronico$ eleve$ eleves$ elsewhere$ eltern$ \
    empleado$ empleados$ employee$ employees$ emprunteur$ emprunteurs$ encontraba$ enfant$ enfants$ enrollment$ \
    enrolment$ enseignant$ enseignants$ ente$ entete$ enti$ entorno$ entry$ environment$ environnement$ equipo$ \
    equipos$ era$ eran$ erano$ erforderlich ergens$ erklarung$ erklarungen$ erreur$ erreurs$ error$ errore$ errores$ \
    errori$ errors$ esame$ esami$ escuela$ esempio$ essential essentiel essenziell estaba$ estacion$ estadio$ estado$ \
    estando$ estrictamente$ estudiante$ estudiantes$ estuvo$ etablissement$ etape$ etapes$ etats$ ete$ etudiant \
    etudiants$ exam$ examen$ examenes$ examens$ example$ examples$ exams$ exemple$ exigence$ exigences$ expiry$ \
    extension$ extranet$ fahrgaste$ fahrkarte$ failure$ failures$ fall$ falle$ fallo$ fallos$ famiglia$ famiglie$ \
    familia$ familias$ familie$ familien$ families$ famille$ familles$ family$ far$ farbe$ farben$ fares$ farmer$ \
    farmers$ fase$ fasen$ fases$ fasi$ fehler$ fehlermeldung$ fehlermeldungen$ feld$ felder$ fenetre$ fenetres$ \
    fenster$ field$ fields$ fila$ filas$ finalidad$ finalita$ finalite$ finestra$ finestre$ flughafen$ fonctionnaire$ \
    fonctionnaires$ fonctionnalite form$ formaat$ format$ formato$ forschende$ forscher$ fortschritt$ fout$ fouten$ \
    foutmelding$ foutmeldingen$ frage$ framework$ frameworks$ freiwillige$ frist$ frontend$ fue$ fuera$ fueron$ \
    funcionario$ funcionarios$ functioneren$ fuori$ galeria$ galerie$ galleria$ gallery$ galletas$ gare$ gast$ gaste$ \
    gasten$ gebruiksvoorwaarden$ gefahr$ geheim$ geheimnis$ geheugen$ gemeente$ gemeinde$ genitore$ genitori$ gesetz$ \
    gesetze$ gestionale$ gevaar$ gevraagd$ gevraagde$ geweest$ gewesen$ gewunscht$ gewunschte$ gewunschten$ gezin$ \
    ging$ going$ grund$ guasti$ guasto$ guest$ guests$ guichet$ guichets$ guideline$ gym$ hakchen$ haken$ hal$ half$ \
    halfway$ hall$ hallen$ halls$ halves$ handtekening$ hash$ hausaufgaben$ header$ headers$ herausgeber$ here$ \
    hinweise$ hochschule$ hochschulen$ holder$ holders$ homework$ horaire$ horaires$ horario$ hospital$ host$ houder$ \
    houders$ huiswerk$ hulp$ huurder$ ici$ icon$ id$ identifiant identificacion$ identificador$ identificadores$ \
    identificatie$ identification$ identificativo$ identificatore$ identificazione$ identifier$ identifiers$ \
    identifikation$ identifikator$ identity$ ids$ iemand$ impiegati$ impiegato$ impot$ impots$ impuesto$ impuestos$ \
    incident$ incidents$ indispensab individual$ individuale$ individually$ individuel$ individuelle$ infobulle$ \
    informatici$ informativa$ inhaber$ inhaberin$ inquilino$ inschrijving$ inschrijvingen$ inscripcion$ \
    inscripciones$ inscription$ inscriptions$ inscrits$ insegnante$ insegnanti$ instalacion$ instance$ instancia$ \
    instantie$ instanties$ instanz$ institucion$ instituciones$ institution$ institutions$ instruccion$ instruction$ \
    instructor$ interfaccia$ interface$ interfaz$ internaute internetseiten$ interrupcion$ interruption$ intranet$ \
    investigador$ investigadores$ invitado$ invitados$ invite$ invites$ iscrizione$ iscrizioni$ istanza$ istituto$ \
    istituzione$ istituzioni$ istruzione$ jemand$ jointe$ jointes$ kastchen$ kasten$ kategorie$ kategorien$ kenmerk$ \
    kennung$ kennungen$ kennzeichn keuzemenu$ key$ keyboard$ keys$ kinder$ kinderen$ kindern$ klacht$ klachten$ \
    klausur$ kleur$ kleuren$ knop$ knopf$ kolom$ kombination$ kommune$ konfiguration$ kontakt$ kop$ kopf$ kopfzeile$ \
    kreis$ kundenportals$ landkreis$ landwirte$ lang$ lange$ largo$ laufzeit$ lavoratore$ lavoratori$ law$ laws$ \
    learner$ learners$ learning$ lecteurs$ lectores$ leerkracht$ leerling$ leerlingen$ lehrende$ lehrer$ lehrkrafte$ \
    lender$ leraar$ lernende$ lernenden$ leser$ lesern$ lessen$ letter$ letters$ lettore$ lettori$ level$ ley$ leyes$ \
    lezer$ lezers$ lezione$ library$ licence$ lifespan$ lifetime$ ligne$ lignes$ linguistique$ livello$ locataire$ \
    locataires$ logiciel$ logiciels$ loi$ lois$ long$ longer$ longtemps$ loss$ luchthaven$ lungo$ lycee$ macchina$ \
    machine$ machtiging$ machtigingen$ mairie$ mandatory maniere$ map$ maquina$ matricula$ maus$ mededeling$ \
    mededelingen$ medewerker$ medewerkers$ mediatheque$ medien$ meldung$ membership$ memoria$ memorizzazione$ memory$ \
    mensaje$ mensajes$ mention$ mentions$ menu$ menupunkt$ menupunkte$ menus$ merkliste$ messaggi$ messaggio$ mieter$ \
    ministere$ ministry$ mitarbeitende$ mitarbeitenden$ mitarbeiter$ mitarbeitern$ mitgliedern$ mochte$ mochten$ \
    moderateur$ moderateurs$ moderator$ moderators$ module$ motivo$ mouse$ muis$ municipal$ municipalite$ \
    municipality$ municipio$ musee$ museo$ museum$ naam$ nachweis$ name$ names$ navegacion$ navigation$ navigazione$ \
    navigue$ necesari necess nino$ ninos$ niveau$ nivel$ nobody$ nom$ nome$ noodzakelijk notwendig number$ numbered$ \
    nutzende$ nutzenden$ nutzerin nutzungsbedingungen$ obblighi$ obbligo$ oberflache$ oberflachen$ object$ \
    obligacion$ obligaciones$ obligation$ obligations$ obligatoire office$ oft$ often$ onderbreking$ onderdeel$ \
    onderzoeker$ onderzoekers$ onglet$ online$ onlineschalter$ opcion$ opciones$ operador$ operator$ operatore$ \
    operatori$ optie$ opties$ option$ optionen$ options$ opzione$ opzioni$ orario$ ordenador$ ordinateur$ \
    organisation$ organisme$ organization$ original$ originale$ originally$ originaria$ ospite$ ospiti$ other$ otros$ \
    ouder$ ouders$ outage$ outside$ overheid$ owner$ paar$ padres$ page$ pair$ paire$ palabra$ panel$ panne$ panneau$ \
    pannello$ pannes$ paper$ parameter$ parameters$ parcheggio$ parent$ parents$ parken$ parkeren$ parking$ parola$ \
    partes$ parti$ participant$ participants$ parts$ pasaporte$ paspoort$ passagers$ passaporto$ passeggeri$ \
    passeggero$ passenger$ passengers$ passeport$ passport$ patient$ patients$ perdida$ perdita$ pericolo$ period$ \
    periode$ periodo$ permessi$ permesso$ permis$ permiso$ permisos$ permission$ permissions$ permit$ permits$ \
    person$ persona$ personeel$ personne$ personnel$ peticion$ peticiones$ pflicht$ pflichten$ phase$ phasen$ phases$ \
    piece$ pieces$ piscina$ piscine$ plaats$ plantage$ plattformen$ plugin$ pool$ popup$ portales$ portals$ posicion$ \
    positie$ position$ posizione$ poste$ postes$ prefecture$ pregunta$ preguntas$ present$ presente$ presents$ \
    preuve$ privada$ privado$ privata$ private$ privato$ prive$ privee$ procedimiento$ procedimientos$ procedura$ \
    procedure$ procedures$ proces$ proceso$ procesos$ processen$ processi$ processo$ processus$ producer$ producers$ \
    producteur$ producteurs$ profesor$ profesorado$ profesores$ professeur$ professeurs$ professional$ professionals$ \
    professionnel$ professionnels$ program$ programa$ programas$ programm$ programma$ programmas$ programme$ \
    programmen$ programmes$ programmi$ programs$ proof$ propietario$ proprietaire$ proprietaires$ proprietario$ \
    proprietary$ protocol$ protocole$ protocollo$ protocolo$ provincia$ provincie$ prozess$ prozesse$ prozesses$ \
    prufsumme$ prufung$ prufungen$ public$ publicador$ publico$ publishers$ pulsante$ pupil$ pupils$ qualcuno$ queja$ \
    quejas$ queria$ question$ questions$ quisiera$ raison$ rathaus$ rathauses$ raton$ raum$ raume$ readers$ reason$ \
    reasons$ rechner$ recht$ rechte$ rechten$ reclamacion$ reclamation$ reclamations$ reclami$ reclamo$ redacciones$ \
    redacteur$ redacteuren$ redacteurs$ redakteur redakteure$ redakteurinnen$ redaktion redaktion$ redaktionssystem$ \
    redaktionssystems$ redattore$ redattori$ reden$ regeln$ regels$ regio$ regione$ registration$ registrations$ \
    regla$ reglas$ regole$ reisende$ reiziger$ reizigers$ rendez$ renewal$ renouvellement$ renovacion$ reponse$ \
    reponses$ request$ requested$ requests$ requete$ requetes$ requirement$ requirements$ requisiti$ requisito$ \
    requisitos$ researcher$ researchers$ resident$ residents$ responsable$ response$ responses$ responsible$ \
    respuesta$ respuestas$ restart$ results$ ricercatore$ ricercatori$ richiesta$ richieste$ richiesto$ riga$ righe$ \
    rights$ rij$ rijen$ rinnovo$ riquadro$ riservata$ riservato$ risposta$ risposte$ rol$ role$ roles$ rolle$ rollen$ \
    room$ rooms$ rooster$ row$ rows$ rubrique$ rubriques$ rule$ rules$ ruoli$ ruolo$ sala$ salarie$ salaries$ salas$ \
    salle$ salles$ salt$ satz$ scadenza$ schakelaar$ schalter$ schalters$ schaltflache$ scheduled$ schlussel$ school$ \
    schule$ schuler$ schulerinnen$ schwimmbad$ scuola$ seat$ seccion$ secreto$ section$ sections$ segreto$ seite$ \
    seitenanforderungen$ seitenanfragen$ seitenwechsel$ selection$ sentence$ servers$ serviceportal$ sezione$ \
    sidebar$ signatur$ signature$ siteweb$ sleutel$ soci$ socia$ socias$ software$ solicitada$ solicitado$ \
    solicitante$ solicitud$ solicitudes$ sollicitant$ sollicitanten$ somebody$ someone$ sospechos sospett souhaitez$ \
    souris$ souvent$ spalte$ spalten$ speicher$ spender$ spesso$ sportello$ sprachversion$ stade$ stadio$ stadion$ \
    stadium$ staff$ stage$ stages$ stagiaire$ stagiaires$ stata$ state$ states$ stati$ station$ stationnement$ stato$ \
    status$ statut$ stazione$ stel$ stelle$ step$ steps$ steuer$ steuerzahler$ stockage$ storingen$ storung$ \
    storungen$ strettamente$ strikt$ string$ stringa$ student student$ studente$ studenti$ students$ studierende$ \
    studierenden$ stundenplan$ subscribers$ subscription$ subvencion$ subvenciones$ subvention$ subventions$ sujets$ \
    supplier$ suppliers$ suscriptor$ suscriptores$ suspect suspicious$ systemen$ systems$ tab$ table$ tables$ \
    tarjeta$ tassa$ tasse$ tastatur$ tastiera$ tax$ taxes$ taxpayer$ teacher$ teachers$ teatro$ technology$ teclado$ \
    teil$ teile$ teilnehmer$ teilnehmern$ teken$ tekenreeks$ tekens$ tekst$ teleservice$ teleservices$ temoin$ \
    temoins$ tenant$ tenants$ termijn$ termin$ terminal$ terminale$ terminen$ tessera$ testo$ text$ texte$ texto$ \
    theater$ theatre$ ticket$ tickets$ timetable$ titolare$ titolari$ titre$ titres$ titulaire$ titulaires$ titular$ \
    titulares$ toegang$ toepassing$ toestand$ toets$ toetsen$ toetsenbord$ token$ tool$ tools$ tooltip$ trabajador$ \
    trabajadores$ train$ trainee$ trains$ tramites$ transport$ transports$ trein$ tren$ treno$ tuteur$ tutor$ tutors$ \
    typ$ uitval$ umgebung$ umschaltung$ unbedingt universidad$ universita$ universitat$ universitaten$ universite$ \
    universiteit$ university$ unterbrechung$ unterschiedlich$ usager usuaria$ utilisateur utilisatrice vaak$ vakje$ \
    vakjes$ valeur$ valor$ valore$ valori$ value$ values$ variabile$ variabili$ variable$ variablen$ variables$ ve$ \
    veld$ velden$ vencimiento$ venster$ vensters$ ventana$ venue$ venues$ verantwoordelijk$ verantwortlich$ verdacht$ \
    verdachte$ verdachtige$ verein$ vereinsmitglied$ vereinsmitglieder$ verfahren$ verfahrens$ vergunning$ \
    vergunningen$ verklaring$ verklaringen$ verlangerung$ verlenging$ verlies$ verlust$ verplichting$ verplichtingen$ \
    versicherte$ versicherten$ version$ verzekerde$ verzoek$ verzoeken$ vestiging$ viajero$ viajeros$ vinkje$ \
    visiteur voce$ voci$ voleva$ volontari$ volontario$ voluntario$ voluntarios$ volunteer$ volunteers$ voorbeeld$ \
    voortgang$ voorwaarde$ voorwaarden$ vorgang$ vorgangs$ voulez$ vrijwilliger$ vrijwilligers$ vroeg$ vroeger$ \
    waarde$ waarden$ waarschuwing$ waarschuwingen$ war$ ward$ ware$ waren$ warnhinweis$ warning$ warnings$ warnung$ \
    warnungen$ webauftritt$ webpage$ webpages$ webseiten$ webwinkel$ werknemer$ werknemers$ wert$ werte$ wesentlich \
    wet$ wetten$ wilt$ window$ windows$ wollte$ wollten$ woord$ workflow$ wort$ wunsch$ zaal$ zalen$ zeichen$ \
    zeichenfolge$ zeichenkette$ zeile$ zeilen$ zeitraum$ zertifikat$ ziffer$ ziffern$ zona$ zone$ zoo$ zugang$ \
    zugange$ zugangs$ zugriff$ zugriffe$ zugriffen$ zustand$ zustande$ zwembad$";

/// What visitors do, and what is done with them.
const DEEDS: &str = "aanvraagt$ aanvragen$ abgerufen$ abgleich abruf abzurufen$ achetez$ achterhaal act$ acts$ alcanz \
    angefordert$ anot$ anota$ answer$ answered$ answers$ antwoordt$ antwort$ appel$ appels$ arrivare$ arrivat \
    arrivez$ arriving$ asoci asociad associ associat attach$ attached$ ausleihe$ averigu beantwoordt$ beantworten$ \
    beantwortet$ befind bekommen$ bekommt$ bepaal bereiken$ bereikt$ beschrank beschreibt$ beschrijft$ bestellen$ \
    bestellt$ bestellvorgang$ bestelt$ besuchen$ betaalt$ betalen$ betritt$ bevinden$ bevindt$ bezahlt$ bezoeken$ \
    bezoekt$ bind$ binds$ bladeren$ bladert$ blattern$ blattert$ boeken$ boekt$ book$ booking$ books$ borr bound$ \
    brows$ browse$ browses$ browsing$ buchen$ bucht$ called$ cancel$ cancellat cancels$ capire$ capisce$ carried$ \
    carries$ carry$ carrying$ circuler$ circulez$ coche$ cochee$ cocher$ cochez$ colleg collegamento$ collegh \
    commandez$ communiqu compil compilat compilazione$ comunic$ comunica$ comunicacion$ comunicar$ comunicare$ \
    comunicazione$ connu$ connus$ conoc conozca$ constate$ constater$ contesta$ contestar$ cumpliment dar$ dare$ \
    decide$ decided$ decidere$ decides$ decidir$ decrit$ delet demandez$ deplacer$ deplacez$ descarg describe$ \
    describes$ descrive$ desee$ desirez$ detect detecteer determin dice$ differenci differentiat differenz digit$ \
    digita$ digitat dimentic donne$ donner$ doorgeef doorgegeven$ doorgestuurd$ doorgev download$ downloaden$ \
    drucken$ druckt$ effac eingeb eingegeben$ eingegebene$ eingegebenen$ eingegebener$ eingetippt$ eingetragen$ \
    eingibt$ eliminat encontraba$ encontrar$ encuentra$ encuentre$ enter$ entered$ entering$ enters$ entra$ entrar$ \
    entrare$ entreg entrer$ entrez$ erase$ erased$ erases$ erhalt$ erhalten$ erkannt$ erkannte$ ermittel erreichen$ \
    erreicht$ erreichte$ erreichten$ esce$ espera$ esperar$ essaie$ exceed$ exceeded$ exceeds$ exchange$ exchanged$ \
    fetch$ fetched$ fetches$ fill$ filled$ find$ finden$ findet$ finds$ flag$ flagged$ flags$ fordern$ fordert$ \
    forget$ forgets$ found$ fragen$ fragt$ gave$ geben$ gedetecteerd$ geeft$ gefunden$ gegeven$ geholt$ gekoppeld$ \
    gekoppelde$ gekoppelt$ gelangen$ gelangt$ gelezen$ gemeld$ gemeldet$ genoteerd$ get$ getroffen$ getroffene$ gets$ \
    getypt$ geupload$ geven$ gives$ giving$ got$ halla$ hallar$ halle$ hand$ handed$ hands$ herhaalt$ herhalen$ \
    heruntergeladen$ herunterlad hid$ hide$ hides$ hochgeladen$ hochgeladene$ hochgeladenen$ hochlad holen$ holt$ \
    identifi identific identifizier immess immett inform$ informa$ informar$ informare$ ingetikt$ ingevoerd$ \
    ingevoerde$ ingevuld$ ingevulde$ input$ inputs$ inscrib inscrire$ inscrit$ inscrivez$ inserire$ inserisce$ \
    inserit introduc introducid intypt$ invoer involve$ involves$ invullen$ invult$ iscriv join$ joined$ joins$ \
    kauft$ keert$ keren$ kies$ kom$ koopt$ koppelen$ koppeln$ kreeg$ krijgen$ krijgt$ laisse$ laisser$ leggen$ lie$ \
    lier$ linked$ linking$ live$ lives$ llam llegue$ llev$ lleva$ llevado$ llevar$ lleve$ localiz locate$ located$ \
    locates$ manda$ mandado$ mandar$ mandare$ marc$ marca$ marcada$ marcado$ marcar$ marche$ marcher$ mark$ marked$ \
    markeer markier marks$ marque$ marquer$ mean$ meint$ meld$ melde$ melden$ meldet$ meldt$ merkmal$ mitgeteilt$ \
    mitteil move$ moved$ mover$ moverse$ moves$ mueve$ noted$ noteert$ noteren$ notier numer numerat numerot \
    nummerier obtain$ obtained$ obtains$ obtener$ obtenir$ obtenu$ obtiene$ obtient$ olvid ontvangen$ ontvangt$ \
    opgehaald$ opgehaalde$ ophaal ophalen$ orders$ ottenere$ ottiene$ oubli$ oublie$ oublier$ overdraagt$ overdrag \
    paga$ pagare$ pague$ pasa$ pasar$ pase$ passa$ passage$ passagg passare$ passe$ passed$ passer$ passes$ passez$ \
    passi$ patiente$ patienter$ payez$ pedir$ percorr pid$ pida$ pide$ porta$ portare$ post$ posted$ posting$ posts$ \
    prefere$ preferer$ preferez$ preferi prefiera$ print$ printed$ printen$ prints$ pris$ prise$ prob$ probar$ \
    probeert$ proberen$ prov$ provare$ proven$ provenant$ provenga$ provengan$ proviennent$ provient$ querer$ quiera$ \
    quieran$ raggiung rattache$ rattachent$ rattacher$ rattaches$ reached$ reaching$ reagiert$ receive$ received$ \
    receives$ recevoir$ recibe$ recibir$ recogni recoit$ reconnaissent$ recorre$ recuper redemand refer$ refers$ \
    register$ registers$ registr$ registrarse$ registreer regres relie$ relient$ relier$ relies$ rellen rellenad \
    rempli$ remplie$ remplies$ remplir$ remplis$ rempliss remplit$ renseigne$ renseignees$ renseigner$ renseignes$ \
    renseignez$ rentr repeat$ repeated$ repeating$ repeats$ repet repit repond$ repondez$ repondre$ repondu$ respond$ \
    responde$ responder$ responds$ ressais retap retrieve$ retrieved$ retrieves$ retrieving$ retrouv return$ returns$ \
    retype$ retyping$ revenez$ revenir$ revient$ riceve$ ricevere$ richied richiest rilev rimuov ripet risponde$ \
    rispondere$ ritorn said$ saisi salida$ sappia$ say$ says$ scaric segnal senal sepan$ sign$ signal$ signale$ \
    signalent$ signaler$ signalisier signals$ sortie$ sortir$ souhaite$ souhaiter$ spostarsi$ spot$ spots$ stammen$ \
    stammt$ stampa$ sube$ subid$ subido$ subidos$ subir$ suprim surf$ surfen$ surfing$ surfs$ surft$ take$ taken$ \
    takes$ teclea$ teilt$ tente$ tentent$ terugkeer$ terugkeren$ testa$ testare$ teste$ tested$ testen$ tester$ \
    testet$ tie$ tied$ ties$ tippen$ tippt$ torna$ tornare$ tornato$ trabaja$ transfer$ transfere$ transferer$ \
    transferir$ transferred$ transfers$ transfert$ transferts$ transfier trasfer trasferi tried$ tries$ trova$ \
    trovano$ trovare$ trovava$ trovi$ try$ tying$ ubergabe$ ubergeben$ ubergibt$ unterschied upload$ uploaded$ \
    uploaden$ uploading$ uploads$ uscire$ uscita$ verbind verbonden$ verbunden$ vergessen$ vergeten$ vergisst$ \
    verglichen$ verknupf verkregen$ verkrijg versuchen$ versucht$ verwijst$ verwijzen$ vincul vinden$ vindt$ vinkt$ \
    visitez$ visualiz visualizad visualizzat voglia$ vogliono$ volere$ vuelva$ vuelvan$ vuelve$ vuoi$ wacht$ wachten$ \
    wait$ waiting$ waits$ warten$ wartet$ weggeklikt$ weitergefuhrt$ weitergegeben$ weitergeleitet$ weitergeleitete$ \
    weitergereicht$ weiterreich wensen$ wenst$ wiedererkennung$ wiederfind wiederholen$ wunschen$ wunscht$ zit$ \
    zitten$ zuruckkehr zuruckkommen$";
