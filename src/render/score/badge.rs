//! The badge: an SVG like those of shields.io, drawn here so that nobody has to be asked for it.

use super::{ScoreTotal, percent};

const LABEL: &str = "docstrings";

/// The badge of a total.
pub fn badge(total: &ScoreTotal) -> String {
    let percent = percent(total.score);
    let value = if total.symbols == 0 {
        "none".to_owned()
    } else if percent >= 100.0 {
        "100%".to_owned()
    } else {
        // 99.6 is not 100.
        format!("{:.0}%", percent.floor())
    };
    let colour = match percent {
        _ if total.symbols == 0 => "#9f9f9f",
        95.0.. => "#4c1",
        85.0.. => "#97ca00",
        70.0.. => "#dfb317",
        50.0.. => "#fe7d37",
        _ => "#e05d44",
    };
    let (left, right) = (width(LABEL), width(&value));
    let (all, first, second) = (left + right, left * 5, left * 10 + right * 5);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all}\" height=\"20\" role=\"img\" \
         aria-label=\"{LABEL}: {value}\">\n\
         <title>{LABEL}: {value}</title>\n\
         <linearGradient id=\"s\" x2=\"0\" y2=\"100%\"><stop offset=\"0\" stop-color=\"#bbb\" stop-opacity=\".1\"/>\
         <stop offset=\"1\" stop-opacity=\".1\"/></linearGradient>\n\
         <clipPath id=\"r\"><rect width=\"{all}\" height=\"20\" rx=\"3\" fill=\"#fff\"/></clipPath>\n\
         <g clip-path=\"url(#r)\"><rect width=\"{left}\" height=\"20\" fill=\"#555\"/>\
         <rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"{colour}\"/>\
         <rect width=\"{all}\" height=\"20\" fill=\"url(#s)\"/></g>\n\
         <g fill=\"#fff\" text-anchor=\"middle\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" \
         text-rendering=\"geometricPrecision\" font-size=\"110\">\n\
         <text aria-hidden=\"true\" x=\"{first}\" y=\"150\" fill=\"#010101\" fill-opacity=\".3\" transform=\"scale(.1)\">\
         {LABEL}</text><text x=\"{first}\" y=\"140\" transform=\"scale(.1)\">{LABEL}</text>\n\
         <text aria-hidden=\"true\" x=\"{second}\" y=\"150\" fill=\"#010101\" fill-opacity=\".3\" transform=\"scale(.1)\">\
         {value}</text><text x=\"{second}\" y=\"140\" transform=\"scale(.1)\">{value}</text>\n\
         </g>\n</svg>\n"
    )
}

/// What a badge says; `None` of what is none of docgen's.
pub fn text(badge: &str) -> Option<&str> {
    let (_, rest) = badge.split_once("<title>")?;
    let (text, _) = rest.split_once("</title>")?;
    text.starts_with(LABEL).then_some(text)
}

/// The width of a text and the space around it, in pixels, in Verdana of 11 pixels.
fn width(text: &str) -> u32 {
    let tenths: u32 = text
        .chars()
        .map(|c| match c {
            'i' | 'l' => 30,
            't' | 'r' => 45,
            'c' | 's' => 57,
            '%' => 118,
            _ => 70,
        })
        .sum();
    tenths / 10 + 10
}
