"""Every address: the meetings' own, a sign of life, and a sentence where there is none."""

from django.urls import include, path
from django.views.i18n import set_language

from facilitator import views

urlpatterns = [
    path("", include("meetings.urls")),
    path("", include("meetings.account_urls")),
    path("what-we-hold", views.what_we_hold),
    path("language", set_language),
    path("healthz", views.healthz),
]

handler400 = "facilitator.views.bad_request"
handler403 = "facilitator.views.refused"
handler429 = "facilitator.views.too_many"
handler404 = "facilitator.views.not_found"
handler500 = "facilitator.views.failed"
