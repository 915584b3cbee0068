//! Changes to a story: when a person answers and what, which way they take, what they write unasked. Plain values in,
//! plain values out; names no pixel.

use crate::model::{Answer, Choice, LocalTime, Otherwise, Output, Scenario, Seconds, StepId};

use super::scene::{Came, Question};

/// What a person changes of a story.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Answers a question.
    Answer {
        /// The question.
        question: Question,
        /// The option.
        reply: String,
        /// How long it takes; at or past the timeout it is no answer.
        after: Seconds,
    },
    /// Leaves a question without an answer.
    Silence(Question),
    /// Takes a way at a branch.
    Turn {
        /// The branch.
        step: StepId,
        /// How often the branch was passed before.
        visit: usize,
        /// The ways that were taken then.
        earlier: Vec<Output>,
        /// The way to take.
        out: Output,
    },
    /// Writes unasked.
    Write(Seconds),
    /// Writes unasked at another time.
    Rewrite {
        /// When it was written.
        from: Seconds,
        /// When it is written now.
        to: Seconds,
    },
    /// Does not write unasked after all.
    Unwrite(Seconds),
    /// Enters at another time.
    Arrive(LocalTime),
}

impl Change {
    /// The scenario after this change. `asked` are the questions of its journey, in order.
    pub fn of(&self, scenario: &Scenario, asked: &[Question]) -> Scenario {
        match self {
            Self::Answer { question, reply, after } => answered(scenario, asked, question, reply, *after),
            Self::Silence(question) => silenced(scenario, asked, question),
            Self::Turn { step, visit, earlier, out } => turned(scenario, earlier, step, *visit, out),
            Self::Write(at) => with_unprompted(scenario, *at),
            Self::Rewrite { from, to } => with_unprompted(&without_unprompted(scenario, *from), *to),
            Self::Unwrite(at) => without_unprompted(scenario, *at),
            Self::Arrive(at) => Scenario { arrives: Some(*at), ..scenario.clone() },
        }
    }
}

/// The scenario with this question answered so. `asked` are the questions of its journey, in order; answers that the
/// scenario left to chance for earlier visits of the step are written out, since answers count by visit.
fn answered(scenario: &Scenario, asked: &[Question], question: &Question, reply: &str, after: Seconds) -> Scenario {
    let mut scenario = scenario.clone();
    let answer = Answer { step: question.step.clone(), reply: reply.to_owned(), after };
    if let Some(said) = scenario.answers.iter_mut().filter(|said| said.step == question.step).nth(question.visit) {
        *said = answer;
        return scenario;
    }
    write_out(&mut scenario, asked, |other| other.step == question.step && other.visit < question.visit);
    scenario.answers.push(answer);
    scenario
}

/// The scenario with this question left without an answer: too late an answer where there is a timeout, else none.
fn silenced(scenario: &Scenario, asked: &[Question], question: &Question) -> Scenario {
    if let Some(timeout) = question.timeout {
        let label = question.label.as_ref().or(question.options.first()).cloned().unwrap_or_default();
        let after = question.after.unwrap_or_default().max(timeout);
        return answered(scenario, asked, question, &label, after);
    }
    let mut scenario = scenario.clone();
    if scenario.otherwise == Otherwise::Prompt {
        // Nothing but silence by default can be silent for good.
        write_out(&mut scenario, asked, |_| true);
        scenario.otherwise = Otherwise::Silent;
    }
    let mut visit = 0;
    scenario.answers.retain(|said| {
        let here = said.step == question.step;
        visit += usize::from(here);
        !(here && visit > question.visit)
    });
    scenario
}

/// The scenario with this way taken at the n-th visit of a branch. Earlier visits keep the ways they took.
fn turned(scenario: &Scenario, taken: &[Output], step: &StepId, visit: usize, out: &Output) -> Scenario {
    let mut scenario = scenario.clone();
    let choice = |out: &Output| Choice { step: step.clone(), out: out.clone() };
    let said = scenario.choices.iter().filter(|said| said.step == *step).count();
    for earlier in taken.iter().take(visit).skip(said) {
        scenario.choices.push(choice(earlier));
    }
    match scenario.choices.iter_mut().filter(|said| said.step == *step).nth(visit) {
        Some(said) => said.out = out.clone(),
        None => scenario.choices.push(choice(out)),
    }
    scenario
}

/// The scenario with one more message written unasked.
fn with_unprompted(scenario: &Scenario, at: Seconds) -> Scenario {
    let mut scenario = scenario.clone();
    scenario.unprompted.push(at.max(Seconds::ZERO));
    scenario.unprompted.sort_unstable();
    scenario
}

/// The scenario with one such message taken away.
fn without_unprompted(scenario: &Scenario, at: Seconds) -> Scenario {
    let mut scenario = scenario.clone();
    if let Some(place) = scenario.unprompted.iter().position(|other| *other == at) {
        scenario.unprompted.remove(place);
    }
    scenario
}

/// Writes out what the scenario leaves unsaid for these questions, as it came.
fn write_out(scenario: &mut Scenario, asked: &[Question], which: impl Fn(&Question) -> bool) {
    for other in asked.iter().filter(|other| which(other)) {
        let said = scenario.answers.iter().filter(|said| said.step == other.step).count();
        if said > other.visit || other.came == Came::Never {
            continue;
        }
        let label = other.label.as_ref().or(other.options.first()).cloned().unwrap_or_default();
        let after = other.after.or(other.timeout).unwrap_or_default();
        scenario.answers.push(Answer { step: other.step.clone(), reply: label, after });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Ending, Journey, Story, follow};
    use crate::file;
    use crate::model::Funnel;
    use crate::policy;
    use crate::ui::timeline::scene::Scene;

    /// A question asked over and over until it is answered "stop", and one without a timeout.
    const LOOP: &str = r#"(
        format: 1, name: "Loop", policy: "whatsapp-2026-10",
        audience: (market: "BR", timezone: "America/Sao_Paulo", size: 1),
        steps: [
            (id: "in", title: "In", at: (0, 0), kind: Entry(channel: QrCode)),
            (id: "ask", title: "Ask", at: (0, 0), kind: Message(purpose: Service, send: FreeForm(Text("More?")), reply: (
                options: [(label: "more", share: 0.5), (label: "stop", share: 0.5)], chance: 0.9, delay: Fixed("5m"), timeout: "1h",
            ))),
            (id: "last", title: "Last", at: (0, 0), kind: Message(purpose: Service, send: FreeForm(Text("Bye?")), reply: (
                options: [(label: "bye", share: 1.0)], chance: 0.9, delay: Fixed("5m"),
            ))),
        ],
        links: [
            (from: "in", to: "ask"), (from: "ask", out: Reply("more"), to: "ask"),
            (from: "ask", out: Timeout, to: "ask"), (from: "ask", out: Reply("stop"), to: "last"),
        ],
    )"#;

    fn told(funnel: &Funnel, scenario: &Scenario) -> (Journey, Vec<Question>) {
        let policy = policy::standard();
        let journey = follow(funnel, &policy, &Story::of(scenario, funnel));
        let asked = Scene::of(&journey, funnel, &policy).questions;
        (journey, asked)
    }

    fn came(questions: &[Question]) -> Vec<Option<&str>> {
        questions.iter().map(|question| question.label.as_deref()).collect()
    }

    #[test]
    fn answering_a_later_visit_leaves_the_earlier_ones_as_they_were() {
        let funnel = file::parse(LOOP, "test.ron").unwrap().document.funnel;
        for otherwise in [Otherwise::Silent, Otherwise::Prompt] {
            let scenario = Scenario { otherwise, ..Scenario::default() };
            let (_, before) = told(&funnel, &scenario);
            let change = Change::Answer { question: before[2].clone(), reply: "stop".to_owned(), after: Seconds(90) };
            let (_, after) = told(&funnel, &change.of(&scenario, &before));
            assert_eq!(came(&after)[..2], came(&before)[..2]);
            assert_eq!((after[2].label.as_deref(), after[2].after), (Some("stop"), Some(Seconds(90))));
            assert_eq!(after[3].step.as_str(), "last");
        }
    }

    #[test]
    fn silence_can_be_chosen_with_a_timeout_and_without() {
        let funnel = file::parse(LOOP, "test.ron").unwrap().document.funnel;
        let answer = |step: &str, reply: &str| Answer { step: step.into(), reply: reply.to_owned(), after: Seconds(60) };
        let scenario = Scenario { answers: vec![answer("ask", "stop"), answer("last", "bye")], ..Scenario::default() };
        let (_, asked) = told(&funnel, &scenario);
        let (_, after) = told(&funnel, &Change::Silence(asked[0].clone()).of(&scenario, &asked));
        assert_eq!(after[0].came, Came::TimedOut);

        let prompt = Scenario { answers: vec![answer("ask", "stop")], otherwise: Otherwise::Prompt, ..Scenario::default() };
        for scenario in [scenario, prompt] {
            let (_, asked) = told(&funnel, &scenario);
            let (journey, after) = told(&funnel, &Change::Silence(asked[1].clone()).of(&scenario, &asked));
            assert_eq!(came(&after)[0], Some("stop"));
            assert_eq!(journey.ending, Ending::Waiting("last".into()), "{:?}", after[1]);
        }
    }

    #[test]
    fn messages_unasked_stay_in_order_and_one_goes_at_a_time() {
        let written = |scenario: &Scenario| scenario.unprompted.clone();
        let mut scenario = Scenario::default();
        for at in [300, 60, 300] {
            scenario = Change::Write(Seconds(at)).of(&scenario, &[]);
        }
        assert_eq!(written(&scenario), [60, 300, 300].map(Seconds));
        scenario = Change::Rewrite { from: Seconds(300), to: Seconds(10) }.of(&scenario, &[]);
        assert_eq!(written(&scenario), [10, 60, 300].map(Seconds));
        scenario = Change::Unwrite(Seconds(300)).of(&scenario, &[]);
        assert_eq!(written(&scenario), [10, 60].map(Seconds));
    }
}
