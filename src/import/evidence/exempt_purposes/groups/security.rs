//! Protecting the site and its forms: forged requests, attacks, fraud, robots, and queues before a sale.
//!
//! Devices, traffic and addresses are named for it alone.

use super::Group;

pub(super) const SECURITY: Group = Group {
    topics: "aanval$ aanvallen$ abus$ abuse$ abusif$ abusing$ abusive$ abusivi$ abusivo$ abuso$ abwehr$ \
        affluence$ andrang$ angreifer$ angriff$ angriffe$ angriffen$ angriffsversuche$ antibot$ antiforgery$ \
        antispam$ ataque$ ataques$ attacchi$ attacco$ attack$ attackers$ attacks$ attaque$ attaques$ attempts$ \
        automatisierten$ bescherm betrug$ beveilig beveiligingscontrole$ beveiligingstoken$ bosartig bot$ bots$ \
        captcha$ challenge$ chiffrement$ ciberataques$ cifrado$ cifratura$ contraffazione$ cortafuegos$ \
        crittografia$ csrf$ cyberaanval cyberangriff dannos ddos$ defence$ defense$ detournement$ diebstahl$ \
        diefstal$ difesa$ drukte$ eindring encriptacion$ encrypt$ encryption$ encrypts$ falschung$ falsifi \
        falsificacion$ falsification$ falsificazione$ fehlgeschlagener$ firewall$ firewalls$ forged$ forgery$ \
        fraud$ fraude$ fraudolent frode$ frodi$ furto$ gefalscht hacker$ hackers$ hameconnage$ hcaptcha$ hijack \
        humain$ humains$ human$ humanos$ humans$ indringers$ insecure$ integridad$ integrita$ integritat$ \
        integrite$ integriteit$ integrity$ intrusi kwaadaardig kwaadwillend malevol malicieu malicios malicious$ \
        malveillant misbruik$ misbruikt$ missbrauch$ missbrauchlich misuse$ nonce$ overbelasting$ phishing$ protect \
        protecti proteg protegg protezione$ queue$ recaptcha$ robo$ robot$ roboter$ robotern$ robots$ samesite$ \
        schadlich schutz$ schutzen$ schutzes$ schutzt$ secur securis securisa securitycheck$ securiz segur segurida \
        sicher sicherheitsabfrage$ sicherheitscode$ sicherheitslucken$ sicherheitsprufung$ sicherheitstoken$ sicur \
        sobrecarga$ sospette$ sovraccarico$ spam$ suplantacion$ suplante$ surcharge$ throttl trusted$ turnstile$ \
        uberlastung$ umani$ unbefugte$ unbefugten$ usurpation$ veilig verdachtige$ verification$ verschlusselung$ \
        versleuteling$ versleutelt$ vervalste$ vulnerab wachtkamer$ wachtrij$ wachtruimte$ waf$ wartebereich$ \
        wartelist$ warteliste$ warteraum$ warteschlange$ wartezimmer$ xsrf$ xss$",
    words: "abgefangen$ acces$ acceso$ access$ accessi$ accesso$ account$ accounts$ acheter$ acquistare$ address$ \
        adresse$ altri$ altro$ ander$ andere$ apparaat$ appareil$ attempts$ attente$ attesa$ automated$ \
        automatisees$ automatizadas$ automatizado$ automatizados$ automatizzat autorisees$ autorises$ autre$ \
        autres$ behalf$ beneficial$ benutzerkonto$ beurt$ biglietti$ billets$ blocklist$ brute$ bulk$ busy$ buy$ \
        coda$ cola$ come$ comentarios$ comes$ comment$ commentaires$ commenti$ comments$ communicatie$ \
        communication$ comprar$ compte$ comptes$ conexion$ connessione$ connexion$ connexions$ contraffatte$ \
        contraffatti$ cross$ cruzad cuenta$ cuentas$ data$ daten$ datenubertragung$ datenverkehr$ dati$ datos$ \
        defend$ defends$ demand$ demanda$ device$ devices$ diebstahl$ dispositivi$ dispositivo$ dispositivos$ \
        distingu donnees$ dritte$ dritter$ druk$ drukte$ echouees$ einsendungen$ entradas$ envios$ erkenn \
        excessive$ fake$ fallidos$ falliti$ falsificadas$ falsificados$ faux$ fehlgeschlagene$ fehlgeschlagener$ \
        feu$ filtering$ formulaire$ formulaires$ formular$ formulare$ formularen$ formulario$ formularios$ \
        formulier$ formulieren$ forte$ fraudulent$ frauduleus frauduleux$ geautomatiseerde$ gegevens$ genuine$ \
        gerat$ gerate$ geslaagd$ hacking$ herhaalde$ herken hijack hohem$ hoher$ identif incoming$ incrociat \
        indesirables$ information$ injection$ insu$ interserv intersite$ intersites$ ip$ ips$ kaufen$ known$ \
        kommen$ kommentare$ kommentaren$ kommt$ kommunikation$ komt$ konto$ kontos$ kopen$ kundenkonto$ layer$ \
        legitim legittim malicieuses$ malicieux$ malware$ mange$ manipulation$ manipulations$ mens$ mensch$ \
        menschen$ mensen$ mislukte$ mitigat moduli$ modulo$ molte$ molti$ mucha$ muchas$ namen$ namens$ netwerk$ \
        network$ netzwerk$ nombre$ nombreuses$ nombreux$ open$ opening$ ordre$ origin$ originate$ originates$ \
        origins$ other$ others$ otro$ otros$ ouverture$ ouvertures$ overload$ paiement$ paiements$ pare$ party$ \
        pay$ payment$ payments$ personas$ persone$ personen$ persons$ platz$ plek$ pogingen$ posto$ prestataire$ \
        prevenir$ procede$ proviene$ proviennent$ provient$ puesto$ queue$ rate$ reacties$ real$ recogn reconn \
        reconoc reseau$ rete$ reussi$ reussies$ riconosc risk$ riusciti$ saturation$ scripting$ scripts$ see$ \
        self$ shown$ signed$ sites$ siteubergreifend sitewide$ siti$ sitios$ sperre$ stammt$ stolen$ submission$ \
        submissions$ submitting$ superado$ superato$ surcharge$ tell$ tells$ tentatives$ tercero$ theft$ tour$ \
        track$ traffic$ traffico$ trafic$ trafico$ transmission$ trust$ turno$ uberlast$ uberlastung$ \
        unauthorised$ unauthorized$ unbefugt unerlaubt unerwunscht ungewollt ursprung$ vente$ ventes$ verkeer$ \
        versuche$ vervalst viele$ viene$ vient$ vol$ websiteubergreifend wiedererkenn zahlreiche$ zufallswert$",
    phrases: "a sua insaputa|a suo nome|a votre insu|aantal inlogpogingen|aantal mislukte inlogpogingen|\
        aantal pogingen|ameliorer la securite|anti bot|anti forgery|anti robot|anti spam|anzahl der anmeldeversuche|\
        anzahl fehlgeschlagener anmeldeversuche|attempts to log in|automated programs|automatisierte zugriffe|\
        automatisierten zugriffen|between people and|brute force|by a person|captcha gelost|cifra la comunicacion|\
        cifra la comunicazione|cifra la conexion|cifra la connessione|coda d attesa|coda di attesa|cola de espera|\
        cola virtual|control de seguridad|controle de securite|controllo di sicurezza|cross site|\
        cross site request forgery|d une personne|da una persona|de un humano|de una persona|\
        dies ist vorteilhaft fur die webseite|echter mensch|en su nombre|en votre nom|entre personas y|entre sitios|\
        envio automatizado|envios automatizados|envoi automatise|envois automatises|failed login attempts|\
        failed sign in attempts|fila virtual|file d attente|forte affluence|from a person|\
        geautomatiseerde inzendingen|grosser andrang|high demand|hohem andrang|human visitors|improve security|\
        improves security|in ihrem namen|in order to make valid reports on the use of their website|in your name|\
        invio automatico|lista d attesa|lista de espera|liste d attente|login attempts|menschen und robotern|\
        menschen von robotern|mensen en robots|nacheinander|nombre de tentatives|number of attempts|\
        number of failed login attempts|number of login attempts|numero de intentos|numero di tentativi|\
        ohne ihr wissen|one after another|one after the other|pare feu|persone dai robot|personnes et les robots|\
        persons and robots|peticiones maliciosas|programas automaticos|programmes automatises|real person|\
        renforcer la securite|sala d attesa|sala de espera|salle d attente|security check|sicherheitsprufung|\
        sign in attempts|sin su conocimiento|sitios cruzados|tentatives repetees de connexion|tra siti|uit uw naam|\
        um gultige berichte uber die nutzung ihrer webseite zu erstellen|van een mens|virtual queue|\
        von einem menschen|von ihnen selbst|vraie personne|wachtlijst|wachtrij|waiting room|warteschlange|\
        web application firewall|without your knowledge|zahl der anmeldeversuche|zahl der versuche|\
        zahl fehlgeschlagener anmeldeversuche|zonder dat u het weet",
};
