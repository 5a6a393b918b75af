"""The project as it is, in a language that nobody speaks and that is read from right to left."""

import os
from pathlib import Path

from django.conf.locale import LANG_INFO

from facilitator.settings import *  # noqa: F403
from tests import pseudo

LANG_INFO[pseudo.CODE] = pseudo.INFO
LANGUAGES = [("en", "English"), (pseudo.CODE, "Pseudo")]
LANGUAGES_BIDI = [pseudo.CODE]
LOCALE_PATHS = [Path(os.environ["PSEUDO_LOCALE"])]
