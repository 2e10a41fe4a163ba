//! That the site does not work without the cookie, and no more.

use super::Group;

pub(super) const NEEDED: Group = Group {
    tells: false,
    topics: "basisfuncties$ esencial essential essentie essentiel essenzial essenziell grundfunktionen$ imprescindib \
        indispensab mandatory necesari obligatori onmisbaar unerlasslich unverzichtbar",
    words: "basic$ basicas$ basico$ basique$ basiques$ basisfunctie basisfunctionaliteit$ consultation$ core$ \
        fruizione$ fundamental grundfunktion grundlegend inhalt$ inhalte$ inhoud$ minimal nucleo$",
    phrases: "basic functions|betrieb der website|bon fonctionnement|core functions|fonctionnement du site|\
        fonctions de base|funcionamiento de la web|funcionamiento del sitio|funciones basicas|functioning of the site|\
        functioning of the website|funktionieren der website|funzionamento del sito|funzioni di base|\
        operation of the site|operation of the website|werking van de website",
    beside: "cannot work without|does not work without|funktioniert nicht ohne|ne fonctionne pas sans|no funciona sin|\
        non funziona senza|not work properly without|not work without|werkt niet zonder",
};
