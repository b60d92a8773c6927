/**
 * Formats a catalogue message with its values as text, for the server and its worker threads. On the page, next-intl
 * does this; a test compares the two.
 */
import { type Element, parse, TYPE } from "@/lib/i18n/icu"

type Given = Record<string, string | number | null>

/** Messages are parsed once. */
const read = new Map<string, Element[]>()

function elementsOf(message: string): Element[] {
  const known = read.get(message) ?? parse(message)
  read.set(message, known)
  return known
}

/**
 * Null if a value is missing or not of the type that the message needs. Throws `SyntaxError` for an invalid message.
 */
export function formatMessage(message: string, values: Given, language: string): string | null {
  const write = (elements: Element[], counted?: number): string =>
    elements.map((element) => textOf(element, counted)).join("")
  const number = (value: number) => new Intl.NumberFormat(language).format(value)

  function textOf(element: Element, counted: number | undefined): string {
    const { type, value: name = "", options = {} } = element
    if (type === TYPE.literal) return name
    if (type === TYPE.pound) return counted === undefined ? "#" : number(counted)
    const value = values[name]
    if (value === undefined || value === null) throw new MissingValue(name)
    if (type === TYPE.argument) return String(value)
    if (type === TYPE.select) return write(chosen(options, [String(value)]), counted)
    if (typeof value !== "number") throw new MissingValue(name)
    if (type === TYPE.number) return number(value)
    if (type !== TYPE.plural) throw new SyntaxError(`unsupported in a sentence: ${JSON.stringify(element)}`)
    const rule = new Intl.PluralRules(language, { type: element.pluralType }).select(value)
    return write(chosen(options, [`=${value}`, rule]), value)
  }

  try {
    return write(elementsOf(message))
  } catch (error) {
    if (error instanceof MissingValue) return null
    throw error
  }
}

type Options = NonNullable<Element["options"]>

/**
 * The first of these names that is an option, else `other`. Ignores inherited properties: a value may be “constructor”.
 */
const chosen = (options: Options, names: string[]): Element[] =>
  options[names.find((name) => Object.hasOwn(options, name)) ?? "other"]?.value ?? []

class MissingValue extends Error {}
