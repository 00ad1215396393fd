//! A run as a page by itself: no script, no font, no picture from anywhere.

use std::fmt::Write as _;

use super::chart::{self, Point};
use super::words::{bytes, counted, dollars, grouped, percent, rate, seconds, title, verdict};
use super::{Recount, chart::line};
use crate::meter::{Fate, Record, SymbolRecord, Timing, moment};
use crate::render::xml::xml;

/// So many symbols of a kind are listed.
const LISTED: usize = 2000;
/// So many files are drawn.
const FILES: usize = 12;

pub(super) fn draw(recount: &Recount) -> String {
    let run = &recount.run;
    let mut page = String::new();
    head(&mut page, run);
    tiles(&mut page, run);
    outcomes(&mut page, run);
    trend(&mut page, recount);
    times(&mut page, run);
    files(&mut page, recount);
    faults(&mut page, run);
    for fate in Fate::ALL {
        symbols(&mut page, fate, &recount.symbols(fate), run);
    }
    // Writing to a string cannot fail.
    let _ = write!(
        page,
        "<footer>Run <code>{}</code>, docgen {}{}.</footer>\n</main>\n</body>\n</html>\n",
        xml(&run.id),
        xml(&run.version),
        machine(run)
    );
    page
}

fn head(page: &mut String, run: &Record) {
    let (command, project) = (xml(&run.command), xml(&run.project));
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>docgen {command}: {project}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n\
         <header><h1>docgen {command}: {project}</h1>\n<p class=\"verdict\">{}</p>\n<p>{}",
        include_str!("page.css"),
        xml(&verdict(run)),
        moment(run.began).replace('T', " ").replace('Z', " UTC")
    );
    if let (Some(provider), Some(model)) = (&run.provider, &run.model) {
        let _ = write!(page, " · {} ({})", xml(model), xml(provider));
    }
    let _ = write!(page, " · {} · exit {}", seconds(run.seconds), run.exit_code);
    page.push_str("</p></header>\n");
}

fn tiles(page: &mut String, run: &Record) {
    let mut tiles: Vec<(String, String)> = Vec::new();
    let mut tile = |value: String, what: &str| tiles.push((value, what.to_owned()));
    let outcomes = run.outcomes;
    match (run.score_before, run.score) {
        (Some(before), Some(after)) if run.command != "score" => {
            tile(
                percent(after),
                &format!("score, {} before", percent(before)),
            );
        }
        (_, Some(after)) => tile(percent(after), "score"),
        _ => {}
    }
    if run.command == "score" {
        tile(grouped(outcomes.all()), "symbols");
        tile(grouped(outcomes.wanting()), "incomplete");
    } else {
        tile(rate(run.success_rate()), "success rate");
        tile(grouped(outcomes.mended), "symbols mended");
    }
    if run.model.is_some() {
        let tokens = run.tokens;
        tile(dollars(run.dollars()), "cost");
        tile(
            grouped(tokens.input + tokens.output),
            &format!("tokens, {} of them answers", grouped(tokens.output)),
        );
        let retries = match run.retries {
            1 => "requests, 1 retry".to_owned(),
            count => format!("requests, {} retries", grouped(count)),
        };
        tile(grouped(run.requests), &retries);
        tile(rate(run.cache.hit_rate()), "answers from the store");
    }
    tile(seconds(run.seconds), "time");
    if let Some(peak) = run.process.peak_memory {
        tile(bytes(peak), "peak memory");
    }
    page.push_str("<div class=\"tiles\">\n");
    for (value, what) in tiles {
        let _ = writeln!(
            page,
            "<div class=\"tile\"><b>{}</b><span>{}</span></div>",
            xml(&value),
            xml(&what)
        );
    }
    page.push_str("</div>\n");
}

fn outcomes(page: &mut String, run: &Record) {
    let order = [
        Fate::Complete,
        Fate::Mended,
        Fate::Partly,
        Fate::Untouched,
        Fate::Refused,
    ];
    let parts = order.map(|fate| {
        let count = run.outcomes.count(fate);
        let told = format!("{}: {}", name(fate, run), counted(count, "symbol"));
        (fate.word(), count, told)
    });
    let _ = write!(
        page,
        "<section>\n<h2>{}</h2>\n{}\n<ul class=\"legend\">",
        counted(run.outcomes.all(), "symbol"),
        chart::stack("What became of the symbols", &parts, run.outcomes.all())
    );
    for fate in order.into_iter().filter(|it| run.outcomes.count(*it) > 0) {
        let (class, count) = (fate.word(), run.outcomes.count(fate));
        let _ = write!(
            page,
            "<li><i class=\"{class}\"></i>{} <b>{}</b></li>",
            name(fate, run),
            grouped(count)
        );
    }
    page.push_str("</ul>\n</section>\n");
}

/// What became of symbols; a run that mends nothing finds them complete or not.
fn name(fate: Fate, run: &Record) -> &'static str {
    match (run.command.as_str(), fate) {
        ("score", Fate::Complete) => "Complete",
        ("score", _) => "Incomplete",
        _ => title(fate),
    }
}

fn trend(page: &mut String, recount: &Recount) {
    let runs = recount.trend();
    if runs.len() < 2 {
        return;
    }
    let run = &recount.run;
    let mut charts = String::new();
    let mut add = |name: &str, value: fn(&Record) -> Option<f64>, most, told: fn(f64) -> String| {
        let point = |it: &&Record| Point {
            value: value(it),
            told: format!(
                "{}: {}",
                moment(it.began),
                value(it).map(told).unwrap_or_default()
            ),
        };
        let points: Vec<Point> = runs.iter().map(point).collect();
        if points.iter().any(|it| it.value.is_some()) {
            let now = value(run).map_or_else(|| "–".to_owned(), told);
            let drawn = line(
                &format!("{name} over the last {} runs", runs.len()),
                &points,
                most,
                told,
            );
            let _ = writeln!(charts, "<div><h3>{name} <b>{now}</b></h3>{drawn}</div>");
        }
    };
    if run.command != "score" {
        add("Success rate", Record::success_rate, Some(1.0), |it| {
            rate(Some(it))
        });
    }
    add("Score", |it| it.score, Some(100.0), percent);
    if run.model.is_some() {
        add("Cost", |it| Some(it.dollars()), None, dollars);
    }
    add("Time", |it| Some(it.seconds), None, seconds);
    let _ = write!(
        page,
        "<section>\n<h2>The last {} runs here</h2>\n<div class=\"trends\">\n{charts}</div>\n</section>\n",
        runs.len()
    );
}

fn times(page: &mut String, run: &Record) {
    let shortest = run.timings.iter().map(|it| it.p50).fold(f64::MAX, f64::min);
    let longest = run.timings.iter().map(|it| it.p99).fold(0.0, f64::max);
    if run.timings.is_empty() {
        return;
    }
    page.push_str("<section>\n<h2>What took how long</h2>\n<div class=\"rows\">\n");
    for it in &run.timings {
        let told = [it.p50, it.p95, it.p99].map(seconds).join(" / ");
        let drawn = chart::spread(
            &format!("{}: {told}", it.name),
            [it.p50, it.p95, it.p99],
            (shortest, longest),
        );
        let _ = writeln!(
            page,
            "<div class=\"name\">{}</div>{drawn}<div class=\"value\">{told}</div>",
            xml(&it.name)
        );
    }
    page.push_str(
        "</div>\n<p class=\"note\">The mark is the median; the bars end where 95 and 99 of 100 took no longer. \
         Equal ways are equal factors.</p>\n<div class=\"scroll\"><table>\n<tr><th></th><th class=\"number\">times</th>\
         <th class=\"number\">went well</th><th class=\"number\">mean</th><th class=\"number\">p50</th>\
         <th class=\"number\">p95</th><th class=\"number\">p99</th><th class=\"number\">together</th></tr>\n",
    );
    for it in &run.timings {
        operation(page, it);
    }
    page.push_str("</table></div>\n</section>\n");
}

fn operation(page: &mut String, it: &Timing) {
    let _ = write!(
        page,
        "<tr><td class=\"name\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>",
        xml(&it.name),
        grouped(it.count),
        rate(it.success_rate())
    );
    for time in [it.mean, it.p50, it.p95, it.p99, it.total] {
        let _ = write!(page, "<td class=\"number\">{}</td>", seconds(time));
    }
    page.push_str("</tr>\n");
}

fn files(page: &mut String, recount: &Recount) {
    let files = recount.files();
    if files.len() < 2 {
        return;
    }
    let most = files.first().map_or(0, |it| it.1.len() as u64);
    page.push_str("<section>\n<h2>Files that lacked the most</h2>\n<div class=\"rows\">\n");
    for (path, symbols) in files.iter().take(FILES) {
        let parts = [Fate::Mended, Fate::Partly, Fate::Untouched, Fate::Refused].map(|fate| {
            let count = symbols.iter().filter(|it| it.fate == fate).count() as u64;
            let told = format!("{}: {}", name(fate, &recount.run), counted(count, "symbol"));
            (fate.word(), count, told)
        });
        let _ = writeln!(
            page,
            "<div class=\"name\"><code>{}</code></div>{}<div class=\"value\">{}</div>",
            xml(path),
            chart::stack(path, &parts, most),
            counted(symbols.len() as u64, "symbol")
        );
    }
    page.push_str("</div>\n");
    if let Some(more) = files.len().checked_sub(FILES).filter(|it| *it > 0) {
        let _ = writeln!(
            page,
            "<p class=\"note\">And {}.</p>",
            counted(more as u64, "more file")
        );
    }
    page.push_str("</section>\n");
}

fn faults(page: &mut String, run: &Record) {
    if run.faults.is_empty() {
        return;
    }
    page.push_str("<section>\n<h2>What went wrong</h2>\n<div class=\"scroll\"><table>\n");
    for it in run.faults.iter().take(10) {
        let _ = writeln!(
            page,
            "<tr><td class=\"number\">{}</td><td>{}</td><td class=\"why\">{}</td></tr>",
            grouped(it.count),
            xml(&it.kind),
            xml(&it.text)
        );
    }
    page.push_str("</table></div>\n</section>\n");
}

fn symbols(page: &mut String, fate: Fate, symbols: &[&SymbolRecord], run: &Record) {
    if symbols.is_empty() {
        return;
    }
    let (has_words, is_score) = (run.model.is_some(), run.command == "score");
    let tells_why = !is_score && !matches!(fate, Fate::Mended | Fate::Complete);
    let is_open = !matches!(fate, Fate::Mended | Fate::Complete) && symbols.len() <= 200;
    let _ = write!(
        page,
        "<section>\n<details{}><summary>{} <span>({})</span></summary>\n<div class=\"scroll\"><table>\n\
         <tr><th>symbol</th><th class=\"number\">score</th>",
        if is_open { " open" } else { "" },
        name(fate, run),
        grouped(symbols.len() as u64)
    );
    if tells_why {
        page.push_str("<th class=\"number\">left</th><th>why</th>");
    }
    if has_words {
        page.push_str(
            "<th class=\"number\">tries</th><th class=\"number\">tokens</th><th class=\"number\">cost</th>\
             <th class=\"number\">waited</th>",
        );
    }
    page.push_str("</tr>\n");
    for it in symbols.iter().take(LISTED) {
        symbol(page, it, tells_why, has_words);
    }
    page.push_str("</table></div>\n");
    if let Some(more) = symbols.len().checked_sub(LISTED).filter(|it| *it > 0) {
        let _ = writeln!(
            page,
            "<p class=\"note\">And {}.</p>",
            counted(more as u64, "more symbol")
        );
    }
    page.push_str("</details>\n</section>\n");
}

fn symbol(page: &mut String, it: &SymbolRecord, tells_why: bool, has_words: bool) {
    let _ = write!(
        page,
        "<tr><td><code>{}</code><small>{}</small></td><td class=\"number\">{}</td>",
        xml(&it.qualname),
        xml(&it.path),
        it.score.map_or_else(|| "–".to_owned(), percent)
    );
    if tells_why {
        let _ = write!(
            page,
            "<td class=\"number\">{}</td><td class=\"why\">{}</td>",
            grouped(it.left),
            xml(&it.reason)
        );
    }
    if has_words {
        let effort = it.effort;
        let tries = match (effort.tries, effort.is_kept) {
            (0, true) => "kept".to_owned(),
            (tries, _) => grouped(tries),
        };
        #[expect(clippy::cast_precision_loss, reason = "amounts of money")]
        let cost = dollars(effort.micros as f64 / 1e6);
        let tokens = grouped(effort.tokens.input + effort.tokens.output);
        let waited = if effort.tries > 0 {
            seconds(effort.seconds)
        } else {
            "–".to_owned()
        };
        for cell in [tries, tokens, cost, waited] {
            let _ = write!(page, "<td class=\"number\">{cell}</td>");
        }
    }
    page.push_str("</tr>\n");
}

fn machine(run: &Record) -> String {
    let mut text = String::new();
    if let Some(cpu) = run.process.cpu {
        let _ = write!(text, "; {} of CPU", seconds(cpu));
    }
    let machine = run.machine;
    if let Some(cores) = machine.cores {
        let _ = write!(text, " on {}", counted(cores, "core"));
    }
    if let (Some(all), Some(free)) = (machine.memory, machine.free_memory) {
        let _ = write!(text, ", {} of {} memory free", bytes(free), bytes(all));
    }
    if let Some(free) = machine.free_disk {
        let _ = write!(text, ", {} of disk free", bytes(free));
    }
    if let Some(store) = machine.store {
        let _ = write!(text, ", {} in the store", bytes(store));
    }
    text
}
