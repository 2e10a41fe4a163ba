//! Spanish.

use super::{
    CategoryWords, ChoiceWords, InfrastructureWords, PlaceholderWords, RemarkWords, TableWords, ThirdPartyWords,
    TimeWords, UndeclaredWords, Words,
};

pub(super) const WORDS: Words = Words {
    tag: "es",
    language: "Español",
    title: "Cookies de {}",
    title_without_site: "Cookies de este sitio",
    intro: "Esta página enumera las cookies que este sitio puede guardar en su navegador, la finalidad de cada una y su \
        duración. Se elabora a partir de las reglas que se aplican a cada página del sitio.",
    report_only: "Por ahora las reglas de esta página solo se observan y todavía no se aplican: pueden instalarse cookies a \
        pesar de ellas.",
    languages: "Esta página en otros idiomas",
    categories: CategoryWords {
        exempt: "Sin consentimiento",
        required: "Solo con su consentimiento",
        never: "Siempre bloqueadas",
        exempt_rule: "Estas cookies están exentas de consentimiento: se instalan sin preguntarle.",
        required_rule: "Estas cookies solo se instalan cuando usted las ha aceptado.",
        unreachable_rule: "No se le pregunta por estas cookies: siempre se bloquean.",
        report_only_rule: "Por ahora esta regla solo se observa y todavía no se aplica: estas cookies pueden instalarse a \
            pesar de ella.",
        enforced_rule: "Esta regla ya se aplica.",
        at_most: "Se conservan como máximo {}: una duración mayor se acorta.",
        asked_since: "El consentimiento se pide de nuevo desde el {}: una aceptación anterior ya no cuenta.",
        no_cookie: "No se declara ninguna cookie de este tipo.",
    },
    table: TableWords {
        name: "Nombre",
        provider: "Proveedor",
        service: "Servicio",
        purpose: "Finalidad",
        lifetime: "Duración",
        not_stated: "no indicada",
        wildcards: "En un nombre, * representa cualesquiera caracteres y ? uno solo.",
        prefix: "todo nombre que empieza por {}",
        expression: "todo nombre que cumple la expresión regular {}",
    },
    remarks: RemarkWords {
        own_key: "Usted decide sobre esta cookie por separado.",
        anonymous: "Solo sirve para estadísticas anónimas: se instala salvo que usted la rechace.",
        choice: "Contiene su elección sobre las cookies: siempre se conserva.",
        never: "No se le pregunta por ella: siempre se bloquea.",
        domain: "Se instala para {}.",
        capped: "una duración mayor se acorta",
        shortened: "acortada a {}",
        at_most: "{} como máximo",
    },
    undeclared: UndeclaredWords {
        title: "Cookies que no figuran aquí",
        full_consent: "Una cookie que no figura en esta página solo se admite si usted ha aceptado todo lo que se le pregunta \
            y no ha rechazado nada.",
        deny: "Una cookie que no figura en esta página siempre se bloquea.",
        category: "Una cookie que no figura en esta página se trata como las de este tipo: {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Otros sitios web",
        rule: "Una página puede solicitar contenidos a otros sitios web, que pueden entonces leer e instalar sus propias cookies. Su navegador solo está autorizado a hacerlo con los siguientes.",
        exempt: "{} ({}): se solicita sin pedir su acuerdo.",
        required: "{} ({}): se solicita solo si ha aceptado: {}.",
    },
    placeholders: PlaceholderWords {
        title: "Contenido de otro sitio web",
        asked: "Este contenido procede de otro sitio web. Su navegador solo lo solicita si ha aceptado: {}. Después, vuelva a cargar la página.",
        all: "Este contenido procede de otro sitio web. Su navegador solo lo solicita si ha aceptado todo lo que se le pregunta. Después, vuelva a cargar la página.",
        never: "Este contenido procede de otro sitio web, al que las páginas de este sitio no hacen solicitudes.",
        choose: "Gestionar mis preferencias",
        website: "{} (nueva pestaña)",
    },
    infrastructure: InfrastructureWords {
        title: "Cookies técnicas",
        rule: "Los balanceadores de carga y cortafuegos situados delante del sitio instalan cookies con estos nombres. Están \
            exentas de consentimiento:",
    },
    choice: ChoiceWords {
        title: "Cómo elegir y cambiar de opinión",
        nothing_to_choose: "Esta página no enumera ninguna cookie que requiera su consentimiento.",
        nobody_asks: "Este sitio no pide su consentimiento: las cookies que lo requerirían siempre se bloquean.",
        banner: "Usted elige en el aviso de cookies del sitio. Mientras no haya elegido, las cookies que requieren su \
            consentimiento se bloquean.",
        kept: "Su elección se guarda en la cookie {} y vale durante {}. Esta cookie está exenta de consentimiento.",
        withdraw: "Puede cambiar de opinión en cualquier momento en el mismo lugar. Si retira su consentimiento, las cookies \
            que lo requieren dejan de transmitirse al sitio y se eliminan de su navegador en cuanto abre una de sus páginas.",
        gpc: "Si su navegador envía la señal Global Privacy Control (GPC), vale como rechazo mientras usted no haya elegido.",
        browser: "También puede eliminar o bloquear las cookies en los ajustes de su navegador.",
    },
    time: TimeWords {
        session: "sesión (hasta cerrar el navegador)",
        units: [
            ["segundo", "segundos"],
            ["minuto", "minutos"],
            ["hora", "horas"],
            ["día", "días"],
            ["semana", "semanas"],
            ["mes", "meses"],
            ["año", "años"],
        ],
        months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        day: "{d} de {m} de {y}",
        first: "1",
    },
};
