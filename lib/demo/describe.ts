/** Describes what was seen in images, starting with the requested fact. */
import type { Sight } from "@/lib/demo/vision/vision"

const aspect = ({ width, height }: Sight) =>
  width > height * 1.1 ? "wider than high" : height > width * 1.1 ? "higher than wide" : "about square"
const light = ({ brightness }: Sight) =>
  brightness > 0.8
    ? "very bright"
    : brightness > 0.6
      ? "bright"
      : brightness > 0.4
        ? "of medium brightness"
        : brightness > 0.2
          ? "dark"
          : "very dark"
const span = ({ contrast }: Sight) => (contrast > 0.25 ? "strong" : contrast > 0.1 ? "moderate" : "low")
const percent = (value: number) => `${value > 0 && value < 1 ? "under 1" : Math.round(value)}%`

const facts = {
  size: (sight: Sight) =>
    `It is a ${sight.format.toUpperCase()} of ${sight.width} × ${sight.height} px (${aspect(sight)}), ${sight.kilobytes.toFixed(1)} KB as it reached me.`,
  colors: ({ colors }: Sight) =>
    `Main colors: ${colors.map(({ name, percent: part }) => `**${name}** (${part}%)`).join(", ")}.`,
  light: (sight: Sight) =>
    `It is ${light(sight)} (mean lightness ${percent(sight.brightness * 100)}) with ${span(sight)} contrast${sight.contrast > 0.01 ? `; the brightest part is at the ${sight.brightest}` : ""}.`,
  shapes: ({ areas }: Sight) =>
    areas.length === 0
      ? "No separate area stands out from the background."
      : `Areas that stand out: ${areas
          .slice(0, 6)
          .map(({ color, shape, place, percent: part }) => `a ${color} ${shape} at the ${place} (${part}%)`)
          .join("; ")}.`,
  detail: ({ edges, mostDetail, kind }: Sight) =>
    edges < 0.05
      ? "It has no hard edges."
      : `Hard edges at ${percent(edges)} of its pixels, most of them at the ${mostDetail}${kind === "screenshot or document" ? ", which looks like lines of text; I can't read them" : ""}.`,
  kind: ({ kind, flatness }: Sight) =>
    `By its texture it looks like a **${kind}** (${percent(flatness)} of neighboring pixels are the same).`,
}

const QUESTIONS: [pattern: RegExp, fact: keyof typeof facts][] = [
  [/colou?r|hue|palette/i, "colors"],
  [/size|dimension|resolution|wide|width|height|pixel|format|large|big/i, "size"],
  [/bright|dark|light|contrast|exposure/i, "light"],
  [/shape|circle|square|rectangle|triangle|object|count|how many|where/i, "shapes"],
  [/text|read|word|detail|sharp|edge|letter/i, "detail"],
  [/photo|screenshot|drawing|kind|type of/i, "kind"],
]

const PICTURE = /\b(?:pictures?|images?|photos?|screenshots?|drawing)\b/i
const LOOKS =
  /\b(?:colou?rs?|hue|palette|how bright|brighte\w+|darke\w+|contrast|shapes?|pixels?|resolution|dimensions?|how (?:wide|high|tall|large|big) is (?:it|this|that))\b/i

/** Whether a question without an image refers to one shown earlier. */
export const asksAboutPicture = (question: string): boolean =>
  question.length < 200 &&
  !/\b(?:code|function|program|script|python|typescript|javascript|sql|table|css)\b/i.test(question) &&
  (PICTURE.test(question) || LOOKS.test(question))

/** An answer about images: what was asked comes first, then the rest as a list. */
export function describe(sights: Sight[], question: string): string {
  const matching = QUESTIONS.filter(([pattern]) => pattern.test(question)).map(([, fact]) => fact)
  const asked = matching.length > 0 ? matching : (["kind"] as const)
  const one = (sight: Sight) => {
    const rest = Object.entries(facts).filter(([name]) => !asked.some((fact) => fact === name))
    const first = asked.map((fact) => facts[fact](sight)).join("\n\n")
    return [first, "", ...rest.map(([, say]) => `- ${say(sight)}`)].join("\n")
  }
  const [first, second] = sights
  if (first && !second) return one(first)
  return [compare(sights), ...sights.map((sight, index) => `**Image ${index + 1}.** ${one(sight)}`)].join("\n\n")
}

function compare(sights: Sight[]): string {
  const most = (adjective: string, value: (sight: Sight) => number) => {
    const values = sights.map(value)
    const best = Math.max(...values)
    return values.every((other) => other === best)
      ? `none is the ${adjective}`
      : `the ${adjective} is image ${values.indexOf(best) + 1}`
  }
  const shared =
    sights[0]?.colors
      .map(({ name }) => name)
      .filter((name) => sights.every(({ colors }) => colors.some((color) => color.name === name))) ?? []
  const differences = [
    most("largest", ({ width, height }) => width * height),
    most("brightest", ({ brightness }) => brightness),
    most("most detailed", ({ edges }) => edges),
  ]
  return `${sights.length} images: ${differences.join(", ")}. ${shared.length > 0 ? `All show ${shared.join(", ")}.` : "They have no main color in common."}`
}
