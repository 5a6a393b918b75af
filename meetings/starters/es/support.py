"""Someone to call or text in the United States, warm lines first, for who would rather use Spanish.

Numbers, hours and rules change: a person checks each one before a release, and each group checks
its own list. What we do not know about a line, its label says.
"""

from meetings.starters.shapes import StarterLine

SUPPORT_LINES: dict[str, StarterLine] = {
    "warm-line": StarterLine(
        "La línea de apoyo entre pares de tu zona (por llenar)",
        "Todavía no hay un número aquí",
        "En casi todas (en inglés, “warm lines”) contestan personas que pasaron por algo así. "
        "En warmline.org hay una lista por estado.",
        "Por llenar por el grupo",
        "Cada línea tiene sus reglas. El grupo pregunta y escribe aquí la respuesta.",
    ),
    "nami": StarterLine(
        "NAMI HelpLine",
        "Llama al 1-800-950-6264; manda HELPLINE al 62640",
        "Personal y voluntarios con formación, que han vivido de cerca los temas de salud mental. "
        "Pregunta si hay alguien que hable español.",
        "De lunes a viernes, de 10 am a 10 pm, hora del Este",
        "No es una línea de crisis. No sabemos cuándo llaman a emergencias. "
        "Se lo puedes preguntar primero.",
    ),
    "trans-lifeline": StarterLine(
        "Trans Lifeline",
        "Llama al 1-877-565-8860 y oprime 2",
        "Contestan personas trans, para personas trans o con dudas sobre su género. "
        "No hace falta estar en crisis. Con el 2 hablas en español.",
        "De lunes a viernes, de 10 am a 6 pm, hora del Pacífico; puede cambiar",
        "Dicen que no llaman al 911 ni a la policía si tú no lo pides.",
    ),
    "safespot": StarterLine(
        "SafeSpot, para cuando consumes a solas",
        "Llama al 1-800-972-0590",
        "Personas que conocen la sobredosis por su propia vida. Se quedan contigo en la línea. "
        "Pueden grabar la llamada y borrarla luego. Pregunta si hablan español.",
        "Día y noche, todo el año",
        "Si dejas de contestar, mandan ayuda. Antes tú eliges: alguien de confianza o el 911.",
    ),
    "988": StarterLine(
        "988, Línea de Prevención del Suicidio y Crisis",
        "Llama al 988 y oprime 2; manda AYUDA al 988",
        "Personas con formación, para cualquier mal momento con el ánimo, las ideas, las drogas "
        "o el alcohol. En 988lifeline.org hay chat.",
        "Día y noche, todo el año",
        "Si creen que una vida corre peligro ya, pueden llamar a emergencias. "
        "Casi nunca termina así.",
    ),
    "veterans": StarterLine(
        "Línea de Crisis para Veteranos",
        "Llama al 988 y oprime 1; manda un texto al 838255",
        "Personas con formación que conocen la vida militar. Es para veteranos, para quienes "
        "sirven y para sus seres cercanos. Pregunta si hablan español.",
        "Día y noche, todo el año",
        "Si creen que una vida corre peligro ya, pueden llamar a emergencias.",
    ),
    "crisis-text-line": StarterLine(
        "Crisis Text Line",
        "Manda AYUDA al 741741",
        "Voluntarios con formación que te escriben en español. Sirve cuando no puedes hablar "
        "en voz alta.",
        "Día y noche, todo el año",
        "Si creen que una vida corre peligro ya, pueden llamar a emergencias. "
        "Casi nunca termina así.",
    ),
    "trevor": StarterLine(
        "The Trevor Project",
        "Llama al 1-866-488-7386; manda START al 678-678",
        "Personas con formación, para jóvenes LGBTQ o con dudas. Pregunta si hablan español.",
        "Día y noche, todo el año",
        "Si creen que una vida corre peligro ya, pueden llamar a emergencias.",
    ),
    "samhsa": StarterLine(
        "Línea Nacional de Ayuda de SAMHSA",
        "Llama al 1-800-662-4357",
        "Te dicen, gratis y en español, qué ayuda y qué grupos hay cerca. "
        "No es una línea para hablar largo.",
        "Día y noche, todo el año",
        "Es para encontrar ayuda. No sabemos cuándo llaman a emergencias. "
        "Se lo puedes preguntar primero.",
    ),
    "911": StarterLine(
        "Número de emergencias",
        "Llama al 911",
        "Una central, para cuando una vida corre peligro ya. Puedes pedir que te hablen en "
        "español. En algunos lugares también reciben textos.",
        "Día y noche, todo el año",
        "Pueden mandar una ambulancia, a los bomberos o a la policía.",
    ),
}
