/** XML as a tree, without namespace prefixes. Nothing external is ever loaded, no entity is ever expanded. */
import { SaxesParser } from "saxes"
import { Unreadable } from "@/lib/documents/read/unreadable"

export interface Element {
  /** Without its namespace prefix. */
  name: string
  /** By name, with and without prefix. */
  attributes: Record<string, string>
  children: (Element | string)[]
}

const MAX_DEPTH = 500

const local = (name: string) => name.slice(name.indexOf(":") + 1)

/**
 * Returns the root element. For broken XML, as much as could be parsed; throws `Unreadable` if there is no element at
 * all.
 */
export function parseXml(text: string): Element {
  const root: Element = { name: "", attributes: {}, children: [] }
  const open = [root]
  const parser = new SaxesParser()
  let broken: unknown
  parser.on("error", (error) => {
    broken ??= error
  })
  parser.on("opentag", ({ name, attributes }) => {
    const bare = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [local(key), value]))
    const element: Element = { name: local(name), attributes: { ...bare, ...attributes }, children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
    if (open.length > MAX_DEPTH) throw new Unreadable("broken", "too deep")
  })
  parser.on("closetag", () => {
    if (open.length > 1) open.pop()
  })
  const add = (piece: string) => void open.at(-1)?.children.push(piece)
  parser.on("text", add)
  parser.on("cdata", add)
  parser.write(text).close()
  const first = root.children.find((child) => typeof child !== "string")
  if (!first || typeof first === "string") throw new Unreadable("broken", broken)
  return first
}

export const elementsOf = ({ children }: Element): Element[] =>
  children.flatMap((child) => (typeof child === "string" ? [] : [child]))

/** The first child with this name. */
export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  element && elementsOf(element).find((child) => child.name === name)

/** All descendants with this name, in order, except those nested within another one. */
export function* allOf(element: Element, name: string): Generator<Element> {
  for (const child of elementsOf(element)) {
    if (child.name === name) yield child
    else yield* allOf(child, name)
  }
}

/** All text of the descendants. */
export const textIn = ({ children }: Element): string =>
  children.map((child) => (typeof child === "string" ? child : textIn(child))).join("")
