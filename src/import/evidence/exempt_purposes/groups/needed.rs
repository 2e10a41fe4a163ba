//! That the site does not work without the cookie, and no more.

use super::Group;

pub(super) const NEEDED: Group = Group {
    topics: "benotigt$ erforderlich esencial essential essentie essentiel essenzial essenziell imprescindib \
        indispensab mandatory necesari necess necessari needed$ nodig$ noodzakelijk noodzakelijke notwendig \
        obligatori onmisbaar requerid required$ requis$ richiest unerlasslich unverzichtbar vereist$",
    words: "basic$ basicas$ basico$ basique$ basiques$ basisfunctie basisfunctionaliteit$ consultation$ core$ \
        fruizione$ fundamental gebruik$ grundfunktion grundlegend inhalt$ inhalte$ inhoud$ minimal nucleo$ \
        nutzung$ uso$ utilisation$ utilizacion$ utilizzo$",
    phrases: "basic functions|basisfuncties|betrieb der website|bon fonctionnement|core functions|\
        fonctionnement du site|fonctions de base|funcionamiento de la web|funcionamiento del sitio|\
        funciones basicas|functioning of the site|functioning of the website|funktionieren der website|\
        funzionamento del sito|funzioni di base|grundfunktionen|operation of the site|operation of the website|\
        werking van de website",
};
