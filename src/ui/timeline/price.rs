//! What the story that is told costs, below its name. Works it out anew only where the journey or the rules changed.

use std::sync::Arc;

use egui::{Label, RichText, Role, Ui, WidgetInfo};

use crate::engine::Journey;
use crate::engine::cost::{Cost, cost};
use crate::model::Funnel;
use crate::policy::Policy;
use crate::report;
use crate::ui::View;
use crate::ui::theme::{self, Type};
use crate::ui::words::timeline as words;

/// What was worked out last.
#[derive(Debug, Default)]
pub struct Price(Option<Known>);

#[derive(Debug)]
struct Known {
    funnel: Arc<Funnel>,
    policy: Arc<Policy>,
    journey: Journey,
    cost: Cost,
}

impl Price {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>) {
        let cost = self.of(view);
        let theme = theme::of(ui);
        let amount = report::amount(cost).unwrap_or_else(|| words::NO_PRICES.to_owned());
        let messages = report::messages(cost);
        let help = [amount.as_str(), &messages].into_iter().chain(cost.assumptions.iter().map(String::as_str));
        let help = help.collect::<Vec<_>>().join("\n");
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            let text =
                RichText::new(short(cost).unwrap_or_else(|| amount.clone())).font(theme.font(Type::Small)).color(theme.weak);
            let line = ui.add(Label::new(text).truncate().selectable(false));
            line.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{amount}; {messages}")));
            line.on_hover_text(help);
        });
        ui.add_space(4.0);
    }

    fn of(&mut self, view: &View<'_>) -> &Cost {
        let (funnel, policy, journey) = (view.session.funnel(), view.session.policy(), &view.story.journey);
        let same = |known: &Known| {
            Arc::ptr_eq(&known.funnel, funnel) && Arc::ptr_eq(&known.policy, policy) && known.journey == *journey
        };
        let known = self.0.take().filter(same).unwrap_or_else(|| Known {
            funnel: Arc::clone(funnel),
            policy: Arc::clone(policy),
            journey: journey.clone(),
            cost: cost(funnel, policy, journey),
        });
        &self.0.insert(known).cost
    }
}

/// From what to what, in as few letters as the list has room for; `None` where no prices are known or nothing is open.
fn short(cost: &Cost) -> Option<String> {
    let currency = cost.currency.as_ref().filter(|_| cost.low < cost.high)?;
    Some(format!("{} to {} {currency}", cost.low, cost.high))
}
