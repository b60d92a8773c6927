/** Slides: titles as headings, text as lists, tables, and speaker notes. */
import { officeNotes } from "@/lib/documents/read/docx"
import { blocks, headingOf, tableOf } from "@/lib/documents/read/markdown"
import { Unreadable } from "@/lib/documents/read/unreadable"
import { allOf, childOf, type Element, elementsOf, parseXml, textIn } from "@/lib/documents/read/xml"
import type { Package } from "@/lib/documents/read/zip"
import type { ReadDocument, ReadPage } from "@/lib/documents/types"

const TEXT_PART = /^ppt\/(?:presentation\.xml|(?:slides|notesSlides)\/[^/]+\.xml|(?:slides\/)?_rels\/[^/]+\.rels)$/

export function readPptx(parts: Package): ReadDocument {
  const read = parts.read((name) => TEXT_PART.test(name))
  const xmlOf = (name: string) => {
    const bytes = read.get(name)
    return bytes ? parseXml(new TextDecoder().decode(bytes)) : undefined
  }
  const presentation = xmlOf("ppt/presentation.xml")
  if (!presentation) throw new Unreadable("broken")
  const targets = relationsOf(xmlOf("ppt/_rels/presentation.xml.rels"))
  const ids = elementsOf(childOf(presentation, "sldIdLst") ?? presentation).filter(({ name }) => name === "sldId")
  const pages = ids.map(({ attributes }) => {
    const relation = Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1] ?? ""
    const file = (targets.get(relation)?.target ?? "").split("/").at(-1) ?? ""
    const slide = xmlOf(`ppt/slides/${file}`)
    if (!slide) return { text: "" }
    const notes = [...relationsOf(xmlOf(`ppt/slides/_rels/${file}.rels`)).values()].find(({ type }) =>
      type.endsWith("/notesSlide"),
    )
    const spoken = notes && xmlOf(`ppt/notesSlides/${notes.target.split("/").at(-1)}`)
    return slidePage(slide, spoken)
  })
  return { pages, notes: officeNotes(parts, /^ppt\/media\//) }
}

function relationsOf(relations: Element | undefined): Map<string, { type: string; target: string }> {
  const all = relations ? elementsOf(relations) : []
  return new Map(
    all.map(({ attributes: { Id = "", Type = "", Target = "" } }) => [Id, { type: Type, target: Target }] as const),
  )
}

const TITLES: ReadonlySet<string | undefined> = new Set(["title", "ctrTitle"])
/** On a notes page: placeholders that only repeat the slide. */
const FURNITURE: ReadonlySet<string | undefined> = new Set(["sldNum", "dt", "ftr", "hdr", "sldImg"])

const placeholderOf = (shape: Element): string | undefined => {
  const [place] = allOf(shape, "ph")
  return place?.attributes.type
}

function slidePage(slide: Element, spoken: Element | undefined): ReadPage {
  let name: string | undefined
  const texts: string[] = []
  for (const shape of shapesOf(slide)) {
    const kind = placeholderOf(shape)
    const lines = shape.name === "sp" ? linesOf(shape) : []
    if (TITLES.has(kind) && lines.length > 0) {
      const title = lines.map(({ text }) => text).join(" ")
      name ??= title
      texts.unshift(headingOf(2, title))
    } else if (shape.name === "graphicFrame") texts.push(...[...allOf(shape, "tbl")].map(slideTable))
    else if (!FURNITURE.has(kind)) texts.push(listOf(lines))
  }
  const notes = spoken
    ? [...shapesOf(spoken)].flatMap((shape) => (FURNITURE.has(placeholderOf(shape)) ? [] : linesOf(shape)))
    : []
  const said = notes.map(({ text }) => `> ${text}`).join("\n")
  return { ...(name && { name }), text: blocks(...texts, said) }
}

/** Shapes in order, including those in groups. */
function* shapesOf(element: Element): Generator<Element> {
  for (const child of elementsOf(element)) {
    if (child.name === "sp" || child.name === "graphicFrame") yield child
    else yield* shapesOf(child)
  }
}

interface Line {
  level: number
  text: string
}

const linesOf = (shape: Element): Line[] =>
  [...allOf(shape, "p")].flatMap((paragraph) => {
    const text = runsOf(paragraph).trim()
    return text ? [{ level: Number(childOf(paragraph, "pPr")?.attributes.lvl ?? 0), text }] : []
  })

const runsOf = (paragraph: Element): string =>
  elementsOf(paragraph)
    .map((run) =>
      run.name === "br" ? " " : run.name === "r" || run.name === "fld" ? textIn(childOf(run, "t") ?? NO_TEXT) : "",
    )
    .join("")

const NO_TEXT: Element = { name: "t", attributes: {}, children: [] }

/** One line becomes a paragraph; several become a list. */
const listOf = (lines: Line[]): string =>
  lines.length === 1
    ? (lines[0]?.text ?? "")
    : lines.map(({ level, text }) => `${"  ".repeat(level)}- ${text}`).join("\n")

const slideTable = (table: Element): string =>
  tableOf(
    [...allOf(table, "tr")].map((row) =>
      [...allOf(row, "tc")].map((cell) =>
        linesOf(cell)
          .map(({ text }) => text)
          .join(" "),
      ),
    ),
  )
