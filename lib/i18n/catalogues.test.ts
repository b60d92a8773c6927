/** Every language has every text, with the same values in it. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { type Element, parse } from "./icu"
import { DEFAULT_LANGUAGE, LANGUAGES } from "./language"

const KINDS = ["", ".failed", ".admin", ".grids", ".evals", ".schemas", ".sentences"]
const OTHERS = LANGUAGES.filter((language) => language !== DEFAULT_LANGUAGE)

function textsOf(value: unknown, key = ""): [string, string][] {
  if (typeof value === "string") return [[key, value]]
  return Object.entries(Object(value)).flatMap(([name, inner]) => textsOf(inner, key ? `${key}.${name}` : name))
}

const catalogue = (language: string, kind: string) =>
  new Map(textsOf(JSON.parse(readFileSync(new URL(`./${language}${kind}.json`, import.meta.url), "utf8"))))

/** The values that a text takes, and the tags around its parts. The options of a `select` must match, too. */
function takes(elements: Element[]): string[] {
  const names = elements.flatMap(({ type, value, options, children }) => [
    ...(type === 0 || type === 7 ? [] : [`${type} ${value}`]),
    ...(type === 5 ? Object.keys(options ?? {}).map((option) => `${value}=${option}`) : []),
    ...Object.values(options ?? {}).flatMap((option) => takes(option.value)),
    ...takes(children ?? []),
  ])
  return [...new Set(names)].sort()
}

// A text without values is shown as is, except those of `sentences`, which are always parsed.
it.each(
  LANGUAGES.flatMap((language) =>
    ["", ".failed", ".admin", ".grids", ".evals", ".schemas"].map((kind) => [language, kind] as const),
  ),
)("texts without placeholders have no doubled apostrophes (%s%s)", (language, kind) => {
  const doubled = [...catalogue(language, kind)].filter(([, text]) => text.includes("''") && !/[{<]/.test(text))
  expect(doubled).toEqual([])
})

describe.each(OTHERS)("catalog of %s", (language) => {
  it.each(KINDS)("has no missing or extra texts (%s)", (kind) => {
    const english = catalogue(DEFAULT_LANGUAGE, kind)
    expect([...catalogue(language, kind).keys()]).toEqual([...english.keys()])
  })

  it.each(KINDS)("uses the same placeholders (%s)", (kind) => {
    const english = catalogue(DEFAULT_LANGUAGE, kind)
    for (const [key, text] of catalogue(language, kind))
      expect(takes(parse(text)), key).toEqual(takes(parse(english.get(key) ?? "")))
  })

  it.each(KINDS)("is translated: few long texts are identical (%s)", (kind) => {
    const english = catalogue(DEFAULT_LANGUAGE, kind)
    const same = [...catalogue(language, kind)].filter(([key, text]) => text.length > 24 && text === english.get(key))
    expect(same).toEqual([])
  })
})
