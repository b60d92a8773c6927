/** The HTML elements and attributes of a model's text that reach the page; none of them loads or executes anything. */
import rehypeSanitize, { defaultSchema } from "rehype-sanitize"
import { VERBATIM_CLASS } from "@/components/message/markdown/html/as-written"

type Schema = NonNullable<Parameters<typeof rehypeSanitize>[0]>

const LABELS = ["ariaDescribedBy", "ariaLabel", "ariaLabelledBy"]

const schema: Schema = {
  ...defaultSchema,
  // Each answer gets its own prefix (`scopeIds`).
  clobberPrefix: "",
  // Anything not shown as HTML is text by now; the allowlist is a second safeguard.
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter((name) => name !== "source" && name !== "picture"),
    ...["abbr", "big", "caption", "center", "col", "colgroup", "figcaption", "figure", "font", "mark", "small", "u"],
    "wbr",
  ],
  protocols: { href: ["http", "https", "mailto", "tel"] },
  // `linkExternalImages` checks image addresses.
  attributes: {
    "*": ["align", "dir", "id", "lang", "title", "vAlign"],
    a: ["href", "name", "dataFootnoteBackref", "dataFootnoteRef", ["className", "data-footnote-backref"], ...LABELS],
    code: [["className", /^language-./], "metastring"],
    col: ["span", "width"],
    colgroup: ["span", "width"],
    details: ["open", "name"],
    h2: [["className", "sr-only"]],
    img: ["src", "alt", "width", "height", ...LABELS],
    input: ["checked", ["disabled", true], ["type", "checkbox"]],
    li: ["value", ["className", "task-list-item"]],
    ol: ["start", "reversed", "type", ["className", "contains-task-list"], ...LABELS],
    p: [["className", VERBATIM_CLASS]],
    section: ["dataFootnotes", ["className", "footnotes"]],
    table: ["border", "cellPadding", "cellSpacing", "width", ...LABELS],
    td: ["colSpan", "rowSpan", "width", "headers"],
    th: ["colSpan", "rowSpan", "width", "headers", "abbr"],
    ul: [["className", "contains-task-list"], ...LABELS],
  },
}

export const sanitize: [typeof rehypeSanitize, Schema] = [rehypeSanitize, schema]
