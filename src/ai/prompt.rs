//! What is asked of a model and what it answers, with no provider's word in it.

use serde_json::Value;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// Instructions and examples: the same for every prompt of a run, so that providers can keep it ready.
    pub system: String,
    /// What this prompt is about.
    pub user: String,
    /// The JSON Schema of the answer, in the subset that all providers take.
    pub schema: Value,
    /// The most tokens that the answer may have.
    pub max_tokens: u32,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The answer.
    pub answer: Answer,
    /// How it was found in what came.
    pub step: Step,
    /// What it took.
    pub usage: Usage,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// An instance of the schema, as far as the model kept to it.
    Object(Value),
    /// Words without structure.
    Text(String),
}

/// How an answer was found, from the surest way to the last resort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The message is the JSON that the schema asks for.
    Schema,
    /// The arguments of a tool call.
    Tool,
    /// JSON in a fenced block.
    Fence,
    /// The first balanced object in a text.
    Object,
    /// The text itself.
    Bare,
}

impl Step {
    /// All steps, the surest first.
    pub const ALL: [Self; 5] = [
        Self::Schema,
        Self::Tool,
        Self::Fence,
        Self::Object,
        Self::Bare,
    ];

    /// Its word in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Tool => "tool call",
            Self::Fence => "fenced JSON",
            Self::Object => "JSON in text",
            Self::Bare => "bare text",
        }
    }
}

/// Tokens that were billed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// All of the prompt, those the provider had ready included.
    pub input: u64,
    /// Of these, the ones that it had ready.
    pub cached: u64,
    /// Of these, the ones that it made ready, where that costs more.
    pub written: u64,
    /// All of the answer, hidden reasoning included.
    pub output: u64,
}

impl Usage {
    /// All tokens.
    pub const fn total(self) -> u64 {
        self.input + self.output
    }
}

/// How a prompt is put to a provider: what earlier answers taught.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// How the shape of the answer is asked for.
    pub form: Form,
    /// Parameters that the model does not take.
    pub dropped: Vec<String>,
}

/// How the shape of the answer is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The provider's own structured output.
    #[default]
    Schema,
    /// A tool that must be called.
    Tool,
    /// Words in the prompt.
    Words,
}

impl Form {
    /// The next one, where a server does not know this one.
    pub const fn weaker(self) -> Option<Self> {
        match self {
            Self::Schema => Some(Self::Tool),
            Self::Tool => Some(Self::Words),
            Self::Words => None,
        }
    }
}

/// What the tool and the schema are called where they need a name.
pub(super) const NAME: &str = "docstrings";

impl Prompt {
    /// The user's part; with the schema in words where the provider is not told of it otherwise.
    pub(super) fn words(&self, form: Form) -> String {
        match form {
            Form::Schema | Form::Tool => self.user.clone(),
            Form::Words => format!(
                "{}\n\nAnswer with one JSON object and nothing else. Its JSON Schema:\n{}",
                self.user, self.schema
            ),
        }
    }
}
