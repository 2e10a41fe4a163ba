//! Protecting the site and its forms: forged requests, attacks, fraud, robots, and queues before a sale.
//!
//! Devices, traffic and addresses are named for it alone.

use super::Group;

pub(super) const SECURITY: Group = Group {
    tells: true,
    topics: "aanval$ aanvallen$ abus$ abuse$ abusif$ abusing$ abusive$ abusivi$ abusivo$ abuso$ abwehr$ affluence$ \
        andrang$ angreifer$ angriff$ angriffe$ angriffen$ angriffsversuche$ antibot$ antiforgery$ antispam$ ataque$ \
        ataques$ attacchi$ attacco$ attack$ attackers$ attacks$ attaque$ attaques$ attempts$ automatisierten$ bescherm \
        betrug$ beveilig beveiligingscontrole$ beveiligingstoken$ bosartig bot$ bots$ captcha$ challenge$ chiffrement$ \
        ciberataques$ cifrado$ cifratura$ contraffazione$ cortafuegos$ crittografia$ csrf$ cyberaanval cyberangriff \
        dannos ddos$ defence$ defense$ detournement$ diebstahl$ diefstal$ difesa$ drukte$ eindring encriptacion$ \
        encrypt$ encryption$ encrypts$ falschung$ falsifi falsificacion$ falsification$ falsificazione$ \
        fehlgeschlagener$ firewall$ firewalls$ forged$ forgery$ fraud$ fraude$ fraudolent frode$ frodi$ furto$ \
        gefalscht hacker$ hackers$ hameconnage$ hcaptcha$ hijack humain$ humains$ human$ humanos$ humans$ indringers$ \
        insecure$ integridad$ integrita$ integritat$ integrite$ integriteit$ integrity$ intrusi kwaadaardig \
        kwaadwillend malevol malicieu malicios malicious$ malveillant misbruik$ misbruikt$ missbrauch$ missbrauchlich \
        misuse$ nacheinander$ nonce$ overbelasting$ phishing$ protect protecti proteg protegg protezione$ queue$ \
        recaptcha$ robo$ robot$ roboter$ robotern$ robots$ samesite$ schadlich schutz$ schutzen$ schutzes$ schutzt$ \
        secur securis securisa securitycheck$ securiz segur segurida sicher sicherheitsabfrage$ sicherheitscode$ \
        sicherheitslucken$ sicherheitsprufung$ sicherheitstoken$ sicur sobrecarga$ sospette$ sovraccarico$ spam$ \
        suplantacion$ suplante$ surcharge$ throttl trusted$ turnstile$ uberlastung$ umani$ unbefugte$ unbefugten$ \
        usurpation$ veilig verdachtige$ verification$ verschlusselung$ versleuteling$ versleutelt$ vervalste$ vulnerab \
        wachtkamer$ wachtlijst$ wachtrij$ wachtruimte$ waf$ wartebereich$ wartelist$ warteliste$ warteraum$ \
        warteschlange$ wartezimmer$ xsrf$ xss$",
    words: "abgefangen$ acces$ acceso$ access$ accessi$ accesso$ account$ address$ adresse$ apparaat$ appareil$ \
        attente$ attesa$ automated$ automatisees$ automatizadas$ automatizado$ automatizados$ automatizzat autorisees$ \
        autorises$ behalf$ beneficial$ benutzerkonto$ beurt$ biglietti$ billets$ blocklist$ brute$ bulk$ busy$ coda$ \
        cola$ comentarios$ comment$ commentaires$ commenti$ comments$ communicatie$ communication$ conexion$ \
        connessione$ connexion$ connexions$ contraffatte$ contraffatti$ cross$ cruzad datenubertragung$ datenverkehr$ \
        defend$ defends$ demand$ demanda$ device$ devices$ dispositivi$ dispositivo$ dispositivos$ dritte$ dritter$ \
        druk$ echouees$ einsendungen$ entradas$ envios$ excessive$ fake$ fallidos$ falliti$ falsificadas$ \
        falsificados$ faux$ fehlgeschlagene$ feu$ filtering$ formulaire$ formulaires$ formular$ formulare$ formularen$ \
        formulario$ formularios$ formulier$ formulieren$ forte$ fraudulent$ frauduleus frauduleux$ geautomatiseerde$ \
        genuine$ gerat$ gerate$ geslaagd$ hacking$ herhaalde$ hohem$ hoher$ incoming$ incrociat indesirables$ \
        injection$ insu$ interserv intersite$ intersites$ ip$ ips$ kommentare$ kommentaren$ kommt$ kommunikation$ \
        komt$ konto$ kontos$ kundenkonto$ layer$ legitim legittim malicieuses$ malicieux$ malware$ mange$ \
        manipulation$ manipulations$ mens$ mensch$ menschen$ mensen$ mislukte$ mitigat moduli$ modulo$ molte$ molti$ \
        mucha$ muchas$ namen$ namens$ netwerk$ network$ netzwerk$ nombreuses$ nombreux$ ordre$ origin$ originate$ \
        originates$ origins$ ouverture$ ouvertures$ overload$ paiement$ paiements$ pare$ party$ payment$ payments$ \
        personas$ persone$ personen$ persons$ platz$ plek$ pogingen$ posto$ prestataire$ prevenir$ procede$ proviene$ \
        proviennent$ provient$ puesto$ rate$ reacties$ repeated$ repetees$ repetidos$ reseau$ rete$ reussi$ reussies$ \
        ripetuti$ risk$ riusciti$ saturation$ scripting$ scripts$ self$ siteubergreifend sitewide$ sperre$ stammt$ \
        stolen$ submission$ submissions$ submitting$ superado$ superato$ tentatives$ tercero$ theft$ tour$ traffic$ \
        traffico$ trafic$ trafico$ transmission$ trust$ turno$ uberlast$ unauthorised$ unauthorized$ unbefugt \
        unerlaubt unerwunscht ungewollt ursprung$ vente$ ventes$ verkeer$ versuche$ vervalst viele$ viene$ vient$ vol$ \
        websiteubergreifend wiederholte$ wiederholten$ zahlreiche$ zufallswert$",
    phrases: "a human and not a robot|a human being and not a robot|a person and not a program|a request originates|\
        a sua insaputa|a suo nome|a votre insu|aantal inlogpogingen|aantal mislukte inlogpogingen|aantal pogingen|\
        ameliorer la securite|and not by another website|anti bot|anti forgery|anti robot|anti spam|\
        anzahl der anmeldeversuche|anzahl fehlgeschlagener anmeldeversuche|attempts to log in|automated programs|\
        automated traffic|automatisierte zugriffe|automatisierten datenverkehr|automatisierten zugriffen|\
        automatisierter datenverkehr|between people and|brute force|by a person|by you and not by another website|\
        came from our website|captcha gelost|cifra la comunicacion|cifra la comunicazione|cifra la conexion|\
        cifra la connessione|coda d attesa|coda di attesa|cola de espera|cola virtual|comes from our website|\
        control de seguridad|controle de securite|controllo di sicurezza|cross site|cross site request forgery|\
        d une personne|da una persona|de un humano|de una persona|depuis un autre site|\
        dies ist vorteilhaft fur die webseite|e una persona e non un robot|echter mensch|een mens bent en geen robot|\
        een mens en geen programma|ein mensch und kein programm|ein mensch und kein roboter|en su nombre|en votre nom|\
        entre menschen und bots|entre personas y|entre sitios|envio automatizado|envios automatizados|\
        envoi automatise|envois automatises|envois non autorises|es una persona y no un robot|failed login attempts|\
        failed sign in attempts|fila virtual|file d attente|forte affluence|from a person|from another site|\
        from another website|from our own site|geautomatiseerd verkeer|geautomatiseerde inzendingen|genuine visitors|\
        grosser andrang|high demand|hohem andrang|human visitors|identify trusted web traffic|improve security|\
        improves security|in ihrem namen|in order to make valid reports on the use of their website|in your name|\
        invii non autorizzati|invio automatico|lista d attesa|lista de espera|liste d attente|login attempts|\
        menschen und bots|menschen und bots zu unterscheiden|menschen und robotern|menschen von robotern|\
        mensen en robots|nicht autorisierte|no autorizadas|no autorizados|nombre de tentatives|non autorises|\
        non autorizzati|number of attempts|number of failed login attempts|number of login attempts|\
        numero de intentos|numero di tentativi|ohne ihr wissen|one after another|one after the other|pare feu|\
        persone dai robot|personnes et les robots|persons and robots|peticiones maliciosas|programas automaticos|\
        programmes automatises|provient de notre site|rate limiting|rate limits|real person|real visitors|\
        really came from our website|recognized devices|renforcer la securite|richieste contraffatte|sala d attesa|\
        sala de espera|salle d attente|security check|sie ein mensch und kein roboter sind|sign in attempts|\
        sin su conocimiento|sitios cruzados|tell real visitors from|tentatives repetees de connexion|\
        tentativi di accesso non riusciti|terceros envien|third parties submit|tiers envoient|tra siti|\
        track recognized devices|track recognized devices for security|traffico automatizzato|trafic automatise|\
        trafico automatizado|trusted web traffic|u een mens bent en geen robot|uit uw naam|\
        um gultige berichte uber die nutzung ihrer webseite zu erstellen|un humain et non un robot|\
        un mens bent en geen robot|una persona e non un programma|una persona e non un robot|\
        una persona y no un programa|una persona y no un robot|unauthorised submissions|\
        une personne et non un programme|used to identify trusted web traffic|van een mens|virtual queue|\
        von einem menschen|von ihnen selbst|von unserer website kommt|vous etes un humain et non un robot|\
        vraie personne|waiting room|web application firewall|without your knowledge|you are a human and not a robot|\
        you are human and not a robot|zahl der anmeldeversuche|zahl der versuche|\
        zahl fehlgeschlagener anmeldeversuche|zonder dat u het weet|zwischen menschen und bots|\
        zwischen menschen und bots zu unterscheiden",
    beside: "ad altri siti|al pagar|als het druk is|altri siti|an human|and not a robot|andere sites|andere websites|\
        anfragen$|attempts$|autres sites|by third parties|comment$|comments$|cuando hay mucha demanda|\
        cuando hay mucha demanda de entradas|d autres sites|da terzi|der andrang gross ist|distingu|distinguish$|\
        door derden|durch dritte|en cas de forte affluence|envio repetido|envoi repete|geen robot|hay mucha demanda|\
        hay mucha demanda de entradas|herhaald verzenden|het druk is|humain$|human$|information you send|intentos$|\
        invio ripetuto|is beneficial for the website|kein roboter|lors des fortes affluences|lors du paiement|\
        mehrfachen absenden|mens$|mensch$|menschen$|mensen$|mucha demanda de entradas|no es un robot|no un robot|\
        non un robot|not a robot|onderscheid|other sites|other websites|otros sitios|par des tiers|pas un robot|\
        person$|persona$|personas$|persone$|personen$|personne$|personnes$|persons$|peticiones$|place$|platz$|plek$|\
        pogingen$|por terceros|posto$|puesto$|quando c e molta richiesta|quando paga|real visitors|\
        recognises a device that you registered|repeated submission|request$|requests$|requetes$|richieste$|samesite$|\
        secure$|tentatives$|tentativi$|third party|this is beneficial for the website|traffic$|turno$|un humain|\
        un tercero|unterscheid|versuche$|verzoeken$|von dritten|wanneer u betaalt|wenn der andrang gross ist|\
        wenn sie bezahlen|wenn sie zahlen|when demand is high|when you pay|which is beneficial for the website",
};
