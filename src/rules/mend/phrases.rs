//! Sentences that fixes propose to send, in the languages whose words are known here; to be read before they are sent.

/// A question with two answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asking {
    /// What is asked.
    pub text: &'static str,
    /// The answer of those who want it.
    pub yes: &'static str,
    /// The answer of those who do not.
    pub no: &'static str,
}

/// What is said in one language.
#[derive(Debug)]
pub(super) struct Phrases {
    language: &'static str,
    /// Whether there is still interest.
    pub interest: Asking,
    /// Whether marketing may be sent.
    pub offers: Asking,
    /// How to stop, for a footer.
    pub stop: &'static str,
    /// The button that opens a list.
    pub choose: &'static str,
    /// A first name for a sample.
    pub name: &'static str,
    /// A code for a sample.
    pub code: &'static str,
    /// A day for a sample.
    pub day: &'static str,
}

impl Phrases {
    /// What is said in this language; `None` where its words are not known here.
    pub fn of(language: &str) -> Option<&'static Self> {
        let own = language.split(['_', '-']).next().unwrap_or_default();
        ALL.iter().find(|phrases| phrases.language == own)
    }

    /// What is said in this language, else in English.
    pub fn or_english(language: &str) -> &'static Self {
        Self::of(language).unwrap_or(&ALL[0])
    }
}

const fn asking(text: &'static str, yes: &'static str, no: &'static str) -> Asking {
    Asking { text, yes, no }
}

const ALL: [Phrases; 6] = [
    Phrases {
        language: "en",
        interest: asking("Are you still interested?", "Yes", "No, thanks"),
        offers: asking("May we send you offers here?", "Yes, please", "No, thanks"),
        stop: "Answer STOP to stop",
        choose: "Choose",
        name: "Ana",
        code: "SAVE10",
        day: "Sunday",
    },
    Phrases {
        language: "pt",
        interest: asking("Você ainda tem interesse?", "Sim", "Não, obrigado"),
        offers: asking("Podemos te mandar ofertas por aqui?", "Sim, pode", "Não, obrigado"),
        stop: "Responda SAIR para não receber mais",
        choose: "Escolher",
        name: "Ana",
        code: "VOLTA10",
        day: "domingo",
    },
    Phrases {
        language: "es",
        interest: asking("¿Te sigue interesando?", "Sí", "No, gracias"),
        offers: asking("¿Podemos enviarte ofertas por aquí?", "Sí, claro", "No, gracias"),
        stop: "Responde BAJA para no recibir más",
        choose: "Elegir",
        name: "Ana",
        code: "VUELVE10",
        day: "domingo",
    },
    Phrases {
        language: "de",
        interest: asking("Besteht noch Interesse?", "Ja", "Nein, danke"),
        offers: asking("Dürfen wir hier Angebote schicken?", "Ja, gern", "Nein, danke"),
        stop: "Mit STOPP endet es",
        choose: "Auswählen",
        name: "Anna",
        code: "ZURUECK10",
        day: "Sonntag",
    },
    Phrases {
        language: "fr",
        interest: asking("Est-ce que cela vous intéresse encore ?", "Oui", "Non, merci"),
        offers: asking("Pouvons-nous vous envoyer des offres ici ?", "Oui", "Non, merci"),
        stop: "Répondez STOP pour ne plus en recevoir",
        choose: "Choisir",
        name: "Anne",
        code: "RETOUR10",
        day: "dimanche",
    },
    Phrases {
        language: "it",
        interest: asking("Ti interessa ancora?", "Sì", "No, grazie"),
        offers: asking("Possiamo inviarti offerte qui?", "Sì, certo", "No, grazie"),
        stop: "Rispondi STOP per non ricevere altro",
        choose: "Scegli",
        name: "Anna",
        code: "TORNA10",
        day: "domenica",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_with_any_region_and_english_stands_in() {
        assert_eq!(Phrases::of("pt_BR").map(|phrases| phrases.language), Some("pt"));
        assert!(Phrases::of("ka").is_none());
        assert_eq!(Phrases::or_english("ka").language, "en");
    }

    #[test]
    fn what_is_proposed_keeps_the_limits() {
        let limits = &crate::policy::standard().limits;
        for phrases in &ALL {
            assert!(phrases.stop.chars().count() <= limits.template.footer, "{}", phrases.stop);
            assert!(phrases.choose.chars().count() <= limits.free_form.list.button, "{}", phrases.choose);
            for asking in [phrases.interest, phrases.offers] {
                for label in [asking.yes, asking.no] {
                    assert!(label.chars().count() <= limits.free_form.buttons.buttons.label, "{label}");
                }
            }
        }
    }
}
