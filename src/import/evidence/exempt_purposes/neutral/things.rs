//! People, institutions, parts of a site, and software.

/// Who visits, what is visited, and what cookies are.
pub(super) const THINGS: &str = "aanvraag$ aanvrager$ aanvragers$ abbonamenti$ abbonamento$ abbonati$ abbonato$ \
    abo$ abonne$ abonnee$ abonnees$ abonnement$ abonnements$ abonnent$ abonnenten$ abonnes$ abono$ abonos$ \
    abschnitt$ absolument$ absturz$ academie$ accueil$ adherent adjunta$ adjunto$ adjuntos$ admin$ administrador$ \
    administradores$ administrateur$ administrateurs$ administration$ administrator$ administratoren$ \
    administrators$ administre$ administres$ advertencia$ advertencias$ aeroport$ aeroporto$ aeropuerto$ afspraak$ \
    afspraken$ agency$ agenda$ agent$ agents$ agreement$ agriculteur$ agriculteurs$ agricultor$ agricultores$ \
    airport$ aiuto$ alert$ alerta$ alertas$ alerte$ alertes$ alerts$ allegati$ allegato$ allerta$ almacenamiento$ \
    alumnado$ alumno$ alumnos$ ambiente$ ambtenaar$ ambtenaren$ amministratore$ amministratori$ amt$ amter$ amtes$ \
    anbieters$ anforderung$ anforderungen$ anfrage$ anfragen$ angebot$ angebots$ anhang$ anhange$ anlage$ anlagen$ \
    announcement$ announcements$ ansicht$ anspruch$ anti$ antrag$ antrage$ antrags$ antragstellende$ \
    antragsteller$ antragstellerin$ antwoord$ antwoorden$ antworten$ anwender$ anwenderin$ anwendern$ anwendung$ \
    anwendungen$ aparcamiento$ apartado$ apartados$ aplicacion$ aplicaciones$ aplicativo$ applicant$ applicants$ \
    applicati applicazione$ applicazioni$ appointment$ appointments$ apprenant$ apprenants$ apprenti$ \
    appuntamenti$ appuntamento$ arbeitsspeicher$ archief$ archiv$ archive$ archives$ archivio$ archivo$ archivos$ \
    archivs$ area$ asegurado$ assicurato$ association$ assure$ assures$ ateneo$ atributo$ attachment$ attachments$ \
    attribut$ attribute$ attributo$ attribuut$ ausfall$ ausfalle$ ausweis$ auteur$ auteurs$ author$ authorities$ \
    authority$ authors$ autobus$ autor$ autore$ autoren$ autores$ autori$ autoridad$ autoridades$ autorisations$ \
    autorita$ autorite$ autorites$ availability$ averia$ avertissement$ avertissements$ avvertenza$ avvertenze$ \
    avvisi$ avviso$ ayudas$ ayuntamiento$ backend$ bahn$ bahnhof$ balie$ bambini$ bambino$ bascule$ beamte$ \
    bediener$ bedingung$ bedingungen$ beheer$ beheerdeel$ beheerder$ beheerders$ beheersysteem$ behorde$ behorden$ \
    beispiel$ belastingbetaler$ beneficiaire$ beneficiaires$ benevole$ benevoles$ benutzer$ benutzerin$ benutzern$ \
    benutzers$ berechtigung$ berechtigungen$ bereich$ bereiche$ bereichs$ bericht$ berichten$ beschaftigte$ \
    beschaftigten$ beschwerde$ beschwerden$ bestand$ bestanden$ bestellvorgangs$ besuchenden$ besucher$ besucherin \
    besuchern$ besuchers$ betrieb$ bevoegdheid$ bewerber$ bewerberin$ bewerbung$ bewerbungen$ bewijs$ bezoeker$ \
    bezoekers$ biblioteca$ bibliotheek$ bibliothek$ bibliotheque$ bibliotheques$ bijlage$ bijlagen$ billetterie$ \
    boite$ borrower$ boton$ botones$ boutique$ boxes$ branch$ browser$ browsers$ burger$ burgerin$ burgerinnen$ \
    burgern$ burgerportal$ burgers$ bus$ cadena$ caducidad$ calendar$ calendario$ calendrier$ campi$ campo$ \
    campos$ campus$ candidat$ candidati$ candidato$ candidatos$ candidats$ canton$ captcha$ caracter$ caractere$ \
    caracteres$ carattere$ caratteri$ card$ cards$ carpeta$ carte$ cartella$ cartes$ case$ casella$ caselle$ \
    cases$ casi$ casilla$ casillas$ casos$ catalog$ catalogo$ catalogue$ catalogus$ categoria$ categorias$ \
    categorie$ categories$ category$ centro$ certificaat$ certificado$ certificat$ certificate$ certificates$ \
    certificato$ challenge$ challenges$ champ$ champs$ character$ characters$ checksum$ chercheur$ chercheurs$ \
    chiave$ child$ children$ cifras$ cifre$ cijfer$ cijfers$ cipher$ cita$ citas$ citizen citoyen$ citoyens$ \
    cittadini$ cittadino$ ciudadanas$ ciudadania$ ciudadano$ ciudadanos$ claim$ claims$ clases$ clave$ clavier$ \
    cle$ client$ cliente$ clienten$ clientes$ clienti$ clients$ closing$ club$ cms$ code$ college$ colonna$ \
    colonne$ colonnes$ color$ colore$ colores$ colori$ colour$ column$ columna$ columns$ combinacion$ combinaison$ \
    combinatie$ combination$ combinazione$ commune$ complaint$ complaints$ component$ computer$ condicion$ \
    condiciones$ condition$ conditions$ condizione$ condizioni$ configuracion$ configuratie$ configuration$ \
    configurazione$ conjunto$ connection$ connections$ conservation$ contact$ contacto$ contatto$ contribuable$ \
    contribuables$ contribuente$ contribuenti$ contributeur$ contributeurs$ contributo$ contributor$ contributors$ \
    contribuyente$ contribuyentes$ cookie$ cookies$ cookievraag$ coppia$ corte$ couleur$ couleurs$ council$ \
    coupures$ courts$ crash$ creneau$ creneaux$ critere$ criteres$ cuadro$ cursus$ customer danger$ datei$ \
    dateien$ deberes$ declaracion$ declaraciones$ declaration$ declarations$ deelnemer$ deelnemers$ defi$ delen$ \
    demande$ demarche$ demarches$ departement$ department$ depot$ derecho$ derechos$ devoirs$ dialog$ dialogo$ \
    dialogue$ dialoogvenster$ diary$ dichiarazione$ dichiarazioni$ dienst$ dienste$ diensten$ dienstes$ digito$ \
    digitos$ digits$ dipendente$ dipendenti$ diritti$ diritto$ district$ docent$ docente$ docenten$ docentes$ \
    docenti$ domain$ domaine$ domanda$ domande$ domane$ domein$ dominio$ donateur$ donateurs$ donor$ donors$ dorp$ \
    dossier$ dossiers$ droit$ droits$ duration$ duty$ ecole$ ecoles$ editeur$ editeurs$ editor$ editores$ \
    editorial$ editoriale$ editors$ eigenaar$ eigentumer$ einrichtung$ einrichtungen$ eintrag$ eintrage$ eis$ \
    eisen$ ejemplo$ elearning$ electronica$ electronico$ elenco$ eleve$ eleves$ eltern$ empleado$ empleados$ \
    employee$ employees$ emprunteur$ emprunteurs$ enfant$ enfants$ enlaces$ enrollment$ enrolment$ enseignant$ \
    enseignants$ ente$ entete$ enti$ entorno$ entry$ environment$ environnement$ equipo$ equipos$ erforderlich \
    erklarung$ erklarungen$ erreur$ erreurs$ error$ errore$ errores$ errori$ errors$ esame$ esami$ escuela$ \
    esempio$ espace$ essential essentiel essenziell estacion$ estadio$ estado$ estrictamente$ estudiante$ \
    estudiantes$ etablissement$ etats$ etudiant exam$ examen$ examenes$ examens$ example$ examples$ exams$ \
    exemple$ exigence$ exigences$ expediente$ expiry$ extension$ extranet$ fahrgaste$ fahrkarte$ failure$ \
    failures$ fall$ falle$ fallo$ fallos$ famiglia$ famiglie$ familia$ familias$ familie$ familien$ families$ \
    famille$ familles$ family$ farbe$ farben$ fares$ farmer$ farmers$ fase$ fasen$ fases$ fasi$ feature$ features$ \
    fehler$ fehlermeldung$ fehlermeldungen$ feld$ felder$ fenetre$ fenetres$ fenster$ fichero$ ficheros$ fichier$ \
    fichiers$ field$ fields$ fila$ filas$ file$ files$ finalidad$ finalita$ finalite$ finestra$ finestre$ \
    flughafen$ folder$ fonction$ fonctionnaire$ fonctionnaires$ fonctionnalite fonctionnement$ fonctions$ formaat$ \
    format$ formato$ forschende$ forscher$ fortschritt$ fout$ fouten$ foutmelding$ foutmeldingen$ frage$ \
    framework$ frameworks$ freiwillige$ frist$ frontend$ funcion$ funcionalidad$ funcionamiento$ funcionario$ \
    funcionarios$ funciones$ functie$ functies$ function$ functionaliteit$ functionality$ functioneren$ functions$ \
    funktion$ funktionalitat$ funktionen$ funzionalita$ funzionamento$ funzione$ funzioni$ galeria$ galerie$ \
    galleria$ gallery$ galleta$ galletas$ gare$ gast$ gaste$ gasten$ gebruiker$ gebruikers$ gebruiksvoorwaarden$ \
    gefahr$ geheim$ geheimnis$ geheugen$ gemeente$ gemeinde$ genitore$ genitori$ gesetz$ gesetze$ gestionale$ \
    gevaar$ gezin$ grund$ guasti$ guasto$ guest$ guests$ guichet$ guichets$ guideline$ gym$ hakchen$ haken$ hal$ \
    hall$ hallen$ halls$ handtekening$ hash$ hausaufgaben$ header$ headers$ herausgeber$ hinweise$ hochschule$ \
    hochschulen$ holder$ holders$ homework$ horaire$ horaires$ horario$ hospital$ host$ houder$ houders$ huiswerk$ \
    hulp$ huurder$ icon$ id$ identifiant identificacion$ identificador$ identificadores$ identificatie$ \
    identification$ identificativo$ identificatore$ identificazione$ identifier$ identifiers$ identifikation$ \
    identifikator$ identity$ ids$ impiegati$ impiegato$ impot$ impots$ impuesto$ impuestos$ incident$ incidents$ \
    indispensab infobulle$ informatici$ informativa$ inhaber$ inhaberin$ inquilino$ inschrijving$ inschrijvingen$ \
    inscripcion$ inscripciones$ inscription$ inscriptions$ inscrits$ insegnante$ insegnanti$ instalacion$ \
    instance$ instancia$ instantie$ instanties$ instanz$ institucion$ instituciones$ institution$ institutions$ \
    instruccion$ instruction$ instructor$ interfaccia$ interface$ interfaz$ internaute internet$ internetseite$ \
    internetseiten$ interrupcion$ interruption$ intranet$ investigador$ investigadores$ invitado$ invitados$ \
    invite$ invites$ inwoner$ inwoners$ iscrizione$ iscrizioni$ istanza$ istituto$ istituzione$ istituzioni$ \
    istruzione$ jointe$ jointes$ kalender$ kastchen$ kasten$ katalog$ kategorie$ kategorien$ kenmerk$ kennung$ \
    kennungen$ kennzeichn keuzemenu$ key$ keyboard$ keys$ kinder$ kinderen$ kindern$ klacht$ klachten$ klant$ \
    klanten$ klausur$ kleur$ kleuren$ knop$ knopf$ knoppen$ kolom$ kombination$ kommune$ konfiguration$ kontakt$ \
    kop$ kopf$ kopfzeile$ kreis$ kunde$ kunden$ kundenportal$ kundenportals$ landkreis$ landwirte$ laufzeit$ \
    lavoratore$ lavoratori$ law$ laws$ learner$ learners$ learning$ lecteur$ lecteurs$ lector$ lectores$ leden$ \
    leerkracht$ leerling$ leerlingen$ lehrende$ lehrer$ lehrkrafte$ lender$ leraar$ lernende$ lernenden$ leser$ \
    lesern$ lessen$ letter$ letters$ lettore$ lettori$ ley$ leyes$ lezer$ lezers$ lezione$ library$ licence$ lid$ \
    lien$ liens$ lifetime$ ligne$ lignes$ lijst$ lijsten$ linguistique$ list$ listas$ liste$ listen$ listes$ \
    lists$ locataire$ locataires$ logiciel$ logiciels$ loi$ lois$ loss$ luchthaven$ lycee$ macchina$ machine$ \
    machtiging$ machtigingen$ mairie$ mandatory maniere$ map$ maquina$ matricula$ maus$ mededeling$ mededelingen$ \
    medewerker$ medewerkers$ mediatheque$ medien$ meldung$ member$ members$ membership$ membre$ membres$ memoria$ \
    memorizzazione$ memory$ mensaje$ mensajes$ mention$ mentions$ menu$ menupunkt$ menupunkte$ menus$ messaggi$ \
    messaggio$ miembro$ miembros$ mieter$ ministere$ ministry$ mitarbeitende$ mitarbeitenden$ mitarbeiter$ \
    mitarbeitern$ mitglied$ mitglieder$ mitgliedern$ moderateur$ moderateurs$ moderator$ moderators$ module$ \
    momento$ moments$ mot$ motivo$ mots$ mouse$ muis$ municipal$ municipalite$ municipality$ municipio$ musee$ \
    museo$ museum$ naam$ nachweis$ name$ names$ navegacion$ navegador$ navigateur$ navigation$ navigazione$ \
    necesari necess negozio$ nino$ ninos$ nom$ nome$ noodzakelijk nota$ notas$ notwendig nutzende$ nutzenden$ \
    nutzer$ nutzerin nutzern$ nutzers$ nutzungsbedingungen$ obblighi$ obbligo$ oberflache$ oberflachen$ object$ \
    obligacion$ obligaciones$ obligation$ obligations$ obligatoire office$ omgeving$ onderbreking$ onderdeel$ \
    onderzoeker$ onderzoekers$ onglet$ online$ onlineschalter$ opcion$ opciones$ operador$ operator$ optie$ \
    opties$ option$ optionen$ options$ opzione$ opzioni$ orario$ ordenador$ ordinateur$ ordner$ organisation$ \
    organisme$ organization$ ospite$ ospiti$ ouder$ ouders$ outage$ overheid$ owner$ paar$ padres$ page$ pages$ \
    pagina$ paginas$ pagine$ pair$ paire$ palabra$ panel$ panne$ panneau$ pannello$ pannes$ paper$ parameter$ \
    parameters$ parcheggio$ parent$ parents$ parken$ parkeren$ parking$ parola$ partes$ parti$ participant$ \
    participants$ parts$ pasaporte$ paspoort$ passagers$ passaporto$ passeggeri$ passeggero$ passenger$ \
    passengers$ passeport$ passport$ patient$ patients$ perdida$ perdita$ pericolo$ permessi$ permesso$ permis$ \
    permiso$ permisos$ permission$ permissions$ permit$ permits$ person$ persona$ personeel$ peticion$ peticiones$ \
    pflicht$ pflichten$ phase$ phasen$ phases$ piattaforma$ piece$ pieces$ piscina$ piscine$ plaats$ plantage$ \
    plataforma$ plateforme$ platform$ plattform$ plattformen$ plugin$ pool$ popup$ portaal$ portail$ portal$ \
    portale$ portales$ portals$ posicion$ positie$ position$ posizione$ poste$ postes$ pratica$ pratiche$ \
    prefecture$ pregunta$ preguntas$ preuve$ privada$ privado$ privata$ private$ privato$ prive$ privee$ \
    procedimiento$ procedimientos$ procedura$ procedure$ procedures$ proces$ proceso$ procesos$ processen$ \
    processi$ processo$ processus$ producer$ producers$ producteur$ producteurs$ profesor$ profesorado$ \
    profesores$ professeur$ professeurs$ professional$ professionals$ professionnel$ professionnels$ program$ \
    programa$ programas$ programm$ programma$ programmas$ programme$ programmen$ programmes$ programmi$ programs$ \
    proof$ propietario$ proprietaire$ proprietaires$ proprietario$ protocol$ protocole$ protocollo$ protocolo$ \
    provincia$ provincie$ prozess$ prozesse$ prozesses$ prufsumme$ prufung$ prufungen$ public$ publicador$ \
    publico$ publisher$ publishers$ pulsante$ pulsanti$ pupil$ pupils$ queja$ quejas$ question$ questions$ raison$ \
    rathaus$ rathauses$ raton$ raum$ raume$ reader$ readers$ reason$ reasons$ rechner$ recht$ rechte$ rechten$ \
    reclamacion$ reclamation$ reclamations$ reclami$ reclamo$ redacciones$ redacteur$ redacteuren$ redacteurs$ \
    redakteur redaktion redaktionssystem$ redaktionssystems$ redattore$ redattori$ reden$ regeln$ regels$ regio$ \
    regione$ registration$ registrations$ regla$ reglas$ regole$ reihenfolge$ reisende$ reiziger$ reizigers$ \
    rendez$ renewal$ renouvellement$ renovacion$ reponse$ reponses$ request$ requests$ requete$ requetes$ \
    requirement$ requirements$ requisiti$ requisito$ requisitos$ researcher$ researchers$ resident$ residents$ \
    response$ responses$ respuesta$ respuestas$ restart$ results$ ricercatore$ ricercatori$ richieste$ riga$ \
    righe$ rights$ rij$ rijen$ rinnovo$ riquadro$ riservata$ riservato$ risposta$ risposte$ rol$ role$ roles$ \
    rolle$ rollen$ room$ rooms$ rooster$ row$ rows$ rubrique$ rubriques$ rule$ rules$ ruoli$ ruolo$ sala$ salarie$ \
    salaries$ salas$ salle$ salles$ salt$ satz$ scadenza$ schakelaar$ schalter$ schalters$ schaltflache$ \
    schlussel$ school$ schule$ schuler$ schulerinnen$ schwimmbad$ scuola$ seat$ seccion$ secret$ secreto$ section$ \
    sections$ sede$ segreto$ seite$ seiten$ seitenanforderungen$ seitenanfragen$ seitenwechsel$ selection$ \
    sentence$ server$ servers$ serveur$ service$ serviceportal$ services$ servicio$ servicios$ servidor$ servizi$ \
    servizio$ sezione$ shop$ sidebar$ signatur$ signature$ sistema$ site$ siteweb$ sitio$ sito$ sleutel$ soci$ \
    socia$ socias$ software$ solicitante$ solicitud$ solicitudes$ sollicitant$ sollicitanten$ sospechos sospett \
    souris$ spalte$ spalten$ speicher$ speicherung$ spender$ sportello$ sprachversion$ stade$ stadio$ stadion$ \
    stadium$ staff$ stage$ stages$ stagiaire$ stagiaires$ states$ station$ stationnement$ status$ statut$ \
    stazione$ stel$ stelle$ steuer$ steuerzahler$ stockage$ storingen$ storung$ storungen$ strettamente$ \
    strictement$ strikt$ string$ stringa$ student studierende$ studierenden$ stundenplan$ subscription$ \
    subvencion$ subvenciones$ subvention$ subventions$ sujets$ supplier$ suppliers$ suscriptor$ suscriptores$ \
    suspect suspicious$ systeem$ system$ systeme$ systemen$ systems$ tab$ table$ tables$ tarjeta$ tassa$ tasse$ \
    tastatur$ tastiera$ tax$ taxes$ taxpayer$ teacher$ teachers$ teatro$ technology$ teclado$ teil$ teile$ \
    teilnehmer$ teilnehmern$ teken$ tekenreeks$ tekens$ tekst$ teleservice$ teleservices$ temoin$ temoins$ tenant$ \
    tenants$ termijn$ termin$ terminal$ terminale$ terminen$ tessera$ testo$ text$ texte$ texto$ theater$ theatre$ \
    ticket$ tickets$ tienda$ timetable$ titolare$ titolari$ titre$ titres$ titulaire$ titulaires$ titular$ \
    titulares$ toegang$ toepassing$ toestand$ toets$ toetsen$ toetsenbord$ token$ tool$ tools$ tooltip$ \
    trabajador$ trabajadores$ traceur$ traceurs$ train$ trainee$ trains$ tramites$ transport$ transports$ trein$ \
    tren$ treno$ tuteur$ tutor$ tutors$ typ$ uitval$ umgebung$ umschaltung$ unbedingt universidad$ universita$ \
    universitat$ universitaten$ universite$ universiteit$ university$ unterbrechung$ usager user$ users$ usuaria$ \
    usuario$ usuarios$ utente$ utenti$ utilisateur utilisatrice vakje$ vakjes$ valeur$ valor$ valore$ valori$ \
    value$ values$ variabile$ variabili$ variable$ variablen$ variables$ veld$ velden$ vencimiento$ venster$ \
    vensters$ ventana$ venue$ venues$ verdacht$ verdachte$ verdachtige$ verein$ vereinsmitglied$ \
    vereinsmitglieder$ verfahren$ verfahrens$ vergunning$ vergunningen$ verklaring$ verklaringen$ verlangerung$ \
    verlenging$ verlies$ verlust$ verplichting$ verplichtingen$ versicherte$ versicherten$ version$ verwaltung$ \
    verzekerde$ verzoek$ verzoeken$ vestiging$ viajero$ viajeros$ vinkje$ virtual$ visitante$ visitantes$ \
    visitatore$ visitatori$ visiteur visitor$ visitors$ voce$ voci$ volontari$ volontario$ voluntario$ \
    voluntarios$ volunteer$ volunteers$ voorbeeld$ voortgang$ voorwaarde$ voorwaarden$ vorgang$ vorgangs$ \
    vrijwilliger$ vrijwilligers$ waarde$ waarden$ waarschuwing$ waarschuwingen$ ward$ warnhinweis$ warning$ \
    warnings$ warnung$ warnungen$ web$ webauftritt$ webpage$ webpages$ webseite$ webseiten$ website$ webwinkel$ \
    werknemer$ werknemers$ wert$ werte$ wesentlich wet$ wetten$ window$ windows$ winkel$ woord$ words$ workflow$ \
    wort$ zaal$ zalen$ zeichen$ zeichenfolge$ zeichenkette$ zeile$ zeilen$ zertifikat$ ziffer$ ziffern$ zona$ \
    zone$ zoo$ zugang$ zugange$ zugangs$ zugriff$ zugriffe$ zugriffen$ zustand$ zustande$ zwembad$ \
    zwischenspeicher$";

/// Software of sites, banners and their protection, and how its pages are written.
pub(super) const SOFTWARE: &str = "ag$ agentconnect$ airlock$ ajax$ akamai$ altcha$ amazon$ apache$ api$ asp$ aws$ \
    axeptio$ azure$ borlabs$ bv$ cdn$ cie$ citrix$ ckan$ cloudflare$ com$ complianz$ cookiebot$ cookieyes$ craft$ \
    css$ didomi$ digid$ django$ dns$ drupal$ drupals$ eherkenning$ elb$ elstam$ ent$ f5$ fastly$ franceconnect$ \
    friendlycaptcha$ gmbh$ haproxy$ hcaptcha$ html$ http$ https$ imperva$ inc$ incapsula$ itsme$ iubenda$ java$ \
    joomla$ json$ jsp$ jwt$ keycloak$ klaro$ laravel$ ldap$ liferay$ llc$ ltd$ magento$ microsoft$ moodle$ \
    netscaler$ nginx$ node$ nodejs$ oauth$ oauth2$ oidc$ onetrust$ opendatasoft$ openid$ osano$ php$ polylang$ \
    prestashop$ proconnect$ rails$ samesite$ saml$ sas$ script$ shibboleth$ shopify$ shopware$ spa$ spid$ spip$ \
    srl$ ssl$ stripe$ symfony$ tarteaucitron$ termly$ tls$ traefik$ typo3$ url$ usercentrics$ varnish$ \
    woocommerce$ wordpress$ wp$ wpml$ www$";
