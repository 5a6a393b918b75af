"""The starter library in Spanish, as people say it in groups in the Americas.

One person is *tú*, on her phone and in a reading; the group is *ustedes* or, better, *nosotros*.
Words that would fix someone's gender are gone around: *les damos la bienvenida*, *quien facilita*.
"""
