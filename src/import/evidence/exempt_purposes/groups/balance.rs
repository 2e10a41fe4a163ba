//! Sending all requests of a visit to the same server, and keeping load off the others.
//!
//! Response times belong to it; any other performance does not.

use super::Group;

pub(super) const BALANCE: Group = Group {
    topics: "affinit aiguillage$ anwendungsserver$ backend$ backends$ balance$ balanceo$ balancer$ \
        balancers$ balances$ balancing$ belastingverdeling$ bilanciamento$ cache$ cluster$ datacenter$ \
        doorverwijzing$ equilibr frontal$ frontaux$ instanz$ instanzen$ knoten$ lastausgleich$ lastenverteilung$ \
        lastverteil loadbalanc maintenance$ nodi$ nodo$ nodos$ overbelasting$ rechenzentrum$ redireccion$ \
        redirection$ reindirizzamento$ repartir$ repartiteur$ repartition$ reparto$ routage$ routing$ server$ \
        serverauslastung$ serverauswahl$ serverknoten$ servern$ servers$ serverzuordnung$ serveur$ serveurs$ \
        servidor$ servidores$ sobrecarga$ sovraccarico$ stickiness$ sticky$ surcharge$ surcharges$ uberlast$ \
        uberlastung$ wartung$ wartungsmodus$ webserver$ webservers$ weiterleitung$",
    words: "access$ anfragenverteilung$ antwortzeit$ antwortzeiten$ applikation$ arbeit$ ausgleich$ auslastung$ \
        backends$ bedient$ belasting$ belastung$ beschikbare$ bilancia$ carga$ cargas$ carico$ charge$ charges$ \
        conexiones$ connected$ connessioni$ connexions$ context$ directed$ directs$ dirigees$ disponibili$ \
        disponibles$ distingu distribue$ drukte$ equitablement$ erkenn evenly$ farm$ frontal$ frontaux$ gateway$ \
        geleitet$ gelijkmatig$ gleichmassige$ herken identif instances$ instancias$ istanze$ knoten$ last$ lasten$ \
        lavoro$ leiten$ length$ macchine$ machines$ maquinas$ maschinen$ meerdere$ mehrere$ mehreren$ mehrerer$ \
        multiple$ nodes$ noeud$ noeuds$ optimieren$ optimise$ optimiser$ optimize$ passerelle$ physical$ physique$ \
        plusieurs$ queue$ reaches$ recogn reconn reconoc record$ recorded$ records$ registra$ registrano$ \
        registrar$ registrare$ registriert$ responding$ riconosc route$ routes$ served$ serving$ several$ smooth$ \
        target$ temps$ time$ times$ trabajo$ traffic$ traffico$ trafic$ trafico$ uniforme$ uniformemente$ varios$ \
        verdeelt$ verfugbare$ verfugbaren$ verkeer$ verkehr$ verschiedene$ verschiedenen$ webserver$ webservers$ \
        werk$ wiedererkenn zugeteilt$ zuteilung$ zuweisung$",
    phrases: "across our servers|auf mehrere server|auf unsere server|balances the load|demselben server|\
        denselben server|dieselbe maschine|distribuir la carga|distribuire il carico|distribuisce il carico|\
        distributes the load|distribution of traffic|distribuye la carga|entre los servidores|\
        entre plusieurs machines|entre plusieurs serveurs|equilibrage de charge|gleichen server|load balancer|\
        load balancing|meme machine|meme serveur|misma maquina|mismo servidor|optimise user experience|\
        optimize user experience|over de servers|over meerdere servers|over our servers|reparte la carga|\
        repartit la charge|repartition de charge|repartition de la charge|ripartisce il carico|\
        same application server|same backend|same machine|same server|same web server|selbe maschine|selben server|\
        spreads the load|spreads visitors over our servers|stessa macchina|stesso server|su piu server|\
        sur les differents serveurs|tra i server|verdeelt de belasting|verdeelt de drukte|verteilt die last|\
        zelfde machine|zelfde server",
};
