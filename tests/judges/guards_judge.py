#!/usr/bin/env python3
"""Holds each guard of the AI half to a test that fails when the guard is taken out.

Here: the code of each guard stands where it is told, once, and its tests are there. `--take-out` takes out one after
another in a work tree of its own, runs the tests that are named for it, and wants each of them to fail, or never to end;
some fifteen seconds a guard. With words behind it, only the guards whose names hold one of them; `--from NAME` goes on there.

Usage: guards_judge.py [--take-out [--from NAME] [WORD...]]
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Name, file, code, what stands there without the guard, tests (of the library; `it:` of the program).
GUARDS = [
    # What comes from a server.
    ("bodies are capped", "ai/transport.rs", "if body.len() + part.len() > LARGEST {", "if false {",
     "ai::tests::large_and_late_answers_are_given_up"),
    ("answers have a time limit", "ai/transport.rs", ".timeout(timeout)\n", "\n",
     "ai::tests::large_and_late_answers_are_given_up"),
    ("no redirect to another origin", "ai/transport.rs", "if !is_same {", "if false {",
     "ai::tests::nothing_follows_to_another_origin"),
    ("no redirect without end", "ai/transport.rs", "if attempt.previous().len() > REDIRECTS {", "if false {",
     "ai::patience_tests::a_redirect_without_end_is_given_up"),
    ("who leads elsewhere ends the run", "ai/client/mod.rs",
     "self.stop.stop(self.shown(&error.to_string()));\n                        return Err(self.stopped());\n                    }\n                },\n                Err(Fault::Reply",
     "return Err(self.failed(&error.to_string()));\n                    }\n                },\n                Err(Fault::Reply",
     "ai::tests::nothing_follows_to_another_origin"),
    ("names that lead to metadata", "ai/transport.rs", ".filter(|it| !endpoint::is_forbidden(it.ip()))", ".filter(|_| true)",
     "ai::transport::tests::a_name_that_leads_to_a_forbidden_address_leads_nowhere"),
    ("what is here goes through no proxy", "ai/transport.rs", "builder = builder.no_proxy();", "",
     "it:proxy::what_is_not_encrypted_never_leaves_this_machine_by_a_proxy"),
    ("an answer without JSON is no docstring", "ai/ladder.rs", "is_told.then_some(text)", "Some(text)",
     "ai::ladder::tests::nothing_and_half_an_answer_are_none"),
    ("a text of braces", "ai/ladder.rs", ".take(PLACES)", "",
     "ai::ladder::tests::a_text_of_braces_is_looked_at_so_far_and_no_farther"),
    # Addresses and keys.
    ("no user in an address", "ai/endpoint.rs", "if !url.username().is_empty() || url.password().is_some() {", "if false {",
     "ai::endpoint::tests::keys_go_over_https_or_stay_on_this_machine"),
    ("https", "ai/endpoint.rs", '"http" => return Err(EndpointError::Plain),', '"http" => {}',
     "ai::endpoint::tests::keys_go_over_https_or_stay_on_this_machine"),
    ("metadata addresses", "ai/endpoint.rs", "if is_forbidden {", "if false {",
     "ai::endpoint::tests::where_machines_tell_of_themselves_no_key_goes"),
    ("addresses are checked", "config/account.rs", "let endpoint = checked_endpoint(&endpoint).map_err(|error| {",
     "let endpoint = checked_endpoint(&endpoint).or_else(|_| Ok(endpoint.clone())).map_err(|error: crate::ai::EndpointError| {",
     "config::account::tests::an_address_that_no_key_may_go_to_is_refused"),
    ("a key alone starts nothing", "config/account.rs", 'match field.text(&["DEFAULT_MODEL"])? {',
     'match field.text(&["DEFAULT_MODEL"]).or(field.text(&["OPENAI_API_KEY"]).map(|_| "openai"))? {',
     "config::account::tests::a_key_alone_starts_nothing", "it:asking::nothing_is_sent_where_nobody_chose_a_provider"),
    ("hooks ask nobody", "cli/scribe.rs", "screen.environment.pre_commit || screen.environment.index_file", "false",
     "it:asking::nothing_is_sent_where_nobody_chose_a_provider"),
    ("a repository only lowers the cost", "config/layers.rs", "&& number(value) > number(before) =>", "&& false =>",
     "config::layers::tests::a_repositorys_file_can_only_lower_what_a_run_may_cost"),
    # Tries.
    ("one budget of retries for a task", "ai/retry.rs", "let less = |it: u32| it.checked_sub(1);", "let less = |it: u32| Some(it);",
     "ai::tests::what_passes_is_asked_again_within_one_budget", "ai::retry::tests::a_task_has_one_budget"),
    ("no wait is too long", "ai/retry.rs", "(asked <= self.longest).then_some(asked + late)", "Some(asked + late)",
     "ai::retry::tests::waits_double_up_to_the_longest_and_follow_the_provider"),
    ("what does not pass is not asked again", "ai/fault.rs", "_ => ReplyError::Rejected(what),", "_ => ReplyError::Busy { what, wait },",
     "ai::tests::what_does_not_pass_is_never_asked_again"),
    ("a wrong key ends the run", "ai/fault.rs", "matches!(self, Self::Spent(_) | Self::Denied(_))", "matches!(self, Self::Spent(_))",
     "ai::tests::what_does_not_pass_is_never_asked_again"),
    ("a spend limit ends the run", "ai/fault.rs", "matches!(self, Self::Spent(_) | Self::Denied(_))", "matches!(self, Self::Denied(_))",
     "ai::tests::a_used_up_quota_ends_the_run"),
    ("no answer to several tasks ends the run", "ai/outage.rs", "self.tasks.fetch_add(1, Ordering::Relaxed) + 1 >= TASKS", "false",
     "ai::tests::a_provider_that_is_away_is_given_up_after_a_few_tasks", "ai::tests::a_provider_that_stays_busy_is_given_up_after_a_few_tasks"),
    ("garbage is asked about again once", "ai/client/mod.rs", "garbled += 1;", "",
     "ai::patience_tests::garbage_is_asked_about_again_once"),
    ("a parameter is dropped once", "ai/client/mod.rs", "if !self.yields(&manner, parameter) {", "if !self.yields(&manner, parameter) && false {",
     "ai::tests::a_parameter_that_is_not_taken_is_dropped_once_and_a_form_gives_way"),
    ("three tries a symbol", "fix/words/writer.rs", "for attempt in 0..u32::from(self.settings.attempts) {", "for attempt in 0..9 {",
     "it:asking::hostile_answers_are_never_written"),
    ("as many at once as wanted", "ai/client/mod.rs", "let _turn = self.turns.acquire().await;", "",
     "ai::patience_tests::no_more_are_in_flight_than_wanted"),
    # Money.
    ("the cap of a run", "meter/ledger.rs", "if sums.spent + micros > self.cap {", "if false {",
     "meter::ledger::tests::what_could_pass_the_cap_is_not_reserved"),
    ("what is in flight counts against the cap", "meter/ledger.rs", "if sums.spent + sums.reserved + micros > self.cap {", "if false {",
     "meter::ledger::tests::what_could_pass_the_cap_is_not_reserved"),
    ("requests are afforded before", "ai/client/admission.rs", "self.afford(micros).await?;", "",
     "ai::tests::what_could_pass_the_cap_is_not_sent", "it:asking::an_estimate_and_a_cap_send_nothing"),
    ("the tokens of a day", "ai/client/admission.rs", "self.stop\n                        .stop(\"the tokens of this day", "return Ok(windows);\n                    self.stop\n                        .stop(\"the tokens of this day",
     "ai::tests::a_days_tokens_end_the_run"),
    ("what no window holds is not sent", "ai/client/admission.rs", "windows.iter().position(|it| tokens > it.tokens)", "windows.iter().position(|_| false)",
     "ai::tests::what_is_too_large_is_not_sent"),
    ("what the model does not hold is not sent", "ai/client/admission.rs", "&& input + output > model.context", "&& false",
     "ai::tests::what_is_too_large_is_not_sent"),
    ("what was not told counts whole", "ai/client/mod.rs", "response.status != 200 || it.total() > 0", "true",
     "ai::tests::an_answer_without_its_cost_counts_as_the_most_it_can_have"),
    ("what broke off counts whole", "ai/client/mod.rs", "let is_sent = !matches!(error, TransportError::Connection(_));", "let is_sent = false;",
     "ai::tests::large_and_late_answers_are_given_up"),
    ("what a provider has left is heeded", "ai/client/mod.rs", "self.heed(&response);", "",
     "ai::patience_tests::what_a_provider_says_is_left_is_heeded"),
    ("a wait holds for all", "ai/client/mod.rs", "self.pace.pause(wait);", "",
     "ai::patience_tests::a_wait_that_is_asked_of_one_holds_for_all"),
    ("no minute has more", "store/rate.rs", "if free > now {", "if false {",
     "store::rate::tests::no_minute_has_more_than_there_may_be_and_none_is_wasted"),
    ("no more at once", "store/rate.rs", "if due > now + lead {", "if false {",
     "store::rate::tests::no_minute_has_more_than_there_may_be_and_none_is_wasted"),
    ("a job is never made twice", "ai/client/jobs.rs", "self.called(&create, Some(file), false, ", "self.called(&create, Some(file), true, ",
     "it:batch::limits::what_passes_is_called_again_but_a_job_is_never_made_twice"),
    ("a job is afforded before", "ai/client/jobs.rs", "self.ledger.reserve(micros) == Reserved::Yes", "self.ledger.reserve(micros) != Reserved::Later",
     "it:batch::limits::what_could_pass_the_cap_is_put_into_no_job"),
    ("a job has a day's tokens", "ai/client/jobs.rs", "matches!(taken, Ok(None) | Err(_))", "taken.is_ok() || taken.is_err()",
     "ai::batches::tests::a_jobs_tokens_are_taken_from_the_day"),
    ("vectors are afforded before", "ai/client/vectors.rs", "self.afford(micros).await.map_err(Lack::Lasting)?;", "",
     "ai::vector_tests::what_could_pass_the_cap_is_not_embedded"),
    ("a dear run is asked about", "cli/scribe.rs", "if !is_dear {", "if true {", "judge:words_judge.py terminal"),
    ("an unknown model is the dearest", "ai/client/mod.rs", "table.dearest()", "Prices::default()",
     "it:asking::an_estimate_and_a_cap_send_nothing"),
    ("budgets of many processes, one file", "store/sqlite.rs", "TransactionBehavior::Immediate", "TransactionBehavior::Deferred",
     "store::tests::many_at_once_never_take_more_than_there_is"),
    ("one after another opens the file", "store/sqlite.rs", 'let _turn = first_turn(&folder.join("docgen.lock"));', "",
     "store::tests::all_who_come_first_at_once_share_the_file"),
    ("windows are held to", "store/mod.rs", "spent.requests < self.requests && spent.tokens.saturating_add(tokens) <= self.tokens", "true",
     "store::tests::sqlite_keeps_its_promises", "store::tests::memory_keeps_its_promises"),
    ("a server's windows are held to", "store/scripts.rs", "if requests + 1 > tonumber(ARGV[3 * i - 1]) or tokens + tonumber(ARGV[1]) > tonumber(ARGV[3 * i]) then", "if false then", "store::server_tests::redis_keeps_its_promises"),
    ("this machine knows what its server lost", "store/failover.rs", "if full.is_none() && self.is_mirroring() {", "if false {",
     "store::server_tests::what_is_lost_with_a_server_its_machine_knows"),
    ("this machine knows the pace its server lost", "store/failover.rs", "if wait.is_none() && self.is_mirroring() {", "if false {",
     "store::server_tests::a_server_that_comes_back_empty_lets_no_second_burst_go"),
    ("clocks that differ a little hold nobody up", "store/failover.rs", "return Ok(here.filter(|it| *it > LATER));", "return Ok(here);",
     "store::server_tests::clocks_that_differ_a_little_hold_nobody_up"),
    ("who has lost the server is asked, too", "store/failover.rs", "if claimed != Claimed::Mine || !self.is_mirroring() {", "if true {",
     "store::server_tests::what_is_lost_with_a_server_its_machine_knows"),
    ("a store that fails is left", "store/failover.rs", "Err(error) => self.note(&error),", "Err(error) => return Err(error),",
     "store::tests::what_fails_is_told_once_and_the_second_goes_on"),
    ("a broken file is put aside", "store/sqlite.rs", "Err(error) if is_broken(&error) => {", "Err(error) if is_broken(&error) && false => {",
     "store::tests::a_broken_file_is_put_aside"),
    ("answers are for their user's eyes", "store/sqlite.rs", "builder.mode(0o700);", "builder.mode(0o755);",
     "store::tests::the_folder_is_its_users_alone"),
    # One answer is paid once.
    ("a question is held", "fix/words/writer.rs", "session.every(PULSE, move || held.renew());", "drop(held);",
     "it:asking::what_another_process_is_asking_for_is_waited_for"),
    ("one process asks", "fix/words/questions.rs", "Claimed::Held => others.push(at),", "Claimed::Held => own.push(at),",
     "it:asking::what_another_process_is_asking_for_is_waited_for"),
    ("what came is noted", "fix/words/questions.rs", "self.shelf.note(&name, &arrived);", "",
     "it:interrupted::what_was_answered_before_a_kill_is_not_paid_for_again"),
    ("what came is recalled", "fix/words/questions.rs", "let is_taken = noted.is_some_and(|text| taken(it, &text));", "let is_taken = noted.is_some_and(|text| taken(it, &text) && false);",
     "it:interrupted::what_was_answered_before_a_kill_is_not_paid_for_again"),
    # The end.
    ("the run has a time limit", "ai/session.rs", "tokio::time::sleep(overall).await;", "std::future::pending::<()>().await; let _ = overall;",
     "it:interrupted::a_run_ends_with_its_time"),
    ("a signal ends the run in good order", "ai/session.rs", 'client.stop.stop("it was interrupted");', "",
     "it:interrupted::the_first_signal_ends_a_run_in_good_order_and_the_next_one_goes_on"),
    ("a second signal ends it at once", "ai/session.rs", "at_second();", "let _ = at_second;",
     "it:interrupted::the_second_signal_ends_it_at_once"),
    ("what is on its way is dropped in time", "ai/client/mod.rs", "() = self.stop.gone() => {", "() = std::future::pending::<()>() => {",
     "it:interrupted::the_first_signal_ends_a_run_in_good_order_and_the_next_one_goes_on"),
    ("an ended run sends nothing", "ai/client/admission.rs", "if self.stop.reason().is_some() {\n                return Err(self.stopped());\n            }\n            let now", "let now",
     "ai::tests::an_interrupted_run_sends_no_more"),
    # What the answer says.
    ("no hidden characters", "fix/words/truth.rs", "text.chars().find(|&it| is_hidden(it))", "text.chars().find(|_| false)",
     "fix::words::truth::tests::what_the_code_does_not_have_is_refused"),
    ("no quotes of docstrings", "fix/words/truth.rs", 'if text.contains("\\"\\"\\"") || text.contains("\'\'\'") {', "if false {",
     "fix::words::truth::tests::what_the_code_does_not_have_is_refused"),
    ("no addresses", "fix/words/truth.rs", "if is_address && !source", "if false && !source",
     "fix::words::truth::tests::what_the_code_does_not_have_is_refused", "it:asking::hostile_answers_are_never_written"),
    ("no mail addresses", "fix/words/truth.rs", "if is_mail(word) && !source", "if false && !source",
     "fix::words::truth::tests::what_the_code_does_not_have_is_refused", "it:asking::hostile_answers_are_never_written"),
    ("no sections in a sentence", "fix/words/truth.rs", "if TITLES.contains(&word) {", "if false {",
     "fix::words::truth::tests::what_the_code_does_not_have_is_refused"),
    ("no HTML", "fix/words/truth.rs", "&& !source.contains(tag)", "&& false",
     "fix::words::truth::tests::what_the_code_does_not_have_is_refused", "it:asking::hostile_answers_are_never_written"),
    ("no exception that is not there", "fix/words/truth.rs", ".find(|it| !has_word(source, it))", ".find(|_| false)",
     "fix::words::truth::tests::what_the_code_does_not_have_is_refused", "it:asking::hostile_answers_are_never_written"),
    ("no name that is not there", "fix/words/truth.rs", "if !is_known {\n                return Some(format!(\n                    \"it tells of `{code}`", "if false {\n                return Some(format!(\n                    \"it tells of `{code}`",
     "fix::words::truth::tests::what_the_code_does_not_have_is_refused"),
    ("types are types", "fix/words/truth.rs", "words.types().find_map(|it| of_type(it, evidence))", "words.types().find_map(|_| None)",
     "fix::words::truth::tests::the_type_of_a_value_is_held_to_the_file"),
    ("answers are held to the code", "fix/words/pending.rs", "Some(fault) => Err((fault, true)),", "Some(_) if true => Ok(words),\n            Some(fault) => Err((fault, true)),",
     "it:asking::hostile_answers_are_never_written"),
    ("each name once, and no other", "fix/words/answer.rs", "has_each(what, named, asked)?;", "let _ = has_each(what, named, asked);",
     "fix::words::answer::tests::a_slot_is_taken_whole_or_not"),
    ("nothing that was not asked for", "fix/words/answer.rs", "if is_there != is_asked {", "if false {",
     "fix::words::answer::tests::a_slot_is_taken_whole_or_not"),
    ("no empty texts", "fix/words/answer.rs", "if self.texts().any(str::is_empty) {", "if false {",
     "fix::words::answer::tests::a_slot_is_taken_whole_or_not"),
    ("answers keep to the schema", "fix/words/reply.rs", "Some(fault) => Err((format!(\"it does not keep", "Some(_) if true => Words::of_slot(&slot, wanted).map_err(|it| (it, true)),\n            Some(fault) => Err((format!(\"it does not keep",
     "fix::words::reply::tests::what_does_not_keep_to_the_schema_is_told_by_it"),
    ("what is kept is not believed", "fix/words/shelf.rs", "let words = words.filter(|it| truth::fault(it, &ask.evidence).is_none());", "", "it:asking::a_kept_answer_is_held_to_the_code_again"),
    ("the rules are asked", "fix/words/writer.rs", "match lacking.get(&it.ask.id) {", "match lacking.get(&it.ask.id).filter(|_| false) {",
     "it:asking::what_the_rules_find_wrong_is_asked_again_alone_with_the_findings"),
    ("nothing but docstrings changes", "fix/verify/mod.rs", "Some(at) => fault(self.around(at), \"the code would change\"),", "Some(at) => { let _ = fault(self.around(at), \"\"); Vec::new() }",
     "fix::verify::tests::code_beside_a_new_docstring_is_seen"),
    ("other words than were meant", "fix/verify/mod.rs", "if let Some(fault) = self.misread(edits, &after) {", "if let Some(fault) = self.misread(edits, &after).filter(|_| false) {",
     "fix::verify::tests::other_words_than_were_meant_are_seen"),
    ("bytes beside the edits", "fix/verify/mod.rs", "if !is_exact(self.bytes, patched) {", "if false {",
     "fix::verify::tests::a_byte_elsewhere_is_seen"),
    # What leaves.
    ("secrets are masked", "fix/words/ask.rs", "part.text = masked.into_owned();", "let _ = masked;",
     "it:asking::secrets_stay_here"),
    ("symbols with secrets are skipped", "fix/words/ask.rs", "if secrets > 0 && terms.skip_secrets {", "if false {",
     "it:asking::secrets_stay_here"),
    ("keys by their beginnings", "ai/secrets.rs", "word.starts_with(prefix) && word.len() >= *least);\n    if known.any", "false && word.starts_with(prefix) && word.len() >= *least);\n    if known.any",
     "ai::secrets::tests::keys_and_tokens_are_masked_in_their_shape"),
    ("private keys", "ai/secrets.rs", "let mut found = private_keys(text);", "let mut found = private_keys(\"\");",
     "ai::secrets::tests::private_keys_passwords_and_random_literals_are_masked"),
    ("passwords in addresses", "ai/secrets.rs", "passwords(text).into_iter()", "passwords(\"\").into_iter()",
     "ai::secrets::tests::private_keys_passwords_and_random_literals_are_masked"),
    ("what is given to a name", "ai/secrets.rs", ".chain(named(text))", ".chain(named(\"\"))",
     "ai::secrets::tests::what_is_given_to_a_name_that_tells_of_secrets_is_masked"),
    ("random literals", "ai/secrets.rs", "is_in_quotes(text, range) && is_random(word)\n}\n\n/// The part", "false\n}\n\n/// The part",
     "ai::secrets::tests::private_keys_passwords_and_random_literals_are_masked"),
    ("keys are marked in headers", "ai/transport.rs", "value.set_sensitive(true);", "",
     "ai::tests::an_answer_is_had_and_paid_for"),
    ("a mark that nobody guesses", "fix/words/prompt.rs", ".take(10)", ".take(1)",
     "it:asking::styles_are_kept_and_instructions_in_the_source_are_data"),
    ("a mark that nothing holds", "fix/words/prompt.rs", "if !is_held(&mark) {", "if true || !is_held(&mark) {",
     "fix::words::prompt::tests::a_mark_is_none_that_the_source_holds"),
    # What is shown.
    ("providers repeat the key", "ai/client/fault.rs", "masked(&self.account.hidden(what)).0.into_owned()", "what.to_owned()",
     "ai::tests::what_does_not_pass_is_never_asked_again"),
    ("an account shows no key", "ai/account.rs", '.field("model", &self.model)\n', '.field("model", &self.model)\n            .field("key", &self.key.as_ref().map(|it| it.expose_secret().to_owned()))\n',
     "ai::tests::an_answer_is_had_and_paid_for"),
    ("secrets of the environment", "ai/redaction.rs", "let text = self.without_known(text);", "let text = text.to_owned();",
     "ai::redaction::tests::what_the_environment_holds_is_known_in_every_spelling"),
    ("users in addresses", "ai/redaction.rs", "without(&text, &users(&text))", "without(&text, &[])",
     "ai::redaction::tests::bearers_and_users_are_hidden_whoever_they_are"),
    ("bearers", "ai/redaction.rs", "without(&text, &bearers(&text))", "without(&text, &[])",
     "ai::redaction::tests::bearers_and_users_are_hidden_whoever_they_are"),
    ("what looks like a secret is not shown", "ai/redaction.rs", "masked(&text).0.into_owned()", "text",
     "ai::redaction::tests::bearers_and_users_are_hidden_whoever_they_are"),
    ("logs are redacted", "cli/log/line.rs", "let text = self.redactor.redacted(text);\n", "let text = text.to_owned();\n", "cli::log::line::tests::secrets_are_taken_out_of_the_whole_line"),
    # What is written.
    ("nothing is written through a link", "fix/write/mod.rs", "fs::symlink_metadata(&at).is_ok_and(|it| it.is_symlink())", "false",
     "it:fix::nothing_is_written_through_a_link_or_outside_or_into_a_submodule"),
    ("nothing is written into a submodule", "fix/write/mod.rs", "parts.peek().is_some() && fs::symlink_metadata(at.join(\".git\")).is_ok()", "parts.peek().is_some() && false",
     "it:fix::nothing_is_written_through_a_link_or_outside_or_into_a_submodule"),
    ("what is saved meanwhile is put back", "fix/write/mod.rs", "if is_plainly(fresh, old) {", "if true {",
     "fix::write::tests::what_was_saved_while_files_changed_places_is_put_back"),
]

# No test takes so many seconds.
PATIENCE = 90
KINDS = {"it:": ["--test", "it"], "": ["--lib"]}
passed = failed = 0


def judge(what, right, why=""):
    """Counts a verdict, and tells of a bad one."""
    global passed, failed
    passed += bool(right)
    failed += not right
    if not right:
        print(f"FAILED: {what}: {why}", flush=True)


def parts(test):
    """Where a test lies: the part of `cargo test`, or the script; and its name."""
    for kind in ("it:", "judge:"):
        if test.startswith(kind):
            return kind, test.removeprefix(kind)
    return "", test


def is_there(test):
    """Whether a test is where it is said to be."""
    kind, name = parts(test)
    if kind == "judge:":
        script, part = name.split()
        return f"def {part}(" in (ROOT / "tests/judges" / script).read_text()
    folders = name.split("::")[:-1]
    root = ROOT / ("tests/it" if kind else "src")
    inner = [it for it in folders if it != "tests"]
    places = [root.joinpath(*inner).with_suffix(".rs"), root.joinpath(*inner, "mod.rs"), root.joinpath(*folders).with_suffix(".rs")]
    found = [it.read_text() for it in places if it.exists()]
    return any(re.search(rf"fn {name.split('::')[-1]}\b", it) for it in found)


def ended(command, tree, environment):
    """The exit code of a command, none where it does not end; and what it printed."""
    process = subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        said, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, said
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return None, process.communicate()[0]


def fails(tree, test, environment):
    """Whether a test runs and fails; and what it printed."""
    kind, name = parts(test)
    if kind == "judge:":
        built = subprocess.run(["cargo", "build", "--locked", "--quiet"], cwd=tree, env=environment, capture_output=True, text=True)
        if built.returncode:
            return None, built.stderr
        target = pathlib.Path(environment["CARGO_TARGET_DIR"]) / "debug"
        environment = environment | {"PATH": f"{target}:{environment['PATH']}"}
        code, said = ended([sys.executable, tree / "tests/judges" / name.split()[0], *name.split()[1:]], tree, environment)
        return code is None or code != 0 and "FAILED" in said, said
    command = ["cargo", "test", "--locked", "--quiet", *KINDS[kind]]
    built = subprocess.run([*command, "--no-run"], cwd=tree, env=environment, capture_output=True, text=True)
    if built.returncode:
        return None, built.stderr
    code, said = ended([*command, "--", "--exact", name], tree, environment)
    result = re.search(r"test result: (\w+)\. (\d+) passed; (\d+) failed", said)
    if code is not None and (not result or result[2] + result[3] not in ("10", "01")):
        return None, said
    return code is None or result[1] == "FAILED", said


def take_out(guards):
    """Takes out one guard after another, in a work tree beside the builds."""
    # Cargo tells work trees that share a folder apart by times alone: what is built without a guard must not be taken for it.
    target, tree = ROOT / "target/guards-build", ROOT / "target/guards"
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "remove", "--force", tree], capture_output=True)
    subprocess.run([*git, "add", "--detach", "--force", tree, "HEAD"], check=True, capture_output=True)
    environment = os.environ | {"CARGO_TARGET_DIR": str(target), "CARGO_PROFILE_DEV_OPT_LEVEL": "0", "CARGO_TERM_COLOR": "never"}
    try:
        for name, path, code, without, *tests in guards:
            start, place = time.time(), tree / "src" / path
            whole = place.read_text()
            place.write_text(whole.replace(code, without))
            verdicts = [fails(tree, test, environment) for test in tests]
            place.write_text(whole)
            for test, (verdict, said) in zip(tests, verdicts):
                why = "the code does not build, or there is no such test" if verdict is None else "it passes without the guard"
                judge(f"{name}: {test} fails without it", verdict, f"{why}\n{said[-2000:]}")
            told = ", ".join(tests) if all(it[0] for it in verdicts) else "NOTHING"
            print(f"{name} ({path}): {told} ({time.time() - start:.0f} s)", flush=True)
    finally:
        subprocess.run([*git, "remove", "--force", tree], capture_output=True)


def main():
    for name, path, code, without, *tests in GUARDS:
        count = (ROOT / "src" / path).read_text().count(code)
        judge(f"{name}: its code stands in src/{path}", count == 1, f"{count} times: {code}")
        judge(f"{name}: something else stands there without it", code != without)
        for test in tests:
            judge(f"{name}: there is {test}", is_there(test))
    names = [it[0] for it in GUARDS]
    judge("guards have names of their own", len(set(names)) == len(names))
    if "--take-out" in sys.argv:
        words = sys.argv[sys.argv.index("--take-out") + 1 :]
        first = names.index(words[1]) if words[:1] == ["--from"] else 0
        words = words[2:] if words[:1] == ["--from"] else words
        take_out([it for it in GUARDS[first:] if not words or any(word in it[0] for word in words)])
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
