/** What of a model's HTML reaches the page: these elements with these attributes, none of which loads or acts. */
import rehypeSanitize, { defaultSchema } from "rehype-sanitize"
import { AS_WRITTEN } from "@/components/message/markdown/html/as-written"

type Schema = NonNullable<Parameters<typeof rehypeSanitize>[0]>

const LABELS = ["ariaDescribedBy", "ariaLabel", "ariaLabelledBy"]

const schema: Schema = {
  ...defaultSchema,
  // Each answer gets a prefix of its own (`scopeIds`).
  clobberPrefix: "",
  // What is no HTML that the page shows is text by now; the names stand here again so that nothing else gets through.
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter((name) => name !== "source" && name !== "picture"),
    ...["abbr", "big", "caption", "center", "col", "colgroup", "figcaption", "figure", "font", "mark", "small", "u"],
    "wbr",
  ],
  protocols: { href: ["http", "https", "mailto", "tel"] },
  // Pictures: `linkForeignImages` judges their address.
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
    p: [["className", AS_WRITTEN]],
    section: ["dataFootnotes", ["className", "footnotes"]],
    table: ["border", "cellPadding", "cellSpacing", "width", ...LABELS],
    td: ["colSpan", "rowSpan", "width", "headers"],
    th: ["colSpan", "rowSpan", "width", "headers", "abbr"],
    ul: [["className", "contains-task-list"], ...LABELS],
  },
}

export const sanitize: [typeof rehypeSanitize, Schema] = [rehypeSanitize, schema]
