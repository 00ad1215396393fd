//! Charts as SVG, drawn here: a page that asks nobody for a script.

use std::fmt::Write as _;

use crate::render::xml::xml;

/// The size of a chart of lines; the page gives it about as many pixels.
const WIDTH: f64 = 260.0;
const HEIGHT: f64 = 110.0;
/// What is left free: for the dot at the end, and for the line's own width.
const SIDE: f64 = 8.0;
const ABOVE: f64 = 16.0;
const BELOW: f64 = 10.0;

/// A value, and what is told of it.
pub(super) struct Point {
    pub(super) value: Option<f64>,
    pub(super) told: String,
}

/// A value in its place, and what is told of it.
type Dot<'p> = (f64, f64, &'p str);

/// Values one after another, from 0 to `most` or to somewhat more than the largest of them, which `told` says at the top. What
/// has no value is skipped.
pub(super) fn line(
    title: &str,
    points: &[Point],
    most: Option<f64>,
    told: fn(f64) -> String,
) -> String {
    let largest = points.iter().filter_map(|it| it.value).fold(0.0, f64::max);
    let most = most.unwrap_or(largest * 1.1).max(f64::MIN_POSITIVE);
    let dots = dots(points, most);
    let (left, right, bottom) = (SIDE, WIDTH - SIDE, HEIGHT - BELOW);
    let mut svg = format!(
        "<svg class=\"line\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        xml(title)
    );
    if largest > 0.0 {
        let top = told(most);
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            "<text x=\"{left}\" y=\"{}\">{}</text>",
            ABOVE - 5.0,
            xml(&top)
        );
    }
    for share in [0.0, 0.5, 1.0] {
        let y = bottom - share * (bottom - ABOVE);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{left}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\"/>"
        );
    }
    if let (Some(first), Some(last)) = (dots.first(), dots.last()) {
        let path: Vec<String> = dots
            .iter()
            .map(|it| format!("{:.1} {:.1}", it.0, it.1))
            .collect();
        let path = path.join(" L");
        let (from, to) = (first.0, last.0);
        let _ = write!(
            svg,
            "<path class=\"area\" d=\"M{from:.1} {bottom} L{path} L{to:.1} {bottom} Z\"/>\
             <path class=\"stroke\" d=\"M{path}\"/>"
        );
    }
    for (at, (x, y, told)) in dots.iter().enumerate() {
        let is_last = at + 1 == dots.len();
        let (class, radius) = if is_last {
            ("dot last", 4.5)
        } else {
            ("dot", 2.5)
        };
        let _ = write!(
            svg,
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\"><title>{}</title></circle>",
            xml(told)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Where the values lie; a single one at the end of the line.
#[expect(clippy::cast_precision_loss, reason = "a few dozens")]
fn dots(points: &[Point], most: f64) -> Vec<Dot<'_>> {
    let (left, right, bottom) = (SIDE, WIDTH - SIDE, HEIGHT - BELOW);
    let steps = points.len().saturating_sub(1);
    let dot = |(at, point): (usize, &'_ Point)| {
        let share = if steps == 0 {
            1.0
        } else {
            at as f64 / steps as f64
        };
        let height = (point.value? / most).clamp(0.0, 1.0) * (bottom - ABOVE);
        Some((left + share * (right - left), bottom - height))
    };
    let places = points.iter().enumerate().map(dot);
    let told = places.zip(points).filter_map(|(place, point)| {
        let (x, y) = place?;
        Some((x, y, point.told.as_str()))
    });
    told.collect()
}

/// Parts of a `whole`, side by side: of each its class, its share and what is told of it.
pub(super) fn stack(title: &str, parts: &[(&str, u64, String)], whole: u64) -> String {
    let mut svg = format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
        xml(title)
    );
    let mut x = 0.0;
    for (class, count, told) in parts.iter().filter(|it| it.1 > 0) {
        #[expect(clippy::cast_precision_loss, reason = "counts of symbols")]
        let width = *count as f64 * 100.0 / whole.max(1) as f64;
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"{x:.3}\" y=\"0\" width=\"{width:.3}\" height=\"10\"><title>{}</title></rect>",
            xml(told)
        );
        x += width;
    }
    svg.push_str("</svg>");
    svg
}

/// Where half, 95 and 99 of 100 lie between the shortest and the longest time of a page, both in seconds: equal ways
/// are equal factors.
pub(super) fn spread(
    title: &str,
    [p50, p95, p99]: [f64; 3],
    (shortest, longest): (f64, f64),
) -> String {
    let place = |it: f64| {
        let (low, high) = (shortest.max(1e-6).ln(), longest.max(1e-5).ln());
        let share = (it.max(1e-6).ln() - low) / (high - low).max(1e-9);
        share.clamp(0.0, 1.0) * 98.0 + 1.0
    };
    let (half, most, nearly_all) = (place(p50), place(p95), place(p99));
    format!(
        "<svg class=\"bar spread\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">\
         <rect class=\"rail\" x=\"0\" y=\"4.5\" width=\"100\" height=\"1\"/>\
         <rect class=\"far\" x=\"{half:.2}\" y=\"3\" width=\"{:.2}\" height=\"4\"/>\
         <rect class=\"near\" x=\"{half:.2}\" y=\"2\" width=\"{:.2}\" height=\"6\"/>\
         <rect class=\"half\" x=\"{:.2}\" y=\"0\" width=\"0.9\" height=\"10\"/></svg>",
        xml(title),
        (nearly_all - half).max(0.4),
        (most - half).max(0.4),
        half - 0.45,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(value: Option<f64>) -> Point {
        Point {
            value,
            told: "<told>".to_owned(),
        }
    }

    #[test]
    fn lines_stay_in_their_frame_and_escape_what_is_told() {
        let values = [Some(0.0), None, Some(50.0), Some(1e9)];
        let svg = line("a \"b\"", &values.map(point), Some(100.0), |it| {
            it.to_string()
        });
        assert!(svg.contains("aria-label=\"a &quot;b&quot;\""), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 3);
        assert!(svg.contains("<title>&lt;told&gt;</title>"), "{svg}");
        let first = "M8.0 100.0 L170.7 58.0 L252.0 16.0";
        assert!(svg.contains(first), "no higher than the frame: {svg}");
        assert!(
            svg.contains(">100</text>"),
            "what the top stands for: {svg}"
        );
        for points in [vec![], vec![point(None)], vec![point(Some(0.0))]] {
            let svg = line("", &points, None, |it| it.to_string());
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }

    #[test]
    fn parts_fill_the_whole() {
        let part = |count| ("mended", count, String::new());
        let svg = stack("", &[part(1), part(0), part(3)], 4);
        assert!(
            svg.contains("x=\"25.000\" y=\"0\" width=\"75.000\""),
            "{svg}"
        );
        assert!(!stack("", &[part(0)], 0).contains("rect"));
    }

    #[test]
    fn a_spread_is_drawn_of_any_times() {
        for times in [[0.0; 3], [1e-9, 1.0, 1e9], [f64::MAX; 3]] {
            let svg = spread("", times, (0.0, 0.0));
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }
}
