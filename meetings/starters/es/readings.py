"""Readings of our own, to read aloud: no text of any fellowship, and no path that is required."""

from meetings.starters.shapes import StarterReading

READINGS: dict[str, StarterReading] = {
    "welcome": StarterReading(
        "Bienvenida",
        (
            "Les damos la bienvenida. Qué bueno que están aquí. En este grupo somos pares. Muchas "
            "personas cuidamos dos recuperaciones: la de nuestra salud mental y la de nuestra vida "
            "con las drogas, el alcohol u otros hábitos. Cuando una se pone difícil, la otra lo "
            "siente. Por eso aquí caben las dos.",
            "Para sentarte aquí no te hace falta una etiqueta, ni una fecha, ni un plan. Puede ser "
            "tu primera vez, o puedes volver después de mucho tiempo. Puedes tener las cosas "
            "claras, o no tener nada claro. Puedes hablar o solo escuchar. De todos modos, aquí "
            "tienes un lugar.",
        ),
    ),
    "steps-welcome": StarterReading(
        "Bienvenida a nuestra reunión de pasos",
        (
            "Les damos la bienvenida. Esta reunión es para quienes viven dos recuperaciones y "
            "prefieren ir paso a paso. Una es la de la salud mental. La otra es la del alcohol, "
            "las drogas u otros hábitos. Puedes venir por una, por las dos, o porque todavía no "
            "lo sabes.",
            "Aquí leemos en grupo, alguien puede contar su historia y luego hay tiempo para todo "
            "el grupo. No hablamos por ningún otro grupo ni programa. Si sigues uno, trae lo que "
            "te ayuda. Si no sigues ninguno, también cabes aquí.",
            "Aquí no hay que inscribirse y nadie cuenta tus días. Nadie te va a pedir pruebas de "
            "cómo vas. Si la medicina es parte de tu cuidado, está bien. Basta con querer que las "
            "cosas mejoren un poco. Y hasta esas ganas pueden ir y venir.",
        ),
    ),
    "circle-welcome": StarterReading(
        "Bienvenida al círculo",
        (
            "Les damos la bienvenida a nuestro círculo. Aquí somos pares, y ninguna silla está más "
            "alta que otra. Venimos a decir cómo estamos y a escuchar cómo están los demás. Puede "
            "parecer poca cosa. En una semana dura, puede ser mucho.",
            "No hay una forma mala de estar aquí. Puedes venir con alegría, con sueño, con enojo o "
            "sin sentir nada. Puedes hablar de tu salud mental, del alcohol o las drogas, o del "
            "bus que llegó tarde. Puedes decir mucho, decir una palabra o decir “paso”.",
        ),
    ),
    "open-welcome": StarterReading(
        "Bienvenida a la charla abierta",
        (
            "Les damos la bienvenida. En esta reunión elegimos un tema que nos importa y hablamos "
            "de él. Puede ser la salud mental, el alcohol o las drogas, o el punto donde se "
            "juntan. Cada quien sabe una parte, porque cada quien ha vivido una parte.",
            "No hace falta que pensemos igual. No hace falta encontrar una respuesta. Basta con "
            "decir lo que es cierto para mí, y con querer saber qué es cierto para otra persona. "
            "Si viniste a escuchar, esa también es una buena forma de estar.",
        ),
    ),
    "confidentiality": StarterReading(
        "Lo que se dice aquí",
        (
            "Es más fácil hablar cuando hay confianza. Por eso nos hacemos una promesa. No decimos "
            "quién vino. No contamos las historias que oímos. Eso vale en la casa, en el trabajo, "
            "en la calle y en todo lo que escribimos en línea.",
            "Tu historia es tuya, y la cuentas donde quieras. Puedes llevarte a casa lo que "
            "aprendiste y lo que te dio esperanza. Si nos vemos en la calle, dejamos que la otra "
            "persona decida si quiere saludar.",
            "Nuestra promesa tiene límites, y los decimos en voz alta. Quien facilita a veces "
            "tiene que actuar si alguien está en peligro. Y nadie puede prometer por toda la sala. "
            "Así que cuenta lo que hoy te parezca bien, y guarda lo demás para otro día.",
        ),
    ),
    "differences": StarterReading(
        "Muchas maneras de recuperarse",
        (
            "Aquí nos recuperamos de maneras distintas. Hay quien dejó de tomar o de consumir. Hay "
            "quien bajó la cantidad. Hay quien lo está pensando. Hay quien toma medicina cada día, "
            "y quien no toma ninguna. Hay quien va al médico o a terapia, y quien se apoya en sus "
            "amistades, en el arte, en el trabajo o en salir a caminar.",
            "Lo que le sirve a una persona tal vez no le sirva a otra. Por eso cada quien habla de "
            "su propio camino y deja el resto a los demás. No le decimos a nadie qué tomar, qué "
            "dejar ni cómo llamarse. Ningún camino vale más que otro.",
            "Puede que oigas aquí algo que tú no harías nunca. Puede que oigas algo que te dé "
            "ganas de discutir. Trata de dejarlo estar un momento. Detrás hay una persona que "
            "quiere vivir bien, igual que tú.",
        ),
    ),
    "how-we-share": StarterReading(
        "Cómo compartimos",
        (
            "Cuando te toque, habla de lo tuyo. Caben los días buenos y los días malos. Caben "
            "también las cosas pequeñas. Puedes decir una palabra o hablar unos minutos. Puedes "
            "decir “paso”, y nadie te va a preguntar por qué. Puedes pedir que volvamos a ti más "
            "tarde.",
            "Hay detalles que se nos quedan por días. Por eso no hablamos de métodos, de "
            "cantidades ni de las peores escenas. Hablamos de cómo fue, de qué nos ayudó y de qué "
            "nos hace falta ahora. Con eso alcanza.",
            "Cuando habla otra persona, escuchamos. No tenemos que arreglar nada. No tenemos que "
            "dar con las palabras justas. Si quieres ideas, pídelas. Si tienes una idea para "
            "alguien, pregunta primero si la quiere oír.",
        ),
    ),
    "sharing-time": StarterReading(
        "Repartir el tiempo",
        (
            "Tenemos un tiempo fijo y somos varias personas. Por eso repartimos el tiempo como una "
            "comida: un poco para cada quien, y que sobre algo. Cuando te toque, tienes unos "
            "minutos. No hace falta que los llenes.",
            "Puede que alguien te haga una seña cuando te quede un minuto. Eso no quiere decir que "
            "hablaste de más. Es para que la última persona también tenga su turno. Si te hace "
            "falta más tiempo, dilo. Podemos volver a ti, o sentarnos contigo al final.",
            "A veces el miedo nos hace hablar mucho. A veces nos deja en silencio. Si ya hablaste "
            "dos veces, puedes esperar y dejar que empiece otra persona. Si todavía no has "
            "hablado, hay lugar para ti, ahora o la próxima vez.",
        ),
    ),
    "crosstalk": StarterReading(
        "Escucharnos",
        (
            "Mientras compartimos, no contestamos lo que dicen los demás. No damos consejos, no "
            "hacemos preguntas y no contamos una historia más grande. En algunos grupos le dicen "
            "diálogo cruzado. Lo dejamos fuera para que cada quien hable con calma, sin que nadie "
            "interrumpa.",
            "Al principio se siente raro. Tal vez quieras consolar a alguien, o ayudarle a "
            "arreglarlo. Escuchar también es ayudar. Si algo te llega, puedes dar las gracias. Si "
            "quieres ideas del grupo, dilo cuando compartas. Así sabemos que está bien.",
        ),
    ),
    "silence": StarterReading(
        "Un minuto de calma",
        (
            "Vamos a empezar con un minuto de calma. Puedes cerrar los ojos o mirar un punto fijo. "
            "Pon los pies en el suelo si te hace bien. No hay nada que hacer y nada que lograr. Si "
            "hoy te cuesta el silencio, puedes moverte, tararear o mirar a tu alrededor.",
            "Ahora piensa por qué viniste. Puede ser por ti. Puede ser por alguien a quien "
            "quieres, o por alguien que no pudo estar aquí. No hace falta que lo digas. Deja que "
            "te acompañe mientras respiras unas cuantas veces. Luego seguimos.",
        ),
    ),
    "senses": StarterReading(
        "Cinco, cuatro, tres, dos, uno",
        (
            "Vamos a volver un momento a este lugar. Puedes dejar los ojos abiertos. Sáltate lo "
            "que no te sirva. Mira a tu alrededor, sin prisa, y busca cinco cosas que puedas ver. "
            "Dite el nombre de cada una: una lámpara, un zapato, un pedazo de cielo.",
            "Ahora busca cuatro cosas que puedas tocar. Puede ser tu manga, la silla o tus propias "
            "manos. Siente si están tibias o frías, lisas o ásperas. Luego busca tres cosas que "
            "puedas oír. Una puede estar lejos. Otra puede ser tu respiración.",
            "Ahora busca dos cosas que puedas oler. Si no hay ninguna, piensa en un olor que te "
            "guste. Por último, busca un sabor, o una cosa que hoy te alegre. Estás aquí, en este "
            "lugar, en este minuto. Vuelve con calma.",
        ),
    ),
    "breathing": StarterReading(
        "Respirar despacio",
        (
            "Vamos a respirar despacio uno o dos minutos. Si no te hace bien, para y respira a tu "
            "manera, o solo descansa. Siéntate de forma cómoda. Deja caer los hombros. Deja "
            "las manos donde quieran estar.",
            "Toma aire mientras cuento. Adentro, dos, tres, cuatro. Ahora suelta el aire, un poco "
            "más largo, como si soplaras una sopa caliente. Afuera, dos, tres, cuatro, cinco, "
            "seis. Otra vez. Adentro, dos, tres, cuatro. Y afuera, dos, tres, cuatro, cinco, seis.",
            "Sigue así unas veces más, a tu ritmo: adentro, y afuera más largo. Si la mente se te "
            "va, no importa. Así es la mente. Vuelve cuando puedas al aire que entra y que sale. "
            "Cuando quieras, levanta la vista y vuelve a la sala.",
        ),
    ),
    "newcomers": StarterReading(
        "Si es tu primera vez",
        (
            "Si es tu primera vez, qué bueno que nos encontraste. Sabemos que a veces cuesta mucho "
            "entrar. Hoy no tienes que hablar. No tienes que decirnos tu nombre, ni qué tomas, ni "
            "qué te trajo.",
            "Puede que oigas palabras que no conoces. Pregunta, o déjalas pasar. Puede que oigas "
            "una historia muy cercana a la tuya, o una muy distinta. Llévate lo que te ayude y "
            "deja aquí lo demás.",
            "Es normal irse a casa con dudas. A muchas personas nos pasó. Puedes venir unas "
            "cuantas veces antes de decidir si este grupo es para ti. Si no lo es, hay otros, y "
            "con gusto te ayudamos a buscar.",
        ),
    ),
    "both": StarterReading(
        "Dos recuperaciones, una persona",
        (
            "A muchas personas nos dijeron que había que arreglar una cosa primero. Primero la "
            "bebida y luego el miedo. O primero el ánimo y luego las drogas. Pero no somos dos "
            "personas. Lo que sentimos y lo que consumimos están unidos, y lo que nos ayuda "
            "también.",
            "Cuando no dormimos, las ganas de consumir pueden crecer. Cuando tomamos o consumimos, "
            "el ánimo puede caerse por días. Cuando oímos voces o sentimos angustia, buscamos lo "
            "que antes nos dio alivio. Nada de eso nos hace débiles. Era una forma de aguantar.",
            "Lo bueno es que también la ayuda está unida. Una noche tranquila les hace bien a las "
            "dos. También una amistad que conoce toda la historia. Cada paso pequeño en una le da "
            "aire a la otra. Por eso aquí hablamos de las dos, juntas y en voz alta.",
        ),
    ),
    "path": StarterReading(
        "Un camino de pasos",
        (
            "A algunas personas nos gusta recuperarnos por pasos. Hay listas de pasos muy "
            "conocidas, y tal vez tu grupo tenga una a la que le tiene cariño. Esta no es una de "
            "ellas. Son unas ideas simples sobre por qué ayuda ir un paso a la vez.",
            "Muchas veces todo empieza por decirnos la verdad: lo que nos duele, y el cansancio "
            "que traemos. Decirlo en voz alta puede dar miedo. También puede dar "
            "mucho alivio. No hay que ser fuerte todo el tiempo para merecer ayuda.",
            "Luego dejamos entrar a otras personas. Hay quien se apoya en una amistad, en un "
            "grupo, en su doctora, en el mar, o en algo que cuesta nombrar. Cada quien elige en "
            "qué se apoya. Aquí nadie te dirá en qué debes creer.",
            "En el camino vamos viendo nuestra historia, con los ojos abiertos y sin dureza. A "
            "veces hay heridas viejas que queremos sanar, y lo hacemos despacio y con ayuda. Si "
            "el daño nos lo hicieron, la culpa no fue nuestra.",
            "Y seguimos. Un día bueno no es el final del camino, y un día malo no nos regresa al "
            "comienzo. Cuando ya pisamos un poco más firme, le damos la mano a quien viene detrás. "
            "Le ayuda a esa persona, y nos ayuda también.",
        ),
    ),
    "hard-days": StarterReading(
        "Cuando llega un día difícil",
        (
            "A todo el mundo le llegan días difíciles. A veces tomamos o consumimos aunque el plan "
            "era otro. A veces dejamos de dormir, de comer o de levantarnos. A veces vuelven las "
            "ideas de antes. Eso no quiere decir que se perdió todo lo que hicimos.",
            "La vergüenza nos dice que no vengamos hasta estar mejor. Nos gustaría que vengas de "
            "todos modos. Ven tarde, ven como estés, ven sin decir nada. Aquí nadie cuenta tus "
            "días ni te pide empezar de cero. Sigues desde donde estás.",
            "Muchas personas hacen un plan para esos días cuando se sienten bien. ¿A quién puedo "
            "llamar? ¿Qué me ha ayudado antes? ¿Qué quiero que hagan los demás, y qué prefiero que "
            "no hagan? Bastan unas líneas en un papel. Si quieres, pide ayuda aquí para hacer el "
            "tuyo.",
        ),
    ),
    "self-care": StarterReading(
        "Cuídate después de la reunión",
        (
            "Una reunión puede mover muchas cosas, hasta cuando es buena. Puedes sentir cansancio, "
            "o tener todo a flor de piel, o no tener nada de sueño. Les pasa a muchas personas. "
            "Por eso, antes de irnos, piensa en algo amable que puedas hacer por ti en estas "
            "horas.",
            "Que sea algo pequeño. Toma agua. Come algo caliente. Toma tu medicina, si tomas "
            "alguna. Sal un momento y mira el cielo. Mándale un mensaje a una amistad. Deja el "
            "teléfono y duerme. No tienes que ganarte nada de esto.",
            "Si la noche se hace larga, no tienes que pasarla a solas. En las líneas de apoyo hay "
            "personas que quieren escucharte, y no hace falta estar en peligro para llamar. Hasta "
            "la próxima, trátate con cariño.",
        ),
    ),
    "closing": StarterReading(
        "Cierre",
        (
            "Ya casi se acaba nuestro tiempo. Gracias por venir. Gracias por lo que dijeron y por "
            "cómo escucharon. Lo que oímos se queda aquí. Si esta reunión te movió algo, busca hoy "
            "a una persona con quien hablar. También puedes tocar Ayuda.",
            "Una recuperación pesa, y dos pesan más. Hoy les diste tiempo. Eso cuenta. Hasta que "
            "nos veamos otra vez, trata de ser tan amable contigo como lo serías con alguien a "
            "quien quieres. Aquí va a haber una silla para ti.",
        ),
    ),
}
