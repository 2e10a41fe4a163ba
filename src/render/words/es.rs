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
        refusable: "Sin consentimiento, salvo oposición",
        required: "Solo con su consentimiento",
        never: "Siempre bloqueadas",
        exempt_rule: "Estas cookies están exentas de consentimiento: se instalan sin preguntarle.",
        refusable_rule: "Estas cookies solo sirven para estadísticas anónimas y están exentas de consentimiento: se \
            instalan salvo que usted las rechace. Si las rechaza, dejan de transmitirse al sitio y se eliminan de su \
            navegador en cuanto abre una de sus páginas.",
        required_rule: "Estas cookies requieren su consentimiento. Mientras no lo haya dado, el servidor del sitio no \
            las instala ni las recibe, y las que un script haya escrito a pesar de ello se eliminan de su navegador \
            al abrir la página siguiente.",
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
        choice: "Contiene su elección sobre las cookies: siempre se conserva.",
        never: "No se le pregunta por ella: siempre se bloquea.",
        domain: "Se instala para {}.",
        foreign: "Pertenece a otro sitio web. Este sitio no la retiene: puede instalarse sin su consentimiento en \
            cuanto una página hace una solicitud a ese otro sitio.",
        capped: "una duración mayor se acorta",
        shortened: "acortada a {}",
        at_most: "{} como máximo",
    },
    undeclared: UndeclaredWords {
        title: "Cookies que no figuran aquí",
        full_consent: "Una cookie que no figura en esta página solo se admite si usted ha aceptado todo lo que se le pregunta \
            y no ha rechazado nada.",
        deny: "Una cookie que no figura en esta página siempre se bloquea.",
        required: "Una cookie que no figura en esta página solo se admite si usted ha aceptado: {}.",
        category: "Una cookie que no figura en esta página se trata como las de este tipo: {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Otros sitios web",
        rule: "Una página puede solicitar contenidos a otros sitios web, que pueden entonces leer e instalar sus \
            propias cookies.",
        only_listed: "Su navegador está autorizado a hacer solicitudes a los que figuran aquí, y a ningún otro.",
        full_consent: "Su navegador está autorizado a hacer solicitudes a los que figuran aquí, y a cualquier otro \
            solo si usted ha aceptado todo lo que se le pregunta y no ha rechazado nada.",
        category: "Su navegador está autorizado a hacer solicitudes a los que figuran aquí, y a cualquier otro solo \
            si usted ha aceptado: {}.",
        others: "Su navegador está autorizado a hacer solicitudes a los que figuran aquí, y también a cualquier otro.",
        own: "En este mismo sitio, las páginas también solicitan contenidos de estos servicios:",
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
        kept_undated: "Su elección se guarda en la cookie {} y vale mientras su navegador la conserve (duración \
            declarada: {}). Esta cookie está exenta de consentimiento.",
        not_counted: "Una elección guardada en la cookie {} no cuenta, porque no lleva fecha. Esta cookie está exenta \
            de consentimiento.",
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
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre",
        ],
        day: "{d} de {m} de {y}",
        first: "1",
    },
};
