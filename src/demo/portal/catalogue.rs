//! The catalogue of the sample portal: a dozen datasets like those of a ministry of education. Subjects and columns are
//! real; `record` invents the figures.

use super::dataset::{Dataset, Field, Kind, Theme, both};

/// The dataset of that identifier.
pub(super) fn find(id: &str) -> Option<&'static Dataset> {
    DATASETS.iter().find(|dataset| dataset.id == id)
}

const fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind }
}

const fn named(types: &'static [&'static str]) -> Field {
    field("nom_etablissement", "Établissement", Kind::SchoolName(types))
}

const fn count(low: i64, high: i64) -> Kind {
    Kind::Integer { low, high }
}

const fn rate(low: i64, high: i64) -> Kind {
    Kind::Decimal { low, high }
}

const SECTOR: Kind = Kind::OneOf(&["Public", "Privé sous contrat"]);
const CODE: Field = field("uai", "UAI", Kind::SchoolCode);
const NAME: Field = named(&["Collège", "Lycée général", "Lycée technologique", "Lycée professionnel"]);
const PRIMARY_NAME: Field = named(&["École élémentaire", "École maternelle", "École primaire"]);
const UPPER_NAME: Field = named(&["Lycée", "Lycée général", "Lycée polyvalent"]);
const LOWER_NAME: Field = named(&["Collège"]);
const CENTRE_NAME: Field = named(&["CFA", "Lycée professionnel", "Campus des métiers"]);
const ANY_TYPE: &[&str] = &["École", "Collège", "Lycée", "EREA"];
const TOWN: Field = field("commune", "Commune", Kind::Town);
const DEPARTMENT: Field = field("departement", "Département", Kind::Department);
const ACADEMY: Field = field("academie", "Académie", Kind::Academy);
const REGION: Field = field("region", "Région", Kind::Region);
const SCHOOL_YEAR: Field = field("rentree_scolaire", "Rentrée scolaire", Kind::SchoolYear);
const SESSION: Field = field("session", "Session", Kind::Year);

/// The catalogue, the latest first.
pub(super) static DATASETS: [Dataset; 12] = [
    Dataset {
        id: "fr-en-annuaire-education",
        title: both("Annuaire de l'éducation", "Directory of education"),
        description: both(
            "Liste des établissements scolaires des premier et second degrés, publics et privés, avec leur localisation.",
            "All primary and secondary schools, public and private, with their location.",
        ),
        theme: Theme::Schools,
        records: 68_412,
        modified: "2026-11-20",
        fields: &[
            CODE,
            named(ANY_TYPE),
            field("type_etablissement", "Type", Kind::SchoolType(ANY_TYPE)),
            field("secteur", "Secteur", SECTOR),
            TOWN,
            DEPARTMENT,
            ACADEMY,
            REGION,
            field("nombre_d_eleves", "Nombre d'élèves", count(40, 1900)),
        ],
    },
    Dataset {
        id: "fr-en-ips-ecoles-ap2022",
        title: both("Indices de position sociale des écoles", "Social position index of primary schools"),
        description: both(
            "L'IPS résume les conditions socio-économiques et culturelles des familles des élèves de chaque école.",
            "The index sums up the social, economic and cultural condition of the pupils' families in each school.",
        ),
        theme: Theme::Pupils,
        records: 31_806,
        modified: "2026-11-12",
        fields: &[SCHOOL_YEAR, ACADEMY, DEPARTMENT, CODE, PRIMARY_NAME, TOWN, field("ips", "IPS", rate(45, 185))],
    },
    Dataset {
        id: "fr-en-indicateurs-de-resultat-des-lycees-gt_v2",
        title: both(
            "Indicateurs de valeur ajoutée des lycées d'enseignement général et technologique",
            "Added value of general and technological upper secondary schools",
        ),
        description: both(
            "Taux de réussite, d'accès et de mentions au baccalauréat, comparés aux taux attendus.",
            "Pass, access and honours rates in the baccalauréat, beside the rates to be expected.",
        ),
        theme: Theme::Results,
        records: 18_344,
        modified: "2026-10-30",
        fields: &[
            SESSION,
            CODE,
            UPPER_NAME,
            TOWN,
            ACADEMY,
            field("presents", "Présents au bac", count(30, 520)),
            field("taux_reussite", "Taux de réussite (%)", rate(74, 100)),
            field("taux_mentions", "Taux de mentions (%)", rate(28, 92)),
            field("valeur_ajoutee", "Valeur ajoutée", count(-9, 9)),
        ],
    },
    Dataset {
        id: "fr-en-dnb-par-etablissement",
        title: both("Diplôme national du brevet par établissement", "Lower secondary diploma by school"),
        description: both(
            "Inscrits, présents, admis et mentions au diplôme national du brevet, par collège.",
            "Candidates, passes and honours in the diplôme national du brevet, by school.",
        ),
        theme: Theme::Results,
        records: 139_204,
        modified: "2026-10-16",
        fields: &[
            SESSION,
            CODE,
            LOWER_NAME,
            TOWN,
            DEPARTMENT,
            field("presents", "Présents", count(18, 260)),
            field("admis", "Admis", count(15, 240)),
            field("taux_reussite", "Taux de réussite (%)", rate(61, 100)),
        ],
    },
    Dataset {
        id: "fr-en-baccalaureat-par-academie",
        title: both("Le baccalauréat par académie", "The baccalauréat by académie"),
        description: both(
            "Candidats présents et admis aux baccalauréats général, technologique et professionnel.",
            "Candidates and passes in the general, technological and vocational baccalauréat.",
        ),
        theme: Theme::Results,
        records: 2_790,
        modified: "2026-09-28",
        fields: &[
            SESSION,
            ACADEMY,
            field("voie", "Voie", Kind::OneOf(&["Générale", "Technologique", "Professionnelle"])),
            field("sexe", "Sexe", Kind::OneOf(&["Filles", "Garçons"])),
            field("presents", "Présents", count(900, 24_000)),
            field("taux_reussite", "Taux de réussite (%)", rate(78, 98)),
        ],
    },
    Dataset {
        id: "fr-en-effectifs-second-degre",
        title: both("Effectifs d'élèves du second degré", "Enrolment in secondary schools"),
        description: both(
            "Nombre d'élèves par établissement, niveau et sexe, constaté à chaque rentrée.",
            "Pupils by school, level and sex, as counted at the start of each school year.",
        ),
        theme: Theme::Pupils,
        records: 54_087,
        modified: "2026-09-21",
        fields: &[
            SCHOOL_YEAR,
            CODE,
            NAME,
            TOWN,
            field("niveau", "Niveau", Kind::OneOf(&["6e", "5e", "4e", "3e", "2de", "1re", "Terminale"])),
            field("filles", "Filles", count(20, 480)),
            field("garcons", "Garçons", count(20, 480)),
        ],
    },
    Dataset {
        id: "fr-en-calendrier-scolaire",
        title: both("Calendrier scolaire", "School calendar"),
        description: both(
            "Dates des vacances scolaires par zone et par académie.",
            "School holidays by zone and académie.",
        ),
        theme: Theme::Life,
        records: 2_312,
        modified: "2026-09-01",
        fields: &[
            SCHOOL_YEAR,
            field("zone", "Zone", Kind::OneOf(&["Zone A", "Zone B", "Zone C", "Corse"])),
            field("description", "Période", Kind::OneOf(&["Toussaint", "Noël", "Hiver", "Printemps", "Été"])),
            ACADEMY,
            field("duree", "Durée (jours)", count(9, 58)),
        ],
    },
    Dataset {
        id: "fr-en-boursiers-par-departement",
        title: both("Élèves boursiers par département", "Pupils with a grant, by department"),
        description: both(
            "Part des élèves bénéficiant d'une bourse nationale, par échelon.",
            "Share of pupils who receive a national grant, by level.",
        ),
        theme: Theme::Pupils,
        records: 3_636,
        modified: "2026-07-08",
        fields: &[
            SCHOOL_YEAR,
            DEPARTMENT,
            ACADEMY,
            field("echelon", "Échelon", count(1, 6)),
            field("boursiers", "Boursiers", count(600, 21_000)),
            field("part", "Part (%)", rate(12, 46)),
        ],
    },
    Dataset {
        id: "fr-en-insertion-professionnelle-apprentis",
        title: both("Insertion professionnelle des apprentis", "Employment of former apprentices"),
        description: both(
            "Taux d'emploi six mois après la fin des études, par centre de formation.",
            "Employment rate six months after the end of studies, by training centre.",
        ),
        theme: Theme::Results,
        records: 9_418,
        modified: "2026-06-17",
        fields: &[
            SESSION,
            CODE,
            CENTRE_NAME,
            REGION,
            field("diplome", "Diplôme", Kind::OneOf(&["CAP", "Bac pro", "BTS", "BP", "MC"])),
            field("taux_emploi", "Taux d'emploi (%)", rate(38, 94)),
        ],
    },
    Dataset {
        id: "fr-en-langues-vivantes-second-degre",
        title: both("Langues vivantes enseignées", "Modern languages taught"),
        description: both(
            "Langues proposées dans chaque établissement du second degré, par rang.",
            "Languages on offer in each secondary school, by rank.",
        ),
        theme: Theme::Life,
        records: 47_955,
        modified: "2026-05-22",
        fields: &[
            SCHOOL_YEAR,
            CODE,
            NAME,
            field("langue", "Langue", Kind::OneOf(&["Anglais", "Espagnol", "Allemand", "Italien", "Arabe", "Breton"])),
            field("rang", "Rang", Kind::OneOf(&["LVA", "LVB", "LVC"])),
            field("eleves", "Élèves", count(8, 640)),
        ],
    },
    Dataset {
        id: "fr-en-internats-de-reussite",
        title: both("Internats d'excellence", "Boarding schools"),
        description: both(
            "Capacité d'accueil et taux d'occupation des internats publics.",
            "Places and occupancy of public boarding schools.",
        ),
        theme: Theme::Schools,
        records: 1_604,
        modified: "2026-04-10",
        fields: &[
            CODE,
            NAME,
            TOWN,
            ACADEMY,
            field("places", "Places", count(24, 320)),
            field("taux_occupation", "Taux d'occupation (%)", rate(41, 100)),
        ],
    },
    Dataset {
        id: "fr-en-enquete-climat-scolaire",
        title: both("Enquête de climat scolaire", "Survey of school climate"),
        description: both(
            "Réponses des élèves de collège à l'enquête nationale de climat scolaire.",
            "Answers of lower secondary pupils to the national survey of school climate.",
        ),
        theme: Theme::Life,
        records: 7_260,
        modified: "2026-02-03",
        fields: &[
            SESSION,
            ACADEMY,
            field("question", "Question", Kind::OneOf(&["Sécurité", "Justice", "Relations", "Apprentissages"])),
            field("satisfaits", "Satisfaits (%)", rate(52, 96)),
            field("repondants", "Répondants", count(300, 9_000)),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dataset_is_found_by_its_own_identifier() {
        for dataset in &DATASETS {
            assert!(std::ptr::eq(find(dataset.id).unwrap(), dataset), "{}", dataset.id);
        }
        assert!(find("inconnu").is_none());
    }
}
