//! Sending all requests of a visit to the same server, and keeping load off the others.
//!
//! Response times belong to it; any other performance does not.

use super::Group;

pub(super) const BALANCE: Group = Group {
    tells: true,
    topics: "affinit aiguillage$ anwendungsserver$ backend$ backends$ balance$ balanceo$ balancer$ balancers$ \
        balances$ balancing$ belastingverdeling$ bilanciamento$ cache$ cluster$ datacenter$ doorverwijzing$ equilibr \
        frontal$ frontaux$ instanz$ instanzen$ knoten$ lastausgleich$ lastenverteilung$ lastverteil loadbalanc \
        maintenance$ nodi$ nodo$ nodos$ overbelasting$ rechenzentrum$ redireccion$ redirection$ reindirizzamento$ \
        repartir$ repartiteur$ repartition$ reparto$ routage$ routing$ server$ serverauslastung$ serverauswahl$ \
        serverknoten$ servern$ servers$ serverzuordnung$ serveur$ serveurs$ servidor$ servidores$ sobrecarga$ \
        sovraccarico$ stickiness$ sticky$ surcharge$ surcharges$ uberlast$ uberlastung$ wartung$ wartungsmodus$ \
        webserver$ webservers$ weiterleitung$",
    words: "access$ anfragenverteilung$ antwortzeit$ antwortzeiten$ applikation$ arbeit$ ausgleich$ auslastung$ \
        bedient$ belasting$ belastung$ beschikbare$ bilancia$ cada$ carga$ cargas$ carico$ chaque$ charge$ charges$ \
        conexiones$ connected$ connessioni$ connexions$ directed$ directs$ dirigees$ disponibili$ disponibles$ \
        distribue$ drukte$ each$ elke$ equitablement$ evenly$ every$ farm$ gateway$ geleitet$ gelijkmatig$ \
        gleichmassige$ instances$ instancias$ istanze$ jede$ jeder$ last$ lasten$ lavoro$ leiten$ length$ macchine$ \
        machines$ maquinas$ maschinen$ meerdere$ mehrere$ mehreren$ mehrerer$ multiple$ nodes$ noeud$ noeuds$ ogni$ \
        optimieren$ optimise$ optimiser$ optimize$ passerelle$ physical$ physique$ plusieurs$ queue$ reaches$ \
        responding$ route$ routes$ served$ serving$ several$ smooth$ target$ trabajo$ traffic$ traffico$ trafic$ \
        trafico$ uniforme$ uniformemente$ varios$ verdeelt$ verfugbare$ verfugbaren$ verkeer$ verkehr$ verschiedene$ \
        verschiedenen$ werk$ zugeteilt$ zuteilung$ zuweisung$",
    phrases: "across our servers|auf mehrere server|auf unsere server|balances the load|come from the same server|\
        comes from the same server|demselben server|denselben server|dieselbe maschine|distribuir la carga|\
        distribuire il carico|distribuisce il carico|distributes the load|distribution of traffic|distribuye la carga|\
        entre los servidores|entre plusieurs machines|entre plusieurs serveurs|equilibrage de charge|gleichen server|\
        indirizza le richieste|load balancer|load balancing|meme machine|meme serveur|misma maquina|mismo servidor|\
        optimise user experience|optimize user experience|over de servers|over meerdere servers|over our servers|\
        proviennent du meme serveur|registers which server cluster is serving the visitor|reparte la carga|\
        repartit la charge|repartition de charge|repartition de la charge|ripartisce il carico|\
        same application server|same backend|same machine|same server|same web server|selbe maschine|selben server|\
        smista le richieste|spreads the load|spreads visitors over our servers|stessa macchina|stesso server|\
        su piu server|sur les differents serveurs|the context of load balancing|tra i server|verdeelt de belasting|\
        verdeelt de drukte|verteilt die last|vom selben server kommen|zelfde machine|zelfde server",
    beside: "anfragen$|belasting$|cada$|carga$|carico$|chaque$|charge$|connections$|connexions$|each of your requests|\
        each request|each$|elke$|equamente$|equitablement$|evenly$|every request|every$|gateway$|gateways$|\
        gelijkmatig$|gleichmassig$|gleichmassige$|go$|instance$|instances$|jede$|jeden$|jeder$|\
        les pages que vous demandez|load$|machine$|machines$|makes sure each of your requests|ogni$|peticiones$|\
        proviennent$|reaches$|request$|requests$|requetes$|richieste$|same target|taakverdeling$|\
        the pages you request|traffic$|traffico$|trafic$|trafico$|uniformemente$|verkehr$|verzoeken$|visiteurs$",
};
