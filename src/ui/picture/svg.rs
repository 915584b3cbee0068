//! Shapes as SVG. Text becomes outlines, so that it looks the same where our fonts are not, and keeps its words as titles,
//! so that it can be searched and read aloud. Knows shapes, not what they show.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use egui::epaint::{CircleShape, ClippedShape, ColorMode, PathShape, RectShape, TextShape};
use egui::text::LayoutJob;
use egui::{Color32, CornerRadius, Mesh, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use super::letters::{Letters, Run};

/// What the shapes are drawn on.
pub struct Page<'a> {
    /// What the picture is called.
    pub title: &'a str,
    /// Its extent in points.
    pub size: Vec2,
    /// How much larger it is shown.
    pub scale: f32,
    /// What lies under everything.
    pub background: Color32,
}

/// The shapes as a document of its own.
pub fn svg(page: &Page<'_>, shapes: &[ClippedShape]) -> String {
    let whole = Rect::from_min_size(Pos2::ZERO, page.size);
    let mut pen = Pen { body: String::new(), letters: Letters::new(), clips: Vec::new(), blurs: BTreeSet::new() };
    let mut clip = whole;
    for shape in shapes {
        let own = if shape.clip_rect.contains_rect(whole) { whole } else { shape.clip_rect.intersect(whole) };
        if !own.is_positive() {
            continue;
        }
        if own != clip {
            pen.clip(clip, own, whole);
            clip = own;
        }
        pen.shape(&shape.shape);
    }
    pen.clip(clip, whole, whole);

    let (width, height) = (page.size.x, page.size.y);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{}</title>\n",
        short(width * page.scale),
        short(height * page.scale),
        short(width),
        short(height),
        escaped(page.title),
    );
    pen.definitions(&mut text);
    let _ = writeln!(text, "<rect width=\"100%\" height=\"100%\"{}/>", filled(page.background));
    text + &pen.body + "</svg>\n"
}

/// What has been written so far. Writing to a string cannot fail, so what that returns is passed over.
struct Pen {
    body: String,
    letters: Letters,
    clips: Vec<Rect>,
    /// The blurs that were needed, in tenths of points.
    blurs: BTreeSet<u32>,
}

impl Pen {
    /// Ends what was clipped before, and begins what is clipped now.
    fn clip(&mut self, before: Rect, now: Rect, whole: Rect) {
        if before != whole {
            self.body.push_str("</g>\n");
        }
        if now != whole {
            let number = self.clips.iter().position(|known| *known == now).unwrap_or_else(|| {
                self.clips.push(now);
                self.clips.len() - 1
            });
            let _ = writeln!(self.body, "<g clip-path=\"url(#c{number})\">");
        }
    }

    fn definitions(&self, text: &mut String) {
        text.push_str("<defs>\n");
        for (number, outline) in self.letters.outlines().iter().enumerate() {
            let _ = writeln!(text, "<path id=\"g{number}\" d=\"{outline}\"/>");
        }
        for (number, clip) in self.clips.iter().enumerate() {
            let _ = writeln!(text, "<clipPath id=\"c{number}\"><rect{}/></clipPath>", placed(*clip));
        }
        for blur in &self.blurs {
            // egui's blur fades evenly over its width; this is the bell that is as wide.
            let deviation = *blur as f32 / 10.0 / 12_f32.sqrt();
            let _ = writeln!(
                text,
                "<filter id=\"b{blur}\" x=\"-20%\" y=\"-20%\" width=\"140%\" height=\"140%\"><feGaussianBlur \
                 stdDeviation=\"{}\"/></filter>",
                short(deviation)
            );
        }
        text.push_str("</defs>\n");
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            // A callback is for a GPU; ours paints none.
            Shape::Noop | Shape::Callback(_) => {}
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(shape)),
            Shape::Circle(circle) => self.circle(circle),
            Shape::Ellipse(ellipse) => {
                let (at, radius) = (ellipse.center, ellipse.radius);
                let (x, y, rx, ry) = (short(at.x), short(at.y), short(radius.x), short(radius.y));
                let look = filled(ellipse.fill) + &stroked(ellipse.stroke);
                let _ = writeln!(self.body, "<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\"{look}/>");
            }
            Shape::LineSegment { points: [from, to], stroke } => {
                if !stroke.is_empty() {
                    self.path(&format!("M{}L{}", pair(*from), pair(*to)), &stroked(*stroke));
                }
            }
            Shape::Path(path) => self.line(path),
            Shape::Band(band) => {
                let upper = band.points.iter().map(|point| Pos2::new(point.x, point.y.min));
                let lower = band.points.iter().rev().map(|point| Pos2::new(point.x, point.y.max));
                self.line(&PathShape::convex_polygon(upper.chain(lower).collect(), band.fill, band.stroke));
            }
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.text(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => {
                let [a, b, c] = curve.points;
                let stroke = Stroke::new(curve.stroke.width, solid(&curve.stroke.color));
                let look = filled(curve.fill) + &stroked(stroke);
                self.path(&format!("M{}Q{} {}", pair(a), pair(b), pair(c)), &look);
            }
            Shape::CubicBezier(curve) => {
                let [a, b, c, d] = curve.points;
                let stroke = Stroke::new(curve.stroke.width, solid(&curve.stroke.color));
                let look = filled(curve.fill) + &stroked(stroke);
                self.path(&format!("M{}C{} {} {}", pair(a), pair(b), pair(c), pair(d)), &look);
            }
        }
    }

    fn path(&mut self, data: &str, look: &str) {
        if data.is_empty() {
            return;
        }
        let _ = writeln!(self.body, "<path d=\"{data}\"{look}/>");
    }

    fn circle(&mut self, circle: &CircleShape) {
        let look = filled(circle.fill) + &stroked(circle.stroke);
        // egui puts the line of a circle around it, SVG along its edge.
        let radius = if circle.stroke.is_empty() { circle.radius } else { circle.radius + circle.stroke.width / 2.0 };
        let (x, y, r) = (short(circle.center.x), short(circle.center.y), short(radius));
        let _ = writeln!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{look}/>");
    }

    fn line(&mut self, path: &PathShape) {
        let Some((first, rest)) = path.points.split_first() else { return };
        let mut data = format!("M{}L", pair(*first));
        for (at, point) in rest.iter().enumerate() {
            if at > 0 {
                data.push(' ');
            }
            data += &pair(*point);
        }
        if path.closed {
            data.push('Z');
        }
        let stroke = Stroke::new(path.stroke.width, solid(&path.stroke.color));
        let fill = if path.closed { path.fill } else { Color32::TRANSPARENT };
        self.path(&data, &(filled(fill) + &stroked(stroke)));
    }

    fn rect(&mut self, shape: &RectShape) {
        let mut look = filled(shape.fill);
        if shape.blur_width > 0.0 {
            let tenths = (shape.blur_width * 10.0).round() as u32;
            self.blurs.insert(tenths);
            let _ = write!(look, " filter=\"url(#b{tenths})\"");
        }
        if shape.angle != 0.0 {
            let at = shape.rect.center();
            let _ = write!(look, " transform=\"rotate({} {})\"", short(shape.angle.to_degrees()), pair(at));
        }
        // SVG draws a line along the middle of an edge.
        let stroke = shape.stroke;
        let out = match shape.stroke_kind {
            _ if stroke.is_empty() => 0.0,
            StrokeKind::Inside => -stroke.width / 2.0,
            StrokeKind::Middle => 0.0,
            StrokeKind::Outside => stroke.width / 2.0,
        };
        look += &stroked(stroke);
        let rect = shape.rect.expand(out);
        if rect.is_negative() {
            return;
        }
        let CornerRadius { nw, ne, sw, se } = shape.corner_radius;
        if nw == ne && ne == sw && sw == se {
            let most = rect.size().min_elem() / 2.0;
            let radius = if nw == 0 { 0.0 } else { (f32::from(nw) + out).clamp(0.0, most) };
            if radius > 0.0 {
                let _ = write!(look, " rx=\"{}\"", short(radius));
            }
            let _ = writeln!(self.body, "<rect{}{look}/>", placed(rect));
        } else {
            self.path(&rounded(rect, shape.corner_radius), &look);
        }
    }

    /// Triangles, those of one colour that follow each other as one path; two that make a rectangle as one shape, so that no
    /// seam shows between them.
    fn mesh(&mut self, mesh: &Mesh) {
        let mut data = String::new();
        let mut colour = Color32::TRANSPARENT;
        let mut rest = mesh.indices.as_slice();
        while let [a, b, c, after @ ..] = rest {
            let (corners, after) = match after {
                [c_again, b_again, d, after @ ..] if c == c_again && b == b_again => (vec![*a, *b, *d, *c], after),
                _ => (vec![*a, *b, *c], after),
            };
            rest = after;
            let corners: Vec<_> = corners.iter().filter_map(|corner| mesh.vertices.get(*corner as usize)).collect();
            let Some((first, others)) = corners.split_first() else { continue };
            if first.color != colour {
                self.path(&data, &filled(colour));
                data.clear();
                colour = first.color;
            }
            let _ = write!(data, "M{}L", pair(first.pos));
            let others: Vec<String> = others.iter().map(|corner| pair(corner.pos)).collect();
            data += &others.join(" ");
            data.push('Z');
        }
        self.path(&data, &filled(colour));
    }

    fn text(&mut self, shape: &TextShape) {
        let galley = &shape.galley;
        let words = galley.job.text.trim();
        if words.is_empty() {
            return;
        }
        // The letters of icons mean nothing to who reads them.
        let spoken: String = words.chars().filter(|letter| !('\u{E000}'..='\u{F8FF}').contains(letter)).collect();
        self.body.push_str("<g>");
        if !spoken.trim().is_empty() {
            let _ = write!(self.body, "<title>{}</title>", escaped(spoken.trim()));
        }
        let mut left = Sections { job: &galley.job, at: 0 };
        for row in &galley.rows {
            let mut pieces: Vec<Piece> = Vec::new();
            for glyph in &row.glyphs {
                let section = left.section_of(glyph.chr);
                let format = &galley.job.sections[section].format;
                let font = self.letters.font_of(glyph.chr, &format.font_id);
                let colour = shape.override_text_color.unwrap_or(format.color);
                let colour = if colour == Color32::PLACEHOLDER { shape.fallback_color } else { colour };
                let own = (section, colour.gamma_multiply(shape.opacity_factor));
                let follows = glyph.advance_width == 0.0 || glyph.chr.is_whitespace();
                match pieces.last_mut() {
                    Some(piece) if piece.own == own && (follows || piece.font == font) => piece.text.push(glyph.chr),
                    _ => {
                        let at = shape.pos + row.pos.to_vec2() + glyph.pos.to_vec2();
                        let size = format.font_id.size;
                        pieces.push(Piece { own, font, text: glyph.chr.to_string(), at, size });
                    }
                }
            }
            pieces.iter().for_each(|piece| self.piece(piece));
            if row.ends_with_newline {
                left.section_of('\n');
            }
        }
        self.body.push_str("</g>\n");
    }

    fn piece(&mut self, piece: &Piece) {
        let look = filled(piece.own.1);
        match self.letters.run(&piece.text, piece.font.as_deref(), piece.size) {
            Run::Drawn { unit, lower, letters } => {
                if letters.is_empty() {
                    return;
                }
                let (x, y) = (short(piece.at.x), short(piece.at.y + lower));
                let unit = format!("{unit:.6}");
                let _ = write!(self.body, "<g transform=\"translate({x} {y}) scale({unit} -{unit})\"{look}>");
                for (number, right, up) in letters {
                    let _ = write!(self.body, "<use xlink:href=\"#g{number}\"");
                    if right != 0 {
                        let _ = write!(self.body, " x=\"{right}\"");
                    }
                    if up != 0 {
                        let _ = write!(self.body, " y=\"{up}\"");
                    }
                    self.body.push_str("/>");
                }
                self.body.push_str("</g>");
            }
            Run::Foreign => {
                let (x, y, size) = (short(piece.at.x), short(piece.at.y), short(piece.size));
                let text = escaped(&piece.text);
                let _ = write!(
                    self.body,
                    "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-family=\"sans-serif\"{look}>{text}</text>"
                );
            }
        }
    }
}

/// Letters of one font and one colour in a row.
struct Piece {
    own: (usize, Color32),
    font: Option<String>,
    text: String,
    at: Pos2,
    size: f32,
}

/// Finds the section of each letter of a text that was laid out, in order.
struct Sections<'a> {
    job: &'a LayoutJob,
    at: usize,
}

impl Sections<'_> {
    /// The section of the next letter; of the last one for the ellipsis where text was cut off.
    fn section_of(&mut self, letter: char) -> usize {
        let at = self.at;
        if self.job.text[at..].starts_with(letter) {
            self.at += letter.len_utf8();
        }
        let sections = &self.job.sections;
        sections.partition_point(|section| section.byte_range.end.0 <= at).min(sections.len().saturating_sub(1))
    }
}

/// A rectangle whose corners differ.
fn rounded(rect: Rect, CornerRadius { nw, ne, sw, se }: CornerRadius) -> String {
    let most = rect.size().min_elem() / 2.0;
    let [nw, ne, se, sw] = [nw, ne, se, sw].map(|radius| f32::from(radius).min(most));
    let arc = |radius: f32, x: f32, y: f32| format!("a{0} {0} 0 0 1 {1} {2}", short(radius), short(x), short(y));
    format!(
        "M{}H{}{}V{}{}H{}{}V{}{}Z",
        pair(rect.left_top() + Vec2::new(nw, 0.0)),
        short(rect.right() - ne),
        arc(ne, ne, ne),
        short(rect.bottom() - se),
        arc(se, -se, se),
        short(rect.left() + sw),
        arc(sw, -sw, -sw),
        short(rect.top() + nw),
        arc(nw, nw, -nw),
    )
}

/// The place and extent of a rectangle.
fn placed(rect: Rect) -> String {
    let (at, size) = (rect.min, rect.size());
    let (x, y, width, height) = (short(at.x), short(at.y), short(size.x), short(size.y));
    format!(" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

fn filled(colour: Color32) -> String {
    if colour == Color32::TRANSPARENT { " fill=\"none\"".to_owned() } else { inked("fill", colour) }
}

fn stroked(stroke: Stroke) -> String {
    if stroke.is_empty() {
        return String::new();
    }
    let width = if stroke.width == 1.0 { String::new() } else { format!(" stroke-width=\"{}\"", short(stroke.width)) };
    inked("stroke", stroke.color) + &width
}

/// A colour as SVG has it: what covers, and how much.
fn inked(what: &str, colour: Color32) -> String {
    let [r, g, b, a] = colour.to_srgba_unmultiplied();
    let opacity = if a == 255 { String::new() } else { format!(" {what}-opacity=\"{:.3}\"", f32::from(a) / 255.0) };
    format!(" {what}=\"#{r:02x}{g:02x}{b:02x}\"{opacity}")
}

/// The colour of a path that has one; none of ours runs from one into another.
fn solid(colour: &ColorMode) -> Color32 {
    match colour {
        ColorMode::Solid(colour) => *colour,
        ColorMode::UV(colour) => colour(Rect::ZERO, Pos2::ZERO),
    }
}

fn pair(at: Pos2) -> String {
    format!("{} {}", short(at.x), short(at.y))
}

/// A number as short as hundredths can be written.
fn short(number: f32) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text as XML has it. Control letters have no place there.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
