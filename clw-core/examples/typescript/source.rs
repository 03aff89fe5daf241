//! The types of a crate as they are written: what each holds, what serde is told of it, and its comment.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Ident, Item, Lit, LitStr, Meta, Token, UseTree, braced};

/// Where a module or an item lies, from the root of the crate.
pub(crate) type Place = Vec<String>;

/// What serde is told, such as `rename_all` and its text; a word alone has no text.
pub(crate) type Serde = BTreeMap<String, String>;

/// A type that is written in the crate.
pub(crate) struct Definition {
    pub doc: String,
    pub generics: Vec<String>,
    /// Whether serde writes it; else it writes itself.
    pub derived: bool,
    pub serde: Serde,
    pub kind: Kind,
}

pub(crate) enum Kind {
    Struct(Fields),
    Enum(Vec<Variant>),
    Alias(syn::Type),
}

pub(crate) struct Variant {
    pub name: String,
    pub doc: String,
    pub serde: Serde,
    pub fields: Fields,
}

pub(crate) enum Fields {
    Named(Vec<Field>),
    Unnamed(Vec<syn::Type>),
    Unit,
}

pub(crate) struct Field {
    pub name: String,
    pub doc: String,
    pub serde: Serde,
    pub of: syn::Type,
}

#[derive(Default)]
struct Module {
    items: BTreeMap<String, Definition>,
    uses: BTreeMap<String, Place>,
    globs: Vec<Place>,
}

/// All modules of a crate.
#[derive(Default)]
pub(crate) struct Source {
    modules: BTreeMap<Place, Module>,
}

impl Source {
    pub(crate) fn of(root: &Path) -> Result<Self, Box<dyn Error>> {
        let mut source = Self::default();
        source.file(Vec::new(), root, root.parent().unwrap_or(root))?;
        Ok(source)
    }

    fn file(&mut self, at: Place, file: &Path, below: &Path) -> Result<(), Box<dyn Error>> {
        let text = fs::read_to_string(file)?;
        let parsed =
            syn::parse_file(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        self.items(at, parsed.items, below)
    }

    fn items(&mut self, at: Place, items: Vec<Item>, below: &Path) -> Result<(), Box<dyn Error>> {
        let mut module = Module::default();
        for item in items {
            match item {
                Item::Mod(part) if is_left_out(&part.attrs) => {}
                Item::Mod(part) => {
                    let name = part.ident.to_string();
                    let (place, folder) = (within(&at, &name), below.join(&name));
                    match part.content {
                        Some((_, items)) => self.items(place, items, &folder)?,
                        None => self.file(place, &file_of(&folder), &folder)?,
                    }
                }
                Item::Use(part) => module.using(Vec::new(), &part.tree),
                Item::Struct(part) => {
                    let kind = Kind::Struct(fields(part.fields)?);
                    module.define(&part.ident, definition(&part.attrs, &part.generics, kind)?);
                }
                Item::Enum(part) => {
                    let variants = part.variants.into_iter().map(variant);
                    let kind = Kind::Enum(variants.collect::<Result<_, _>>()?);
                    module.define(&part.ident, definition(&part.attrs, &part.generics, kind)?);
                }
                Item::Type(part) => {
                    let kind = Kind::Alias(*part.ty);
                    module.define(&part.ident, definition(&part.attrs, &part.generics, kind)?);
                }
                // A list of codes, which a macro makes an enum of.
                Item::Macro(part) => {
                    if let Ok(codes) = syn::parse2::<Codes>(part.mac.tokens) {
                        module.define(&codes.name, codes.definition);
                    }
                }
                _ => {}
            }
        }
        self.modules.insert(at, module);
        Ok(())
    }

    pub(crate) fn get(&self, place: &[String]) -> Option<&Definition> {
        let (name, module) = place.split_last()?;
        self.modules.get(module)?.items.get(name)
    }

    /// The item that a path means in a module; none outside the crate.
    pub(crate) fn find(&self, module: &[String], path: &[String]) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.below(&[], rest),
            "self" => self.find(module, rest),
            "super" => self.below(module.split_last()?.1, rest),
            _ => self.below(module, path),
        }
    }

    fn below(&self, module: &[String], path: &[String]) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        if first == "super" {
            return self.below(module.split_last()?.1, rest);
        }
        let own = self.modules.get(module)?;
        let inside = within(module, first);
        if rest.is_empty() && own.items.contains_key(first) {
            return Some(inside);
        }
        if !rest.is_empty() && self.modules.contains_key(&inside) {
            return self.below(&inside, rest);
        }
        if let Some(used) = own.uses.get(first) {
            // What is used under its own name from a module of the same name would come back here.
            let whole: Place = used.iter().chain(rest).cloned().collect();
            return (whole != path).then(|| self.find(module, &whole)).flatten();
        }
        own.globs.iter().find_map(|glob| {
            let whole: Place = glob.iter().chain(path).cloned().collect();
            self.find(module, &whole)
        })
    }
}

impl Module {
    fn define(&mut self, name: &Ident, definition: Definition) {
        self.items.insert(name.to_string(), definition);
    }

    fn using(&mut self, mut path: Place, tree: &UseTree) {
        match tree {
            UseTree::Path(part) => {
                path.push(part.ident.to_string());
                self.using(path, &part.tree);
            }
            UseTree::Name(part) => {
                let name = part.ident.to_string();
                path.push(name.clone());
                self.uses.insert(name, path);
            }
            UseTree::Rename(part) => {
                path.push(part.ident.to_string());
                self.uses.insert(part.rename.to_string(), path);
            }
            UseTree::Glob(_) => self.globs.push(path),
            UseTree::Group(part) => {
                part.items.iter().for_each(|tree| self.using(path.clone(), tree));
            }
        }
    }
}

fn within(place: &[String], name: &str) -> Place {
    [place, &[name.to_owned()]].concat()
}

fn file_of(module: &Path) -> PathBuf {
    let file = module.with_extension("rs");
    if file.exists() { file } else { module.join("mod.rs") }
}

/// Whether something is for tests, or of a feature that the package for browsers is built without.
fn is_left_out(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::List(list) = &attribute.meta else { return false };
        let when = list.tokens.to_string();
        list.path.is_ident("cfg") && (when == "test" || when.contains("mixed-models"))
    })
}

fn definition(
    attributes: &[Attribute],
    generics: &syn::Generics,
    kind: Kind,
) -> Result<Definition, syn::Error> {
    let derives = |attribute: &Attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("derive") => {
            list.tokens.to_string().split([',', ':']).any(|name| name.trim() == "Serialize")
        }
        _ => false,
    };
    Ok(Definition {
        doc: doc(attributes),
        generics: generics.type_params().map(|parameter| parameter.ident.to_string()).collect(),
        derived: attributes.iter().any(derives),
        serde: serde(attributes)?,
        kind,
    })
}

fn variant(variant: syn::Variant) -> Result<Variant, syn::Error> {
    Ok(Variant {
        name: variant.ident.to_string(),
        doc: doc(&variant.attrs),
        serde: serde(&variant.attrs)?,
        fields: fields(variant.fields)?,
    })
}

fn fields(fields: syn::Fields) -> Result<Fields, syn::Error> {
    let in_browser = |field: &syn::Field| !is_left_out(&field.attrs);
    let named = |field: syn::Field| {
        Ok(Field {
            name: field.ident.map(|name| name.to_string()).unwrap_or_default(),
            doc: doc(&field.attrs),
            serde: serde(&field.attrs)?,
            of: field.ty,
        })
    };
    Ok(match fields {
        syn::Fields::Named(fields) => Fields::Named(
            fields
                .named
                .into_iter()
                .filter(in_browser)
                .map(named)
                .collect::<Result<_, syn::Error>>()?,
        ),
        syn::Fields::Unnamed(fields) => {
            Fields::Unnamed(fields.unnamed.into_iter().map(|field| field.ty).collect())
        }
        syn::Fields::Unit => Fields::Unit,
    })
}

/// The lines of a comment.
fn doc(attributes: &[Attribute]) -> String {
    let line = |attribute: &Attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => text(&pair.value),
        _ => None,
    };
    attributes.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// What all `serde` attributes say; what is in brackets of its own is about bounds and the like.
fn serde(attributes: &[Attribute]) -> Result<Serde, syn::Error> {
    let mut said = Serde::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let all = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?;
        for one in all {
            let name = one.path().get_ident().map(Ident::to_string).unwrap_or_default();
            let value = match &one {
                Meta::NameValue(pair) => text(&pair.value).unwrap_or_default(),
                _ => String::new(),
            };
            said.insert(name, value);
        }
    }
    Ok(said)
}

/// `Name, "list" { First = "first", … }`: an enum whose members are written as these codes.
struct Codes {
    name: Ident,
    definition: Definition,
}

impl Parse for Codes {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let name = input.parse()?;
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            input.parse::<LitStr>()?;
        }
        let members;
        braced!(members in input);
        let members = Punctuated::<Code, Token![,]>::parse_terminated(&members)?;
        let kind = Kind::Enum(members.into_iter().map(|Code(variant)| variant).collect());
        let serde = Serde::new();
        let definition =
            Definition { doc: doc(&attributes), generics: Vec::new(), derived: true, serde, kind };
        Ok(Self { name, definition })
    }
}

struct Code(Variant);

impl Parse for Code {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let name: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        let code: LitStr = input.parse()?;
        let serde = Serde::from([("rename".to_owned(), code.value())]);
        Ok(Self(Variant {
            name: name.to_string(),
            doc: doc(&attributes),
            serde,
            fields: Fields::Unit,
        }))
    }
}
