"""Check-in questions. Answers run from one end to the other, so that neighbours belong together.

Feelings are named by nouns, which have no gender of the person.
"""

from meetings.starters.shapes import PromptWords

PROMPTS: dict[str, PromptWords] = {
    "arriving": PromptWords(
        "¿Cómo llegas hoy?",
        ("En tierra firme", "Más o menos", "Con mucha carga", "En un día difícil"),
    ),
    "energy": PromptWords(
        "¿Cuánta energía te queda ahora?",
        ("Bastante", "La justa para hoy", "Poca", "Casi nada"),
    ),
    "sleep": PromptWords(
        "¿Cómo dormiste esta semana?",
        ("Bien, casi siempre", "A ratos bien, a ratos mal", "Mal, casi siempre"),
    ),
    "care": PromptWords(
        "¿Qué parte de tu recuperación te pide más en estos días?",
        (
            "La de mi salud mental",
            "La del alcohol, las drogas o los hábitos",
            "Las dos por igual",
            "No lo sé",
        ),
    ),
    "company": PromptWords(
        "¿Con cuántas personas hablaste de verdad esta semana?",
        ("Con varias", "Con una o dos", "Solo con este grupo", "Todavía con nadie"),
    ),
    "needs": PromptWords(
        "¿Qué te ayudaría más hoy de nuestra parte?",
        ("Que me escuchen", "Ideas que les sirvieron a otros", "Reír un rato", "Compañía callada"),
    ),
    "topic": PromptWords(
        "¿De qué te gustaría que habláramos hoy?",
        (
            "El sueño, el ánimo y la angustia",
            "Las ganas de consumir",
            "Las personas cercanas",
            "El trabajo, el dinero o un lugar donde vivir",
            "Lo que nos da esperanza",
        ),
    ),
    "pace": PromptWords(
        "¿Qué te parece el ritmo de nuestras reuniones?",
        ("Muy lento", "Está bien así", "Muy rápido"),
    ),
    "support": PromptWords(
        "¿Cuánto apoyo sentiste a tu alrededor esta semana?",
        ("Casi nada", "Un poco", "Algo", "Bastante", "Mucho"),
    ),
    "weight": PromptWords(
        "¿Cuánto te pesó esta semana?",
        ("Fue ligera", "Pesó un poco", "Pesó", "Pesó mucho", "Casi no pude más"),
    ),
    "urges": PromptWords(
        "¿Qué tan fuertes fueron las ganas de consumir esta semana?",
        (
            "No las tuve",
            "Leves",
            "Fuertes a ratos",
            "Fuertes muchas veces",
            "Fuertes todo el tiempo",
        ),
    ),
    "hope": PromptWords(
        "¿Cuánta esperanza tienes para la semana que viene?",
        ("Ninguna que yo sienta", "Un poco", "Algo", "Bastante", "Mucha"),
    ),
    "kindness": PromptWords(
        "¿Qué tan amable fuiste contigo esta semana?",
        ("Nada", "Un poco", "A ratos", "Casi siempre", "Mucho"),
    ),
    "ease": PromptWords(
        "¿Qué tan a gusto te sientes en este grupo?",
        ("Todavía no", "Un poco", "Bastante", "Mucho"),
    ),
    "useful": PromptWords(
        "¿Cuánto te sirvió la reunión de hoy?",
        ("No mucho", "Un poco", "Bastante", "Mucho"),
    ),
    "rest": PromptWords("¿Hiciste algo amable por ti esta semana?"),
    "someone": PromptWords("¿Hay alguien a quien puedas llamar hoy si se pone difícil?"),
    "fed": PromptWords("¿Has comido algo y has tomado agua hoy?"),
    "ideas": PromptWords("¿Te gustaría oír ideas de otras personas hoy?"),
    "agreement": PromptWords("¿Te sigue sirviendo nuestro acuerdo?"),
    "feelings": PromptWords(
        "¿Qué palabras van con lo que sientes ahora?",
        (
            "Esperanza",
            "Cansancio",
            "Calma",
            "Preocupación",
            "Alegría",
            "Soledad",
            "Orgullo",
            "Enojo",
            "Gratitud",
            "Tristeza",
            "Inquietud",
            "Vacío",
        ),
    ),
    "body": PromptWords(
        "¿Qué palabras van con tu cuerpo ahora?",
        (
            "Calor",
            "Tensión",
            "Soltura",
            "Peso",
            "Descanso",
            "Temblor",
            "Ligereza",
            "Dolor",
            "Energía",
            "Agotamiento",
        ),
    ),
    "helps": PromptWords(
        "¿Qué te ayuda en un día difícil?",
        (
            "La música",
            "Caminar",
            "Una amistad",
            "Dormir",
            "Comer rico",
            "Reír",
            "El silencio",
            "Mi mascota",
            "Escribir",
            "Una ducha",
            "Una reunión",
            "Mi plan de cuidado",
        ),
    ),
    "strengths": PromptWords(
        "¿Cuáles de tus fuerzas se notaron esta semana?",
        (
            "Paciencia",
            "Humor",
            "Valor",
            "Bondad",
            "Franqueza",
            "Pedir ayuda",
            "Decir que no",
            "Levantarme",
            "Volver a intentar",
            "Escuchar",
        ),
    ),
    "leaving": PromptWords(
        "¿Qué palabras van con cómo te vas hoy?",
        (
            "Alivio",
            "Cansancio",
            "Cosas movidas",
            "Calma",
            "Me escucharon",
            "Dudas",
            "Esperanza",
            "Tristeza",
            "Más compañía",
            "Ganas de descansar",
        ),
    ),
    "helped": PromptWords("¿Qué cosa pequeña te ayudó esta semana?"),
    "newcomer": PromptWords("¿Qué le dirías a alguien que viene por primera vez?"),
    "bring": PromptWords("¿De qué te gustaría que habláramos, hoy u otro día?"),
    "easier": PromptWords("¿Qué te haría más fácil estar en este grupo?"),
}
