//! How a visitor set a player: volume, subtitles.
//!
//! A player alone is none: it may count what is played.

use super::Group;

pub(super) const MEDIA: Group = Group {
    tells: true,
    topics: "captions$ gedempt$ geluidsvolume$ lautstarke$ mute$ muted$ muto$ ondertiteling$ ondertitels$ silencio$ \
        sottotitoli$ spelerinstellingen$ stumm$ stummschaltung$ subtitle$ subtitles$ subtitulos$ untertitel$ \
        untertiteln$",
    words: "audio$ audioplayer$ ausgewahlt$ ausgewahlte$ ausgewahlten$ calidad$ choisi$ choisie$ choisies$ choisis$ \
        chosen$ eingestellte$ einstellung$ einstellungen$ elegida$ elegidas$ elegido$ elegidos$ gekozen$ geluid$ \
        geselecteerd$ geselecteerde$ gewahlt$ gewahlte$ gewahlten$ gewahlter$ impostazione$ impostazioni$ ingestelde$ \
        instelling$ instellingen$ kwaliteit$ mediaplayer$ picked$ player$ players$ preference$ preferences$ \
        preferencia$ preferencias$ preferenza$ preferenze$ qualita$ qualitat$ qualite$ quality$ reglage$ reglages$ \
        reproductor$ scelta$ scelte$ scelti$ scelto$ seleccionada$ seleccionado$ selected$ selectionne$ selectionnee$ \
        selectionnes$ selezionata$ selezionato$ settings$ sonido$ sound$ speed$ speler$ suono$ ton$ video$ \
        videoplayer$ videoplayers$ videos$ videospeler$ videospieler$ volume$ volumen$ voorkeur$ voorkeuren$",
    phrases: "ajustes del reproductor|eingestellte lautstarke|einstellungen des players|gewahlte lautstarke|\
        impostazioni del lettore|player settings|player volume|reglages du lecteur|sound volume|sous titrage|\
        sous titre|sous titres|volume audio|volume dat u|volume del lettore|volume du lecteur|volume du son|\
        volume impostato|volume of the player|volume of the sound|volume of the video|volume of the video player|\
        volume que vous|volume regle|volume scelto|volume setting|volume settings|volume sonore|volume van de speler|\
        volume you chose|volume you set|volumen del reproductor|volumen del sonido|volumen que ha",
    beside: "aanstaat$|activado$|activados$|active$|actives$|ajustes$|attivati$|attivi$|ausgewahlt$|ausgewahlte$|\
        ausgewahlten$|choisi$|choisie$|choisies$|choisis$|chosen$|eingeschaltet$|eingestellte$|einstellungen$|\
        elegida$|elegidas$|elegido$|elegidos$|gekozen$|geselecteerd$|geselecteerde$|gewahlt$|gewahlte$|gewahlten$|\
        gewahlter$|impostazioni$|ingeschakeld$|ingestelde$|instellingen$|lautstarke$|lecteur$|picked$|player$|\
        qualite$|quality$|reglages$|reproductor$|scelta$|scelte$|scelti$|scelto$|seleccionada$|seleccionado$|\
        selected$|selectionne$|selectionnee$|selectionnes$|selezionata$|selezionato$|settings$|sound$|speed$|\
        switched on|turned on|videoplayer$|videoplayers$|videospeler$|volume$|volumen$|volumes$",
};
