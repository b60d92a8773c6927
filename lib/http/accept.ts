/** Content negotiation for resources available in several forms. */

export const FORMS = { html: "text/html", md: "text/markdown", json: "application/json" } as const
export type Form = keyof typeof FORMS

/** Maximum number of characters of a header to parse. */
const MOST = 1_000

/**
 * The form that an `Accept` header prefers (RFC 9110, 12.5.1); HTML if it has no preference. At equal weight, a named
 * type beats a wildcard.
 */
export function preferredForm(accept: string | null): Form {
  const wishes = (accept ?? "*/*").slice(0, MOST).split(",").map(wishOf)
  const weights = Object.entries(FORMS).map(([form, type]) => {
    const [group] = type.split("/")
    const named = wishes.find((wish) => wish.type === type)
    const wild = wishes.find((wish) => wish.type === `${group}/*`) ?? wishes.find((wish) => wish.type === "*/*")
    return { form: isForm(form) ? form : "html", weight: named?.weight ?? wild?.weight ?? 0, named: named ? 1 : 0 }
  })
  // Forms other than HTML must be named explicitly.
  const [first] = weights
    .filter(({ form, named, weight }) => weight > 0 && (form === "html" || named))
    .toSorted((a, b) => b.weight - a.weight || b.named - a.named)
  return first?.form ?? "html"
}

const isForm = (name: string): name is Form => Object.hasOwn(FORMS, name)

function wishOf(text: string): { type: string; weight: number } {
  const [type = "", ...parameters] = text.split(";").map((piece) => piece.trim().toLowerCase())
  const q = parameters.find((parameter) => parameter.startsWith("q="))
  const weight = q === undefined ? 1 : Number(q.slice(2))
  return { type, weight: Number.isFinite(weight) ? weight : 0 }
}

/** The method of a page request, as seen by `proxy.ts`. */
export const METHOD_HEADER = "x-sparkler-method"
