//! Signing in and staying signed in.
//!
//! “Logs” alone is none: it may be a protocol. Nor is an account alone: “Account data”.

use super::Group;

pub(super) const LOGIN: Group = Group {
    tells: true,
    topics: "aangemeld aanmeld accede$ acceder$ accedere$ acceso$ accesso$ angemeld anmeld anmeldeversuche$ anmeldung \
        anzumelden$ autentic autenticac autenticazi auth$ authent authenti authentica authentif authentifica \
        authentifiziert authentifizierung$ authentisier beheersysteem$ benutzerkonto$ benutzerkontos$ benutzername \
        collegat conectada$ conectado$ conectar conexion$ connecte$ connectee$ connectees$ connecter$ connectes$ \
        connectez$ connessa$ connesso$ connexion$ contrasena$ credencial$ credenciales$ credential$ credentials$ \
        credenziale$ credenziali$ eingelog einlog einlogg einzuloggen$ gebruikersaccount$ gebruikersnaam identifiants$ \
        identificarse$ identiteitsprovider$ ingelog iniciar$ inlog inloggegeven$ inloggegevens$ inlogpogingen$ \
        kennwort$ kennworter$ klantaccount$ kundenkonto$ ldap$ logged$ login$ logins$ logon$ oauth$ openid$ otp$ \
        passkey$ passkeys$ passphrase$ password$ passwords$ passwort paywall$ pin$ reconnect reconnexion$ recordarme$ \
        recuerdame$ redaktionssystem$ redaktionssystems$ ricordami$ saml$ shibboleth$ sign$ signed$ signin$ signing$ \
        signon$ sso$ unauthorised$ unauthorized$ username$ usernames$ wachtwoord zugangscode$ zugangsdatei$ \
        zugangsdaten$",
    words: "acces$ access$ accesses$ account$ accounts$ administrative$ admins$ again$ anmeldeversuchen$ apparaat$ \
        appareil$ arbeitstag$ attempts$ aufgerufene$ aufgerufenen$ automatic bekijken$ bevoegd$ bezig$ buchung$ \
        centralise$ centralisee$ checkbox$ chose$ chosen$ conto$ data$ daten$ dati$ datos$ deseada$ device$ \
        dispositivo$ distingu donnees$ echouees$ einmal erkenn erneut$ fallidos$ falliti$ fehlgeschlagen$ \
        fehlgeschlagene$ fehlgeschlagener$ gegevens$ gerat$ geschutzt gewenste$ herhaalde$ herken identidad$ identif \
        identita$ identitat$ identitatsanbieter$ identite$ identiteit$ inactividad$ inactivite$ inactiviteit$ \
        inaktivitat$ inattivita$ informacion$ informatie$ information$ informations$ informazioni$ intentos$ journee$ \
        konto$ kontos$ kundenbereich$ kundenkontos$ layout$ license$ loggen$ logic$ mislukte$ mitgliederbereich$ neu$ \
        nuevo$ nummer$ opnieuw$ pogingen$ prenotazione$ protected$ recogn reconn reconoc registra$ registrano$ \
        registrar$ registrare$ registriert$ repeated$ repetees$ repetidos$ requested$ reservation$ reservee$ \
        reservering$ reservierung$ reussies$ riconosc ripetuti$ riusciti$ secured$ session$ starting$ subscriber$ \
        subscribers$ tentatives$ tentativi$ universitaire$ versuche$ wanted$ werkdag$ wieder$ wiedererkenn \
        wiederholte$ wiederholten$ zentral",
    phrases: "a la cuenta|aangemeld blijven|account area|account dell utente|account id|account utente|\
        after identification|angemeldet bleiben|angemeldeten benutzer|apres identification|apres son identification|\
        apres votre identification|area clienti|area personal|area personale|area privada|area reservada|\
        area riservata|besloten deel|compte abonne|compte client|compte connecte|compte lecteur|compte personnel|\
        compte utilisateur|comptes contributeurs|comptes utilisateur|comptes utilisateurs|content management system|\
        cuenta de cliente|cuenta de usuario|cuenta del usuario|customer account|customer portal|de la cuenta|\
        dopo l identificazione|editors log in|effettua l accesso|eingeloggt bleiben|employee account|\
        erkennt angemeldete|erkennt sie als angemeldeten|espace abonne|espace adherent|espace client|espace membre|\
        espace personnel|espace usager|fehlgeschlagene anmeldeversuche|for employees|for staff|for staff and students|\
        fornitore di identita|fournisseur d identite|gestor de contenidos|ha effettuato l accesso|\
        herkent u als ingelogde|identifiant de compte|identifiant du compte|identificado en el area|\
        identificador de la cuenta|identificarse|identificativo dell account|identitatsanbieter|identiteitsprovider|\
        identity provider|ihr konto|ihrem konto|il suo account|in te loggen|ingelogd blijven|inicia sesion|\
        iniciada la sesion|iniciar sesion|inicio de sesion|intentos de acceso|internen bereich|interner bereich|\
        keep me signed in|keep track of your login|keeps track of your login|kennung des benutzerkontos|\
        kennung des kontos|kundenportal|le reconoce como usuario registrado|library account|log back in|log in|\
        log in again|log into|log on|log you in|logged in|login attempts|logs in|logs on|logs you in|\
        mantener identificado|mantener la sesion iniciada|mantener sesion iniciada|mantenga identificado|mein konto|\
        member account|member area|members area|mi cuenta|mijn account|mijn omgeving|mon compte|mot de passe|\
        my account|nach der identifikation|nom d utilisateur|nombre de tentatives d acces|\
        nombre de tentatives de connexion|nombre de usuario|nome utente|numero de intentos de acceso|\
        numero di tentativi di accesso|nummer van uw account|onthoud me|onthoud mij|permanezca identificado|\
        proveedor de identidad|recognises logged in users|recognises you as a logged in user|\
        recognises you as a signed in user|reconnait les utilisateurs connectes|remember me|remember me function|\
        resta collegato|resta connesso|reste identifie|rester connecte|rester identifie|restez connecte|\
        riconosce gli utenti autenticati|s identifie|s identifier|se connecte|se connectent|se mantenga identificado|\
        se souvenir de moi|sesion iniciada|sich angemeldet|sich anmelden|sich anmeldet|sign in again|sign in attempts|\
        single sign on|sistema de gestion de contenidos|sistema di gestione dei contenuti|son compte|stay signed in|\
        student account|su cuenta|systeme de gestion de contenu|tentatives de connexion|tentativi di accesso|\
        tentativi di accesso non riusciti|tick remember me|to log in|tras identificarse|tuo account|\
        una vez iniciada la sesion|user account|user accounts|user id of the signed in user|usuario autenticado|\
        usuario identificado|utente autenticato|utilisateur authentifie|utilisateur identifie|uw account|votre compte|\
        vous etes identifie|vous identifier|vous identifiez|vous reconnait comme utilisateur connecte|your account|\
        zona privada|zu der sie nach der anmeldung zuruckkehren",
    beside: "a chaque page|a la pagina en la que estaba|a la pagina que queria ver|a ogni pagina|abonnes$|account$|\
        accounts$|adherents$|administrator$|administrators$|agent$|agents$|alla pagina desiderata|\
        alla pagina in cui si trovava|alumno$|alumnos$|antragsteller$|applicant$|applicants$|area privada|\
        auf die zuvor aufgerufene seite zuruck|auf jeder seite|back to the page|back to the page you came from|\
        back to the page you wanted|bundid$|cie$|commentaires$|comments$|contributeur$|contributeurs$|contributor$|\
        contributors$|de nouveau|de nuevo|devuelve a la pagina en la que estaba|di nuovo|\
        die seite zu der sie zuruckkehren|digid$|do not have to log in again|don t have to log in again|editor$|\
        editors$|eherkenning$|eleves$|en cada pagina|enter it again|erneute eingabe|ete demandee|etudiants$|\
        franceconnect$|identif|identifica$|identificeert$|identifie$|identifies$|identifiziert$|identitat$|identite$|\
        identity$|inserire di nuovo|investigador$|kommentare$|konto$|layout$|le devuelve a la pagina en la que estaba|\
        lecteurs$|lectores$|leerling$|leerlingen$|leser$|merkt sich die seite|naar de pagina die u wilde bekijken|\
        nicht erneut|nicht erneut anmelden|nicht jedes mal|niet opnieuw|niet steeds opnieuw|not asked to|\
        not asked to do it|not asked to do so|not have to log in again|not have to sign in again|on each page|\
        on every page|op elke pagina|operatore$|operatori$|opnieuw invoeren|personlichen bereich|\
        persoonlijke omgeving|privaten bereich|publishers$|ramene a la page d ou vous veniez|\
        ramene a la page demandee|re enter|readers$|redakteure$|redakteurinnen$|redaktion$|ressaisir$|riporta$|\
        saisir a nouveau|sans avoir a vous reconnecter|senza dover|si elle a ete demandee|signal$|\
        sin tener que volver a|spid$|student$|studente$|studenti$|students$|studierende$|su ogni pagina|subscribers$|\
        takes you back to the page you came from|terug naar de pagina die u wilde bekijken|\
        terug naar de pagina waar u vandaan kwam|university account|volver a escribir|volver a introducir|\
        vous ramene a la page d ou vous veniez|vous ramene a la page demandee|who you are|\
        without having to log in again|without logging in again|without signing in again|zu der seite zuruck|\
        zu der seite zuruck von der sie kamen",
};
