//! What serde makes of a type, in TypeScript.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::error::Error;

use syn::{GenericArgument, PathArguments, Type};

use crate::names::{camel, comment, kebab, pascal};
use crate::source::{Definition, Field, Fields, Kind, Place, Serde, Source, Variant};

/// A result that is declared with all that it holds.
pub(crate) struct Root<'r> {
    pub(crate) name: &'r str,
    pub(crate) path: &'r [&'r str],
    pub(crate) without: &'r [&'r str],
}

/// What types write that write themselves.
const WRITTEN_BY_HAND: &[(&str, &str)] = &[
    ("CountBy", "Record<string, number>"),
    ("Decimal", "number"),
    ("Sentences", "Record<string, string>"),
];

/// What of serde's settings changes nothing of what is written.
const ABOUT_READING: &[&str] = &[
    "bound",
    "default",
    "deny_unknown_fields",
    "deserialize_with",
    "expecting",
    "from",
    "try_from",
];

type Outcome<T> = Result<T, Box<dyn Error>>;
type Roots<'r> = BTreeMap<Place, &'r Root<'r>>;

/// Declarations of results and of all that they hold.
pub(crate) struct Declarations<'s> {
    source: &'s Source,
    names: BTreeMap<Place, String>,
}

/// A type whose fields or variants are written: where its names are looked up, what serde is told of it,
/// and the type that it stands for, which may say more about a field.
struct Part<'p> {
    module: &'p [String],
    serde: &'p Serde,
    stands_for: &'p Definition,
}

impl<'s> Declarations<'s> {
    pub(crate) fn of(
        source: &'s Source,
        roots: &[Root<'_>],
        taken: &BTreeSet<String>,
    ) -> Outcome<String> {
        let place_of = |root: &Root<'_>| {
            let path: Place = root.path.iter().map(|&part| part.to_owned()).collect();
            source.find(&[], &path).ok_or_else(|| format!("no {}", path.join("::")))
        };
        let places: Vec<Place> = roots.iter().map(place_of).collect::<Result<_, _>>()?;
        let roots: Roots<'_> = places.iter().cloned().zip(roots).collect();
        let mut all = Self { source, names: BTreeMap::new() };
        let order = all.reached(places, &roots)?;
        all.names = named(&order, &roots, taken);
        order.iter().map(|place| Ok(format!("\n{}", all.declaration(place, &roots)?))).collect()
    }

    /// All types that get a declaration: the roots, and after each step what those before hold.
    fn reached(&self, places: Vec<Place>, roots: &Roots<'_>) -> Outcome<Vec<Place>> {
        let (mut order, mut next) = (Vec::new(), VecDeque::from(places));
        while let Some(place) = next.pop_front() {
            if order.contains(&place) {
                continue;
            }
            // Without names yet, what a declaration holds is in it by its place.
            let written = self.declaration(&place, roots);
            let written = written.map_err(|error| format!("{}: {error}", place.join("::")))?;
            let held = written.split('‹').skip(1).filter_map(|part| part.split_once('›'));
            next.extend(held.map(|(place, _)| place.split("::").map(str::to_owned).collect()));
            order.push(place);
        }
        Ok(order)
    }

    fn declaration(&self, place: &[String], roots: &Roots<'_>) -> Outcome<String> {
        let definition = self.source.get(place).ok_or("it is nowhere")?;
        let without = roots.get(place).map_or(&[][..], |root| root.without);
        let (module, written) = self.wire(place, definition)?;
        if !written.derived {
            return Err("it is written by hand, and not how is known here".into());
        }
        let known = ["rename_all", "rename_all_fields", "tag", "untagged", "transparent", "into"];
        understood(&written.serde, &known)?;
        let part = Part { module: &module, serde: &written.serde, stands_for: definition };
        let generics = match definition.generics.as_slice() {
            [] => String::new(),
            generics => format!("<{}>", generics.join(", ")),
        };
        let (doc, name) = (comment(&definition.doc, ""), self.name(place) + &generics);
        Ok(match &written.kind {
            Kind::Struct(Fields::Named(fields)) if !fields.iter().any(is_flat) => {
                let body = self.fields(&part, fields, "  ", without)?;
                format!("{doc}export interface {name} {{\n{body}}}\n")
            }
            Kind::Struct(fields) => {
                format!("{doc}export type {name} = {};\n", self.held(&part, fields, "", "")?)
            }
            Kind::Enum(variants) => {
                let each = variants.iter().filter(|variant| !variant.serde.contains_key("skip"));
                let each = each.map(|variant| self.variant(&part, variant));
                format!("{doc}export type {name} ={};\n", each.collect::<Outcome<String>>()?)
            }
            Kind::Alias(_) => return Err("an alias needs no declaration".into()),
        })
    }

    /// What is written in the place of a type, where serde is told so, and the module it is of.
    fn wire<'d>(
        &'d self,
        place: &[String],
        of: &'d Definition,
    ) -> Outcome<(Place, &'d Definition)> {
        let (_, module) = place.split_last().ok_or("it has no name")?;
        let Some(into) = of.serde.get("into") else { return Ok((module.to_vec(), of)) };
        let name = into.split('<').next().unwrap_or(into).to_owned();
        let place = self.source.find(module, &[name]).ok_or_else(|| format!("no {into}"))?;
        let (_, module) = place.split_last().ok_or("it has no name")?;
        Ok((module.to_vec(), self.source.get(&place).ok_or_else(|| format!("no {into}"))?))
    }

    fn variant(&self, part: &Part<'_>, variant: &Variant) -> Outcome<String> {
        understood(&variant.serde, &["rename", "rename_all"])?;
        let code = renamed(&variant.name, &variant.serde, part.serde.get("rename_all"))?;
        let mut serde = variant.serde.clone();
        if let Some(rule) = part.serde.get("rename_all_fields") {
            serde.entry("rename_all".to_owned()).or_insert_with(|| rule.clone());
        }
        let own = Part { serde: &serde, ..*part };
        let held = |tag: &str| self.held(&own, &variant.fields, tag, "    ");
        let written = match (part.serde.get("tag"), &variant.fields) {
            _ if part.serde.contains_key("untagged") => held("")?,
            (Some(tag), Fields::Unit) => format!("{{ {}: \"{code}\" }}", camel(tag)),
            (Some(tag), Fields::Named(_)) => held(&format!("      {}: \"{code}\";\n", camel(tag)))?,
            (Some(tag), Fields::Unnamed(_)) => {
                format!("({{ {}: \"{code}\" }} & {})", camel(tag), held("")?)
            }
            (None, Fields::Unit) => format!("\"{code}\""),
            (None, _) => format!("{{ {}: {} }}", camel(&code), held("")?),
        };
        let doc = comment(self.doc(part, &variant.name, &variant.doc), "  ");
        Ok(format!("\n{doc}  | {written}"))
    }

    /// What fields are in the place of a type; `first` comes before them.
    fn held(&self, part: &Part<'_>, fields: &Fields, first: &str, indent: &str) -> Outcome<String> {
        match fields {
            Fields::Unit => Ok("null".to_owned()),
            Fields::Unnamed(types) => match types.as_slice() {
                [one] => self.expression(part.module, one),
                several => self.tuple(part.module, several),
            },
            Fields::Named(fields) => {
                let (flat, own): (Vec<_>, Vec<_>) = fields.iter().partition(|field| is_flat(field));
                let mut parts = Vec::new();
                for field in flat {
                    understood(&field.serde, &["flatten"])?;
                    parts.push(self.expression(part.module, &field.of)?);
                }
                let body = self.fields(part, own, &format!("{indent}  "), &[])?;
                parts.push(format!("{{\n{first}{body}{indent}}}"));
                Ok(parts.join(" & "))
            }
        }
    }

    fn fields<'f>(
        &self,
        part: &Part<'_>,
        fields: impl IntoIterator<Item = &'f Field>,
        indent: &str,
        without: &[&str],
    ) -> Outcome<String> {
        let mut body = String::new();
        for field in fields {
            let name = renamed(&field.name, &field.serde, part.serde.get("rename_all"))?;
            if field.serde.contains_key("skip") || without.contains(&name.as_str()) {
                continue;
            }
            understood(&field.serde, &["rename", "skip_serializing_if"])?;
            let held = self.expression(part.module, &field.of)?;
            let (mark, held) = match field.serde.get("skip_serializing_if") {
                Some(_) => ("?", held.trim_end_matches(" | null")),
                None => ("", held.as_str()),
            };
            let doc = comment(self.doc(part, &field.name, &field.doc), indent);
            body += &format!("{doc}{indent}{}{mark}: {held};\n", camel(&name));
        }
        Ok(body)
    }

    /// The comment of a field or variant; without one, that of the same one in what it stands for.
    fn doc<'d>(&self, part: &Part<'d>, name: &str, own: &'d str) -> &'d str {
        let others = match &part.stands_for.kind {
            _ if !own.is_empty() => None,
            Kind::Struct(Fields::Named(fields)) => {
                fields.iter().find(|field| field.name == name).map(|field| &field.doc)
            }
            Kind::Enum(variants) => {
                variants.iter().find(|variant| variant.name == name).map(|variant| &variant.doc)
            }
            _ => None,
        };
        others.map_or(own, String::as_str)
    }

    fn tuple<'t>(
        &self,
        module: &[String],
        types: impl IntoIterator<Item = &'t Type>,
    ) -> Outcome<String> {
        let each = types.into_iter().map(|one| self.expression(module, one));
        Ok(format!("[{}]", each.collect::<Outcome<Vec<_>>>()?.join(", ")))
    }

    /// A type where it is used.
    fn expression(&self, module: &[String], of: &Type) -> Outcome<String> {
        match of {
            Type::Reference(of) => self.expression(module, &of.elem),
            Type::Slice(of) => Ok(list(&self.expression(module, &of.elem)?)),
            Type::Tuple(of) => self.tuple(module, &of.elems),
            Type::Path(of) => self.path(module, &of.path),
            Type::Array(of) => match &of.len {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(length), .. }) => {
                    self.tuple(module, vec![&*of.elem; length.base10_parse()?])
                }
                _ => Ok(list(&self.expression(module, &of.elem)?)),
            },
            _ => Err("a type of a kind that is not understood".into()),
        }
    }

    fn path(&self, module: &[String], path: &syn::Path) -> Outcome<String> {
        let whole: Place = path.segments.iter().map(|part| part.ident.to_string()).collect();
        let last = path.segments.last().ok_or("an empty path")?;
        let mut arguments = Vec::new();
        if let PathArguments::AngleBracketed(given) = &last.arguments {
            for argument in &given.args {
                if let GenericArgument::Type(of) = argument {
                    arguments.push(self.expression(module, of)?);
                }
            }
        }
        let name = last.ident.to_string();
        Ok(match (name.as_str(), arguments.as_slice()) {
            ("String" | "str" | "char" | "Date", []) => "string".to_owned(),
            ("bool", []) => "boolean".to_owned(),
            ("u8" | "u16" | "u32" | "u64" | "u128" | "usize", [])
            | ("i8" | "i16" | "i32" | "i64" | "i128" | "f64", []) => "number".to_owned(),
            ("Box" | "Cow", [held]) => held.clone(),
            ("Option", [held]) => format!("{held} | null"),
            ("Vec" | "BTreeSet", [held]) => list(held),
            ("BTreeMap" | "OrderedMap", [_, held]) => format!("Record<string, {held}>"),
            (name, arguments) => match self.source.find(module, &whole) {
                Some(place) => self.named(&place, arguments)?,
                // A parameter of the type.
                None if whole.len() == 1 && name.len() == 1 => name.to_owned(),
                None => return Err(format!("{} is not of this crate", whole.join("::")).into()),
            },
        })
    }

    /// A type of the crate: its name, or what it holds where that is one thing without a name.
    fn named(&self, place: &Place, arguments: &[String]) -> Outcome<String> {
        let definition = self.source.get(place).ok_or("it is nowhere")?;
        let (name, module) = place.split_last().ok_or("it has no name")?;
        if let Some((_, written)) = WRITTEN_BY_HAND.iter().find(|(by_hand, _)| by_hand == name) {
            return Ok((*written).to_owned());
        }
        if let (Kind::Alias(alias), []) = (&definition.kind, arguments) {
            return self.expression(module, alias);
        }
        if let (Kind::Alias(_), [held]) = (&definition.kind, arguments) {
            return Ok(list(held));
        }
        if let Some(into) = definition.serde.get("into").filter(|into| !into.contains("Wire")) {
            return self.expression(module, &syn::parse_str(into)?);
        }
        let one = match &definition.kind {
            _ if definition.serde.contains_key("into") => None,
            Kind::Struct(Fields::Unnamed(held)) if held.len() == 1 => held.first(),
            Kind::Struct(Fields::Named(held)) if definition.serde.contains_key("transparent") => {
                held.first().map(|field| &field.of)
            }
            _ => None,
        };
        match one {
            Some(one) => self.expression(module, one),
            None => Ok(self.with_arguments(place, arguments)),
        }
    }

    fn with_arguments(&self, place: &[String], arguments: &[String]) -> String {
        match arguments {
            [] => self.name(place),
            _ => format!("{}<{}>", self.name(place), arguments.join(", ")),
        }
    }

    fn name(&self, place: &[String]) -> String {
        let name = self.names.get(place).cloned();
        name.unwrap_or_else(|| format!("‹{}›", place.join("::")))
    }
}

fn is_flat(field: &Field) -> bool {
    field.serde.contains_key("flatten")
}

/// A name for each type: its own, and before it as many of its modules as keep it apart.
fn named(order: &[Place], roots: &Roots<'_>, taken: &BTreeSet<String>) -> BTreeMap<Place, String> {
    let mut modules = vec![0; order.len()];
    loop {
        let name = |(place, modules): (&Place, &usize)| match (roots.get(place), place.split_last())
        {
            (Some(root), _) => root.name.to_owned(),
            (None, Some((own, above))) => {
                let before = above.iter().take(*modules).map(|module| pascal(module));
                before.chain([own.clone()]).collect()
            }
            (None, None) => String::new(),
        };
        let names: Vec<String> = order.iter().zip(&modules).map(name).collect();
        let mut clear = true;
        for ((place, name), modules) in order.iter().zip(&names).zip(&mut modules) {
            let alike = names.iter().filter(|other| *other == name).count();
            if !roots.contains_key(place)
                && *modules < place.len() - 1
                && (alike > 1 || taken.contains(name))
            {
                *modules += 1;
                clear = false;
            }
        }
        if clear {
            return order.iter().cloned().zip(names).collect();
        }
    }
}

fn list(held: &str) -> String {
    if held.contains(['|', '&']) { format!("({held})[]") } else { format!("{held}[]") }
}

/// That everything serde is told is known here.
fn understood(serde: &Serde, known: &[&str]) -> Outcome<()> {
    let is_known = |key: &&String| known.iter().chain(ABOUT_READING).any(|known| known == *key);
    let unknown = serde.keys().find(|key| !is_known(key));
    unknown.map_or(Ok(()), |key| Err(format!("serde({key}) is not understood").into()))
}

fn renamed(name: &str, serde: &Serde, rule: Option<&String>) -> Outcome<String> {
    match (serde.get("rename"), rule.map(String::as_str)) {
        (Some(renamed), _) => Ok(renamed.clone()),
        (None, Some("kebab-case")) => Ok(kebab(name)),
        (None, None) => Ok(name.to_owned()),
        (None, Some(rule)) => Err(format!("rename_all = {rule:?} is not understood").into()),
    }
}
