//! The plot: requests per second at the endpoint, one panel per scenario.

use std::fmt::Write;

use super::Table;

const WIDTH: f64 = 900.0;
/// The height of one panel with its title.
const HEIGHT: f64 = 250.0;
/// The margins around the curves; the legend is on the right.
const LEFT: f64 = 50.0;
const BELOW: f64 = 30.0;
const ABOVE: f64 = 40.0;
const RIGHT: f64 = 270.0;

const COLOURS: [&str; 8] =
    ["#7f7f7f", "#d62728", "#ff7f0e", "#e377c2", "#9467bd", "#1f77b4", "#17becf", "#2ca02c"];

pub(super) fn svg(tables: &[Table]) -> String {
    let height = HEIGHT * tables.len() as f64;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"white\"/>\n"
    );
    for (number, table) in tables.iter().enumerate() {
        let _ = writeln!(out, "<g transform=\"translate(0 {})\">", HEIGHT * number as f64);
        panel(&mut out, table);
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

fn panel(out: &mut String, table: &Table) {
    let scenario = &table.scenario;
    let most = table.rows.iter().flat_map(|(_, row)| &row.attempts).copied().max().unwrap_or(0);
    let (top, end) = (f64::from(most.max(1)), scenario.end.as_secs_f64().max(1.0));
    let x = |second: f64| LEFT + (second / end).min(1.0) * (WIDTH - LEFT - RIGHT);
    let y = |count: f64| HEIGHT - BELOW - count / top * (HEIGHT - BELOW - ABOVE);
    let span = &scenario.trouble.span;
    let (from, to) = (x(span.start.as_secs_f64()), x(span.end.as_secs_f64()));
    let _ = writeln!(
        out,
        "<text x=\"{LEFT}\" y=\"20\" font-weight=\"bold\">Requests/s, {} clients: {}</text>\n\
         <rect x=\"{from:.1}\" y=\"{ABOVE}\" width=\"{:.1}\" height=\"{}\" fill=\"#f3f3f3\"/>",
        scenario.clients,
        scenario.name,
        to - from,
        HEIGHT - BELOW - ABOVE
    );
    for count in [0.0, scenario.rate, top] {
        let _ = writeln!(
            out,
            "<line x1=\"{LEFT}\" x2=\"{0}\" y1=\"{2:.1}\" y2=\"{2:.1}\" stroke=\"#cccccc\"/>\
             <text x=\"{1}\" y=\"{3:.1}\" text-anchor=\"end\">{count}</text>",
            WIDTH - RIGHT,
            LEFT - 5.0,
            y(count),
            y(count) + 4.0
        );
    }
    for second in (0..=scenario.end.as_secs()).step_by(5) {
        let (at, below) = (x(second as f64), HEIGHT - BELOW + 15.0);
        let _ = writeln!(out, "<text x=\"{at:.1}\" y=\"{below}\" text-anchor=\"middle\">{second} s</text>");
    }
    for (number, ((name, row), colour)) in table.rows.iter().zip(COLOURS.iter().cycle()).enumerate() {
        let point = |(second, count): (u32, &u32)| {
            format!("{:.1},{:.1}", x(f64::from(second) + 0.5), y(f64::from(*count)))
        };
        // The last second is not complete.
        let seconds = (0..scenario.end.as_secs() as u32).zip(&row.attempts);
        let points: Vec<_> = seconds.map(point).collect();
        let (line, legend) = (ABOVE + 8.0 + 18.0 * number as f64, WIDTH - RIGHT + 15.0);
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/>\
             <line x1=\"{legend}\" x2=\"{}\" y1=\"{line}\" y2=\"{line}\" stroke=\"{colour}\" stroke-width=\"3\"/>\
             <text x=\"{}\" y=\"{}\">{name}</text>",
            points.join(" "),
            legend + 15.0,
            legend + 20.0,
            line + 4.0
        );
    }
}
