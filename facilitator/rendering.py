"""How forms are drawn."""

from django.forms.renderers import TemplatesSetting


class Fields(TemplatesSetting):
    """Every field from one template, so that all pages name, hint and correct alike."""

    field_template_name = "preparing/_field.html"
