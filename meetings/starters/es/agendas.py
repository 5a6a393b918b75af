"""The four kinds of meeting, and every step's words: for phones, and for the facilitator to say.

In the facilitator's lines, [brackets] say what to do; the rest is to be said.
"""

from meetings.starters.shapes import StepWords, TemplateWords

TEMPLATES: dict[str, TemplateWords] = {
    "dual-recovery": TemplateWords(
        "Doble recuperación",
        "Leemos, vemos cómo vamos y hay tiempo para hablar, de una recuperación y de la otra.",
    ),
    "twelve-step-style": TemplateWords(
        "Al estilo de los 12 pasos",
        "Lecturas, una historia y tiempo para compartir sin respuestas. Trae tus propios textos.",
    ),
    "checkin-circle": TemplateWords(
        "Círculo para saber cómo estamos",
        "Un comienzo tranquilo y rondas en las que cada quien tiene su turno. Va bien en un "
        "grupo pequeño.",
    ),
    "open-discussion": TemplateWords(
        "Charla abierta",
        "El grupo elige un tema y habla de él. Va bien cuando a la gente le gusta contestarse.",
    ),
}

STEPS: dict[str, StepWords] = {
    "silence": StepWords(
        "Un comienzo en calma",
        "Empezamos con un minuto de calma. Si te cuesta el silencio, solo mira a tu alrededor.",
        (
            "Vamos a hacer un poco de silencio.",
            "[Lee despacio la primera parte. Toma aire tres veces. Luego lee la segunda.]",
            "[Deja el silencio el tiempo que se sienta bien.]",
            "Gracias.",
        ),
    ),
    "welcome": StepWords(
        "Bienvenida",
        "Qué bueno que estás aquí. Pasa, siéntate donde quieras y toma aire.",
        (
            "[Antes de abrir las puertas: lee tu tarjeta de límites. "
            "Cámbiala hasta que diga tu verdad.]",
            "Hola, les doy la bienvenida. Me alegra que hayan venido.",
            "Aquí soy una persona más. Cuido el tiempo y cómo vamos.",
            "Pueden salir y volver. Pueden decir “paso” en todo. [Di a qué hora terminan.]",
            "Se puede participar con teléfono o sin teléfono.",
        ),
    ),
    "steps-welcome": StepWords(
        "Bienvenida",
        "Qué bueno que estás aquí, en el paso que sea, o en ninguno.",
        (
            "[Antes de abrir las puertas: lee tu tarjeta de límites. "
            "Cámbiala hasta que diga tu verdad.]",
            "Hola, les doy la bienvenida. Soy una persona más y cuido el tiempo.",
            "Pueden decir “paso” en todo. Pueden salir y volver. [Di a qué hora terminan.]",
            "¿Quién quiere leer la bienvenida? Puede ser una parte o todo.",
        ),
    ),
    "circle-welcome": StepWords(
        "Bienvenida",
        "Busca tu lugar en el círculo, en la sala o en la llamada. Puedes solo escuchar.",
        (
            "[Antes de abrir las puertas: lee tu tarjeta de límites. "
            "Cámbiala hasta que diga tu verdad.]",
            "Hola, les doy la bienvenida al círculo. Soy una persona más y también tomo mi turno.",
            "Vamos despacio. Se puede decir “paso” cada vez, y nadie pregunta por qué. "
            "[Di a qué hora terminan.]",
            "Se puede participar con teléfono o sin teléfono.",
        ),
    ),
    "open-welcome": StepWords(
        "Bienvenida",
        "Pasa y ponte a gusto. Hoy hablamos de lo que nos importa.",
        (
            "[Antes de abrir las puertas: lee tu tarjeta de límites. "
            "Cámbiala hasta que diga tu verdad.]",
            "Hola, les doy la bienvenida. Soy una persona más y ayudo a repartir el tiempo.",
            "Pueden hablar o pueden escuchar. Pueden salir y volver. [Di a qué hora terminan.]",
            "Se puede participar con teléfono o sin teléfono.",
        ),
    ),
    "newcomers": StepWords(
        "Para quien llega por primera vez",
        "Unas palabras para quien viene por primera vez. No hace falta que lo digas.",
        (
            "Siguen unas palabras para quien viene por primera vez. No hay que levantar la mano.",
            "¿Quién quiere leer una parte?",
            "[No preguntes quién es nuevo. No mires a nadie.]",
            "Si tienes una duda, pregúntame al final, o cuando quieras.",
        ),
    ),
    "confidentiality": StepWords(
        "Lo que se dice aquí",
        "Leemos esto en voz alta, en tres partes. Toma una si quieres, o solo escucha.",
        (
            "¿Quién quiere leer una parte? Pueden tocarla en el teléfono o decirlo.",
            "[Lee las partes que nadie tome.]",
            "[Después de la tercera, di tus propios límites con tus palabras.]",
        ),
    ),
    "differences": StepWords(
        "Muchas maneras de recuperarse",
        "Leemos sobre lo que nos hace distintos y por qué está bien. Toma una parte si quieres.",
        (
            "En esta sala hay muchas maneras de recuperarse. ¿Quién quiere leer una parte?",
            "[Lee las partes que nadie tome.]",
            "Gracias. No hace falta pensar igual para sentarnos juntos.",
        ),
    ),
    "both": StepWords(
        "Dos recuperaciones, una persona",
        "Leemos por qué aquí hablamos de las dos. Toma una parte si quieres.",
        (
            "Sigue una lectura sobre por qué hablamos de las dos. ¿Quién quiere una parte?",
            "[Lee las partes que nadie tome.]",
            "Tomen aire. Si algo de esto te tocó de cerca, aquí no eres la única persona.",
        ),
    ),
    "how-we-share": StepWords(
        "Cómo compartimos",
        "Tres partes cortas sobre cómo hablamos y escuchamos. Toma una si quieres.",
        (
            "¿Quién quiere leer una parte de cómo compartimos?",
            "[Lee las partes que nadie tome.]",
            "Siempre se puede decir “paso”, y siempre se puede pedir que volvamos a ti.",
        ),
    ),
    "sharing-time": StepWords(
        "Repartir el tiempo",
        "Una lectura sobre cómo hacer lugar para cada quien. Toma una parte si quieres.",
        (
            "¿Quién quiere leer una parte?",
            "[Lee las partes que nadie tome.]",
            "Hoy tenemos unos [di cuántos] minutos por persona. "
            "Les hago una seña cuando quede uno.",
        ),
    ),
    "crosstalk": StepWords(
        "Escucharnos",
        "Dos partes cortas sobre por qué no contestamos. Toma una si quieres.",
        (
            "Esta parte habla de cómo nos escuchamos. ¿Quién quiere leer una parte?",
            "[Lee las partes que nadie tome.]",
            "Si quieres ideas del grupo, dilo cuando termines de compartir.",
        ),
    ),
    "path": StepWords(
        "Un camino de pasos",
        "Leemos esto en voz alta, en cinco partes. Toma una si quieres, o solo escucha.",
        (
            "¿Quién quiere leer una parte? Leer está bien, y decir “paso” también.",
            "[Si tu grupo tiene su propio texto, lean ese en lugar de este.]",
            "[Lee las partes que nadie tome.]",
            "Gracias a quienes leyeron.",
        ),
    ),
    "hard-days": StepWords(
        "Cuando llega un día difícil",
        "Una lectura para los días que salen mal. Toma una parte si quieres, o solo escucha.",
        (
            "Esta habla de los días difíciles. Los hay en toda vida. ¿Quién quiere una parte?",
            "[Lee despacio. Deja un respiro después de cada parte.]",
            "Si hoy es un día de esos para ti, hiciste bien en venir.",
        ),
    ),
    "self-care": StepWords(
        "Cuídate después de la reunión",
        "Piensa en algo amable que puedas hacer hoy por ti. No hace falta decirlo.",
        (
            "Antes de irnos, pensemos en las horas que vienen. ¿Quién quiere leer?",
            "[Lee las partes que nadie tome.]",
            "Las líneas de apoyo están en Ayuda. Son para todo día difícil, no solo si hay "
            "peligro.",
        ),
    ),
    "agreement": StepWords(
        "Nuestro Acuerdo de convivencia",
        "¿Qué nos hace falta aquí para poder hablar de verdad?",
        (
            "Esta es nuestra lista de lo que nos hace bien aquí. Es de todo el grupo.",
            "¿Hay algo que guardar, que cambiar o que sumar?",
            "[Si la lista está vacía: elijan dos o tres para empezar y dejen que crezca.]",
            "[Antes de adoptar una, pregunta en voz alta y espera.] "
            "¿Hay alguien que no esté de acuerdo con esto?",
        ),
    ),
    "arriving": StepWords(
        "Pregunta anónima",
        "Una pregunta para todo el grupo. Contesta sin tu nombre, o pasa.",
        (
            "Hay una pregunta en el teléfono. La app no guarda de quién es cada respuesta.",
            "Se puede pasar. Está bien. Por fuera se ve igual.",
            "[Tú no contestas esta pregunta.]",
            "[Cuando salga la imagen, háblale a todo el grupo.] "
            "Si hoy es un día duro para ti, no tienes que llevarlo a solas.",
        ),
    ),
    "feelings": StepWords(
        "Palabras para decir cómo estamos",
        "Elige de una a tres palabras, sin tu nombre. O pasa.",
        (
            "En el teléfono hay palabras para lo que sentimos. Elijan hasta tres, o pasen.",
            "La app no guarda de quién es cada palabra.",
            "[Tú no contestas esta pregunta.]",
            "[Cuando salgan las palabras, lee unas cuantas y háblale a todo el grupo.] "
            "Todas caben en la misma sala.",
            "Si la tuya pesa, no tienes que llevarla a solas. Puedes hablar, o solo estar.",
        ),
    ),
    "needs": StepWords(
        "Qué nos ayudaría hoy",
        "Una pregunta para todo el grupo. Contesta sin tu nombre, o pasa.",
        (
            "Hay una pregunta en el teléfono sobre qué nos ayudaría más. Se puede pasar.",
            "La app no guarda de quién es cada respuesta.",
            "[Tú no contestas esta pregunta.]",
            "[Cuando salga la imagen.] Vamos a darnos un poco de eso.",
        ),
    ),
    "choose-topic": StepWords(
        "Elegir un tema",
        "¿De qué te gustaría hablar? Contesta sin tu nombre, o pasa.",
        (
            "Hay unos temas en el teléfono. Toquen el que les guste, o pasen.",
            "[Tú no contestas esta pregunta.]",
            "[Cuando salga la imagen.] Eso nos da una idea. ¿Alguien lo ve de otra manera?",
            "[Si no hay imagen, pregunta en voz alta y elijan juntos.]",
        ),
    ),
    "round": StepWords(
        "Primera ronda",
        "Di tu nombre si quieres, y unas palabras sobre cómo estás. Puedes decir “paso”.",
        (
            "Ahora hacemos una ronda. [Di cuánto tiempo hay para cada quien.]",
            "Cuenta cómo vas en una recuperación, o en las dos. O di “paso”.",
            "Si quieres que volvamos a ti, dilo. Puedo empezar yo, o alguien más.",
            "[No empieces con alguien que viene por primera vez.]",
        ),
    ),
    "second-round": StepWords(
        "Otra ronda",
        "¿Qué cosa pequeña vas a intentar, o qué te hace falta? Puedes decir “paso”.",
        (
            "Hagamos otra ronda, un poco más rápida.",
            "¿Qué cosa pequeña vas a intentar esta semana? ¿O qué te hace falta? O di “paso”.",
            "Pequeño está bien. Puede ser un vaso de agua.",
            "[Esta vez empieza por el otro lado.]",
        ),
    ),
    "sharing": StepWords(
        "Tiempo para compartir",
        "Hay lugar para hablar. Toca Mano, o levanta la tuya, si quieres decir algo.",
        (
            "¿Quién quiere un poco de tiempo? Primero puede ir quien no ha hablado todavía.",
            "Escuchamos. No contestamos, a menos que alguien pida ideas.",
            "Gracias. [Después de cada quien, deja un respiro antes de seguir.]",
            "[Cuando quede un minuto.] Hay tiempo para alguien más, en corto.",
        ),
    ),
    "steps-sharing": StepWords(
        "Compartir",
        "Hay lugar para hablar. Toca Mano, o levanta la tuya. Escuchamos y no contestamos.",
        (
            "Ahora hay tiempo para el grupo. [Di cuánto tiempo hay para cada quien.]",
            "Pueden hablar de lo que leímos u oímos, o de cómo les fue hoy.",
            "Al final de cada quien damos las gracias, y nada más. Está bien solo escuchar.",
            "[Cuando queden cinco minutos.] ¿Hay alguien que no ha hablado y que quiera hacerlo?",
        ),
    ),
    "discussion": StepWords(
        "Hablar en grupo",
        "Habla del tema desde tu propia vida. Toca Mano, o levanta la tuya.",
        (
            "[Si lo que dice tu grupo sobre contestarse no va con esto, cámbialo antes de "
            "empezar.]",
            "¿Quién quiere empezar? Hablen de su propia vida, y en corto.",
            "Antes de dar un consejo, pregunta: “¿Quieres una idea?” Está bien decir que no.",
            "[Si dos personas hablan solo entre ellas.] Gracias. ¿A quién no hemos oído todavía?",
            "[Cuando queden unos minutos.] ¿Qué se llevan de esto?",
        ),
    ),
    "topic": StepWords(
        "Nuestro tema",
        "Algo para pensar en grupo. No hace falta tener una respuesta.",
        (
            "[Di el tema en una frase. Si todavía no tienen uno: pedir ayuda, o descansar.]",
            "¿Cómo es esto para ti, en una recuperación o en las dos?",
            "Tómense un momento para pensar. No hay que decir lo que salga.",
            "[Deja un minuto de silencio.]",
        ),
    ),
    "second-topic": StepWords(
        "Otro tema, o más de lo mismo",
        "¿Seguimos con esto, o pasamos a algo nuevo?",
        (
            "Qué bueno que volvieron. ¿Seguimos con el tema, o hay otro?",
            "[Pregunta en voz alta y espera. Busca a quien no ha hablado.]",
            "¿Hay alguien que no esté de acuerdo con esto?",
        ),
    ),
    "speaker": StepWords(
        "La historia de una persona",
        "Alguien cuenta una parte de su historia. Puedes solo escuchar, o salir un rato.",
        (
            "[Habla antes con esa persona. Acuerden el tiempo, y que no haya métodos.]",
            "Hoy alguien nos cuenta una parte de su historia: cómo fue, y qué le ayuda ahora.",
            "Si te toca muy de cerca, puedes tocar Pausa o salir. No tienes que explicar nada.",
            "Gracias. [Deja un respiro antes de seguir. La sala no hace preguntas.]",
        ),
    ),
    "break": StepWords(
        "Descanso",
        "Estírate, toma agua, sal un momento. Te esperamos.",
        (
            "Vamos a descansar un poco. [Di a qué hora siguen.]",
            "Pueden hablar o estar a solas. Las dos cosas están bien.",
            "[Usa este rato para hablar con quien te lo haya pedido.]",
            "[Llama a la gente un minuto antes.]",
        ),
    ),
    "senses": StepWords(
        "Volver a la sala",
        "Mira, toca, escucha. Sáltate lo que no te sirva, o solo descansa.",
        (
            "Vamos a hacer algo simple para volver a la sala. Se puede saltar todo.",
            "[Lee despacio y espera después de cada cosa. Nadie tiene que decir la suya.]",
            "¿Cómo va? ¿Un poco más aquí, o igual? Las dos están bien.",
        ),
    ),
    "breathing": StepWords(
        "Respirar despacio",
        "Unas respiraciones lentas. Si no te hace bien, respira a tu manera.",
        (
            "Vamos a respirar despacio unas veces. Puedes parar cuando quieras, o descansar.",
            "[Lee despacio. Cuenta con voz pareja.]",
            "[Deja un rato de silencio.] Gracias. Levanten la vista cuando quieran.",
        ),
    ),
    "announcements": StepWords(
        "Avisos",
        "Noticias para el grupo, en corto.",
        (
            "¿Hay algún aviso para el grupo? En corto, por favor.",
            "[Di cuándo se ven otra vez, y quién va a facilitar.]",
            "[Nada de noticias sobre personas que no están aquí.]",
        ),
    ),
    "closing": StepWords(
        "Cierre",
        "Una palabra, o un plan pequeño para lo que queda del día. Puedes decir “paso”.",
        (
            "Vamos a cerrar. Una palabra para irte, o algo amable que vas a hacer por ti.",
            "[Lee el cierre en voz alta, o pregunta quién quiere.]",
            "Las líneas de apoyo están en Ayuda. Se quedan en su teléfono cuando terminemos.",
            "Cuando yo cierre la reunión, la app suelta sus nombres y respuestas. Gracias.",
        ),
    ),
}
