//! How a visitor set a player: volume, subtitles.
//!
//! A player alone is none: it may count what is played.

use super::Group;

pub(super) const MEDIA: Group = Group {
    topics: "captions$ gedempt$ geluidsvolume$ lautstarke$ mute$ muted$ muto$ ondertiteling$ ondertitels$ \
        silencio$ sottotitoli$ stumm$ stummschaltung$ subtitle$ subtitles$ subtitulos$ untertitel$ untertiteln$",
    words: "audio$ audioplayer$ calidad$ dernier$ einstellung$ einstellungen$ geluid$ impostazione$ impostazioni$ \
        instelling$ instellingen$ kwaliteit$ laatst$ last$ mediaplayer$ player$ players$ preference$ preferences$ \
        preferencia$ preferencias$ preferenza$ preferenze$ qualita$ qualitat$ qualite$ quality$ reglage$ reglages$ \
        reproductor$ settings$ sonido$ sound$ speed$ speler$ suono$ ton$ ultimo$ video$ videoplayer$ videos$ \
        videospeler$ videospieler$ volume$ volumen$ voorkeur$ voorkeuren$ zuletzt$",
    phrases: "ajustes del reproductor|einstellungen des players|impostazioni del lettore|player settings|\
        player volume|reglages du lecteur|sound volume|sous titrage|sous titre|sous titres|spelerinstellingen|\
        volume audio|volume del lettore|volume du lecteur|volume du son|volume of the player|volume of the sound|\
        volume of the video|volume of the video player|volume setting|volume settings|volume sonore|\
        volume van de speler|volumen del reproductor|volumen del sonido",
};
