"""What a new group says about itself: its name, its limits, crosstalk and cameras."""

from meetings.starters.shapes import GroupLines

LINES = GroupLines(
    facilitator_name="Quien facilita",
    group_name="Doble recuperación de los miércoles",
    agreement_title="Acuerdo de convivencia",
    agenda_name="{name}, {minutes} minutos",
    limits=(
        "Lo que me cuentas no lo repito, pero hay límites.",
        "Si creo que alguien está en peligro de verdad, puede que tenga que pedir ayuda.",
        "Puede que un niño esté en riesgo, o una persona adulta que depende de otra. "
        "Si me entero, puede que tenga que avisar.",
        "Si puedo, hablo contigo primero. Si tienes dudas, pregúntame antes de contarlo.",
    ),
    crosstalk=(
        "Escuchamos a cada quien y no contestamos. Si quieres ideas, pídelas.",
        "Escuchamos a cada quien y no contestamos. Al final podemos hablar más.",
        "Aquí nos podemos contestar. Habla de tu propia vida, y pregunta antes de dar un consejo.",
    ),
    camera=(
        "Con cámara o sin cámara: las dos están bien. No tomamos fotos ni grabamos nada.",
        "Si puedes, prende la cámara en la primera ronda. Después, como quieras.",
        "Busca un lugar donde nadie más mire ni escuche. Los audífonos ayudan.",
    ),
)
