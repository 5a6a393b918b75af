"""Addresses below a group's: what its facilitators prepare."""

from __future__ import annotations

from django.urls import URLPattern, path

from meetings.views.preparing import agendas, agreement, prompts, readings, schedule, settings

urlpatterns: list[URLPattern] = [
    path("agendas/", agendas.agendas),
    path("agendas/new", agendas.new_agenda),
    path("agendas/ours", agendas.from_ours),
    path("agendas/<int:agenda_id>/", agendas.agenda),
    path("agendas/<int:agenda_id>/copy", agendas.copy),
    path("agendas/<int:agenda_id>/out", agendas.take_out),
    path("agendas/<int:agenda_id>/script", agendas.script),
    path("agreement", agreement.agreement),
    path("agreement/link", agreement.new_link),
    path("agreement/link/out", agreement.no_link),
    path("agreement/ideas", agreement.ideas_on),
    path("agreement/ideas/out", agreement.ideas_off),
    path("agreement/ideas/<uuid:idea_id>/brought", agreement.bring),
    path("agreement/ideas/<uuid:idea_id>/out", agreement.let_go),
    path("agreement/prepared", agreement.prepare),
    path("agreement/prepared/out", agreement.take_back),
    path("agreement/versions/<int:number>", agreement.version),
    path("schedule", schedule.schedule),
    path("schedule/new", schedule.new_time),
    path("schedule/time-zone", schedule.time_zone),
    path("schedule/link", schedule.new_link),
    path("schedule/link/out", schedule.no_link),
    path("schedule/<int:time_id>", schedule.time),
    path("schedule/<int:time_id>/out", schedule.take_out),
    path("settings", settings.settings),
    path("support-lines", settings.support_lines),
    path("readings/", readings.readings),
    path("readings/new", readings.new_reading),
    path("readings/ours", readings.from_ours),
    path("readings/preview", readings.preview),
    path("readings/<int:reading_id>/", readings.reading),
    path("readings/<int:reading_id>/copy", readings.copy),
    path("readings/<int:reading_id>/out", readings.take_out),
    path("prompts/", prompts.prompts),
    path("prompts/new", prompts.new_prompt),
    path("prompts/ours", prompts.from_ours),
    path("prompts/preview", prompts.preview),
    path("prompts/<int:prompt_id>/", prompts.prompt),
    path("prompts/<int:prompt_id>/copy", prompts.copy),
    path("prompts/<int:prompt_id>/out", prompts.take_out),
]
