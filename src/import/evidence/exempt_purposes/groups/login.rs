//! Signing in and staying signed in.
//!
//! “Logs” alone is none: it may be a protocol. Nor is an account alone: “Account data”.

use super::Group;

pub(super) const LOGIN: Group = Group {
    topics: "aangemeld aanmeld abgemeldet$ abmelden$ abmeldet$ abmeldung$ accede$ acceder$ accedere$ acceso$ \
        accesso$ afmelden$ angemeld anmeld anmeldung anzumelden$ autentic autenticac autenticazi auth$ authent \
        authenti authentica authentif authentifica authentifiziert authentifizierung$ authentisier benutzerkonto$ \
        benutzername collegat conectada$ conectado$ conectar conexion$ connecte$ connectee$ connectees$ connecter$ \
        connectes$ connectez$ connessa$ connesso$ connexion$ contrasena$ credencial$ credenciales$ credential$ \
        credentials$ credenziale$ credenziali$ deconnecte$ deconnectez$ deconnexion$ desconect desconexion$ \
        disconness eingelog einlog einlogg einzuloggen$ gebruikersnaam identifiants$ identificarse$ ingelog \
        iniciar$ inlog inloggegeven$ inloggegevens$ kennwort$ kennworter$ kundenkonto$ ldap$ logged$ login$ logins$ \
        logon$ logout$ oauth$ openid$ otp$ passkey$ passkeys$ passphrase$ password$ passwords$ passwort paywall$ \
        pin$ reconnect reconnexion$ recordarme$ ricordami$ saml$ scollegat shibboleth$ sign$ signed$ signin$ \
        signing$ signon$ sso$ uitgelogd$ uitloggen$ uitlogt$ unauthorised$ unauthorized$ username$ usernames$ \
        wachtwoord zugangscode$ zugangsdatei$ zugangsdaten$",
    words: "abrir$ acces$ access$ accesses$ account$ accounts$ administrative$ admins$ anmeldeversuche$ \
        anmeldeversuchen$ apparaat$ appareil$ aprire$ arbeitstag$ attempts$ aufgerufene$ aufgerufenen$ automatic \
        back$ bekijken$ benutzerkontos$ bevoegd$ bezig$ buchung$ came$ centralise$ centralisee$ checkbox$ chose$ \
        chosen$ come$ compte$ comptes$ conto$ cuenta$ cuentas$ data$ daten$ dati$ datos$ derniere$ deseada$ \
        device$ dispositivo$ distingu donnees$ echouees$ einmal erkenn fallidos$ falliti$ fehlgeschlagen$ \
        fehlgeschlagene$ fehlgeschlagener$ gegevens$ gerat$ geschutzt gewenste$ herken identidad$ identif \
        identita$ identitat$ identitatsanbieter$ identite$ identiteit$ inactividad$ inactivite$ inactiviteit$ \
        inaktivitat$ inattivita$ informacion$ informatie$ information$ informations$ informazioni$ inlogpogingen$ \
        journee$ kommen$ konto$ kontos$ kundenbereich$ kundenkontos$ last$ layout$ left$ license$ loggen$ logic$ \
        mislukte$ mitgliederbereich$ nummer$ offnen$ open$ opened$ openen$ opens$ ouvrir$ pogingen$ prenotazione$ \
        protected$ recogn reconn reconoc record$ recorded$ records$ registra$ registrano$ registrar$ registrare$ \
        registriert$ requested$ reservation$ reservee$ reservering$ reservierung$ reussies$ riconosc riusciti$ \
        secured$ see$ sehen$ session$ starting$ subscriber$ subscribers$ tentatives$ trace$ track$ universitaire$ \
        vedere$ ver$ versuche$ viene$ view$ voir$ wanted$ werkdag$ wiedererkenn zentral zien$",
    phrases: "aangemeld blijven|account dell utente|account id|account utente|after identification|\
        angemeldet bleiben|angemeldeten benutzer|anmeldeversuche|apres identification|apres son identification|\
        apres votre identification|area personal|area personale|area privada|area riservata|beheersysteem|\
        benutzerkontos|compte abonne|compte client|compte connecte|compte lecteur|compte personnel|\
        compte utilisateur|comptes contributeurs|comptes utilisateur|comptes utilisateurs|content management system|\
        cuenta de cliente|cuenta de usuario|cuenta del usuario|customer account|dopo l identificazione|\
        editors log in|effettua l accesso|eingeloggt bleiben|employee account|espace adherent|espace client|\
        espace membre|espace personnel|espace usager|fournisseur d identite|gebruikersaccount|gestor de contenidos|\
        ha effettuato l accesso|identifiant de compte|identifiant du compte|identificador de la cuenta|\
        identificativo dell account|identiteitsprovider|identity provider|ihr konto|ihrem konto|il suo account|\
        in te loggen|ingelogd blijven|inicia sesion|iniciar sesion|inicio de sesion|inlogpogingen|\
        intentos de acceso|keep me signed in|keep track of your login|keeps track of your login|\
        kennung des benutzerkontos|kennung des kontos|klantaccount|kundenkonto|library account|log back in|log in|\
        log in again|log into|log on|log out|log you in|logged in|login attempts|logs in|logs on|logs you in|\
        mantener identificado|mantener la sesion iniciada|mantener sesion iniciada|mantenga identificado|\
        member account|mot de passe|my account|nach der identifikation|nom d utilisateur|\
        nombre de tentatives d acces|nombre de tentatives de connexion|nombre de usuario|nome utente|\
        numero de intentos de acceso|numero di tentativi di accesso|nummer van uw account|onthoud me|onthoud mij|\
        proveedor de identidad|recuerdame|redaktionssystem|remember me|remember me function|resta collegato|\
        resta connesso|rester connecte|restez connecte|s identifie|s identifier|se connecte|se connectent|\
        se mantenga identificado|se souvenir de moi|sesion iniciada|sich angemeldet|sich anmelden|sich anmeldet|\
        sign in again|sign in attempts|single sign on|sistema de gestion de contenidos|\
        sistema di gestione dei contenuti|stay signed in|student account|su cuenta|systeme de gestion de contenu|\
        tentatives de connexion|tentativi di accesso|to log in|tras identificarse|tuo account|user account|\
        user accounts|user id of the signed in user|usuario autenticado|usuario identificado|utente autenticato|\
        utilisateur authentifie|utilisateur identifie|uw account|votre compte|vous etes identifie|vous identifier|\
        vous identifiez|who you are|your account",
};
