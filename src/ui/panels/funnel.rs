//! The funnel in the inspector, where nothing is selected: what it is, whom it is for, and how it stands.

use chrono::{Offset, TimeZone};
use egui::{Label, RichText, Ui};
use egui_material_icons::icons::ICON_ROUTE;

use crate::edit::Edit;
use crate::model::Audience;
use crate::policy;
use crate::rules::{self, Severity};
use crate::ui::theme::{self, Type};
use crate::ui::words::{panels as words, shell};
use crate::ui::{Ask, Tab};

use super::countries::COUNTRIES;
use super::form::{Form, Item, Spec, glyph, head, hint, link_button, note};
use super::{inspector, standing};

/// Paints it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>) {
    let funnel = form.view.session.funnel();
    inspector::heading(ui, ICON_ROUTE, words::FUNNEL, "");
    let mut name = funnel.name.clone();
    form.text(ui, words::NAME, &mut name, Spec::default());
    form.post(|| Edit::SetName(name));
    let mut notes = funnel.notes.clone();
    form.lines(ui, words::NOTES, &mut notes, Spec { rows: 3, hint: words::NOTES_HINT, ..Spec::default() });
    form.post(|| Edit::SetNotes(notes));

    head(ui, words::JUDGED_BY, |_| ());
    let picked = form.pick(ui, words::POLICY, &funnel.policy, || {
        let title = |id: &str| policy::load(id, None).map_or_else(|_| String::new(), |policy| policy.title.clone());
        policy::known_ids().map(|id| Item::plain(id, title(id))).collect()
    });
    form.post(|| Edit::SetPolicy(picked.unwrap_or_default()));
    let policy = form.view.session.policy();
    note(ui, &policy.about);
    launch_ui(ui, form);

    head(ui, words::AUDIENCE, |_| ());
    audience_ui(ui, form);
    summary_ui(ui, form);
}

fn launch_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let mut launch = form.view.session.funnel().launch;
    let mut on = launch.is_some();
    if form.switch(ui, words::LAUNCH_ON, &mut on) {
        let morning = form.view.session.now().0.date() + chrono::Days::new(7);
        launch = on.then(|| crate::model::LocalTime(morning.and_time(chrono::NaiveTime::MIN) + chrono::TimeDelta::hours(9)));
    }
    match &mut launch {
        Some(moment) => form.local_time(ui, words::LAUNCH, moment),
        None => {
            hint(ui, words::NO_LAUNCH_HELP);
        }
    }
    form.post(|| Edit::SetLaunch(launch));
}

fn audience_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let mut audience: Audience = form.view.session.funnel().audience.clone();
    let country = |code: &str| COUNTRIES.iter().find(|one| one.0 == code).map_or("", |one| one.1);
    let shown = match country(&audience.market) {
        "" => audience.market.clone(),
        name => format!("{name} ({})", audience.market),
    };
    if let Some(picked) = form.pick(ui, words::MARKET, &shown, || {
        COUNTRIES
            .iter()
            .map(|(code, name)| Item { key: (*code).to_owned(), text: (*name).to_owned(), detail: (*code).to_owned() })
            .collect()
    }) {
        audience.market = picked;
    }
    if let Some(market) = policy::market_of(&audience.market) {
        note(ui, words::rates_of(&market.name));
    }
    let now = form.view.session.now();
    if let Some(picked) = form.pick(ui, words::TIMEZONE, &audience.timezone, || {
        let offset = |zone: &chrono_tz::Tz| words::utc_offset(zone.offset_from_utc_datetime(&now.0).fix().local_minus_utc());
        chrono_tz::TZ_VARIANTS.iter().map(|zone| Item::plain(zone.name(), offset(zone))).collect()
    }) {
        audience.timezone = picked;
    }
    form.count(ui, words::SIZE, &mut audience.size, words::PEOPLE);
    form.post(|| Edit::SetAudience(audience));
    messaging_limit_ui(ui, form);
}

fn messaging_limit_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let mut limit = form.view.session.funnel().messaging_limit;
    let mut on = limit.is_some();
    if form.switch(ui, words::LIMIT_ON, &mut on) {
        // The level that a verified business begins with.
        limit = on.then(|| form.view.session.policy().limits.messaging.get(1).copied().unwrap_or_default());
    }
    match &mut limit {
        Some(most) => {
            form.count(ui, words::LIMIT, most, words::PEOPLE_A_DAY);
        }
        None => {
            hint(ui, words::LIMIT_HELP);
        }
    }
    form.post(|| Edit::SetMessagingLimit(limit));
}

fn summary_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let session = form.view.session;
    let theme = theme::of(ui);
    head(ui, words::SUMMARY, |_| ());
    let funnel = session.funnel();
    let sending = funnel.steps.iter().filter(|step| step.message().is_some()).count();
    for text in [words::steps(funnel.steps.len(), sending), words::templates(funnel.templates.len())] {
        ui.add(Label::new(RichText::new(text).font(theme.font(Type::Body)).color(theme.text)).selectable(false));
    }
    let impact = rules::window_impact(session.judged(), session.judgement());
    let text = RichText::new(shell::window_impact(impact.level)).font(theme.font(Type::Body)).color(theme.text);
    ui.add(Label::new(text).selectable(false));
    hint(ui, words::impact_counted(impact));
    standing::ui(ui, session.standing());
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let count = session.judgement().diagnostics.iter().filter(|one| one.severity == severity).count();
        if count == 0 && severity == Severity::Info {
            continue;
        }
        let (colour, _, icon) = theme.severity(severity);
        ui.horizontal(|ui| {
            let colour = if count == 0 { theme.weak } else { colour };
            glyph::paint(ui, icon.codepoint, Type::Strong, colour);
            let text = words::counted(count, severity);
            if count == 0 {
                ui.add(Label::new(RichText::new(text).font(theme.font(Type::Body)).color(theme.weak)).selectable(false));
            } else if link_button(ui, &text, &words::show_problems(&text)).clicked() {
                form.outbox.ask(Ask::Show(Tab::Problems));
            }
        });
    }
}
