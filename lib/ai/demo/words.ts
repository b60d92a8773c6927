/** Work on a person's words: key terms, sentences, places, names, numbers. */
const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can could did do does
  doing down during each few for from further get give had has have having he her here hers him his how i if in into is it its just let like
  make me more most my no nor not now of off on once only or other our out over own please see look seen same she should show so some such tell than that
  the their them then there these they this those through to too under until up us very was we were what when where which while who whom why
  will with would you your write create explain describe help need want using use one two three im whats`.split(/\s+/),
)

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu) ?? []

/** The words that carry the meaning, most frequent first, then in order of appearance. */
export function keyTerms(text: string, most = 6): string[] {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) {
    const lower = word.toLowerCase().replace(/['’]s$/, "")
    if (lower.length > 2 && !STOP_WORDS.has(lower) && !/^\d+$/.test(lower))
      counts.set(lower, (counts.get(lower) ?? 0) + 1)
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([word]) => word)
}

export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean)

export const numbersOf = (text: string): number[] => (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)

const NAME = String.raw`\p{Lu}[\p{L}\p{M}'’.-]*(?:[ -]\p{Lu}[\p{L}\p{M}'’.-]*){0,3}(?:, ?\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*)?)?`

/** Names of places: what stands capitalised after “in”, “for”, “at”, joined by “and” or commas. */
export function placesOf(text: string): string[] {
  const found = new RegExp(
    String.raw`(?:\b(?:in|for|at|of|near|to)\s+)((?:${NAME})(?:\s*(?:,|and|&|or)\s*(?:and\s+)?${NAME})*)`,
    "u",
  ).exec(text)
  const phrase = found?.[1]
  if (phrase) return phrase.split(/\s+(?:and|&|or)\s+/).map((place) => place.replace(/[.,?!\s]+$/, ""))
  // “Paris weather?”: the first capitalised word that does not only open the sentence.
  const capitalised = [...text.matchAll(new RegExp(NAME, "gu"))].map(([name]) => name)
  const place = capitalised.find(
    (name) => !/^(What|How|Is|Will|Tell|Show|The|Weather|Please|Can|Could|Do|Does|I|Get|Give)\b/.test(name),
  )
  return place ? [place.replace(/[.,?!]+$/, "")] : []
}

/** “my name is Ada”, “I am Ada”, “John is 30”. */
export function personOf(text: string): string | null {
  const patterns = [
    /\b(?:name is|named|called|name:|I am|I'm|I’m|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)\s+(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*)/u,
    /(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*)(?:,| is| was| has| works| lives| \()/u,
    /\b(\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+)\b/u,
  ]
  for (const pattern of patterns) {
    const name = pattern.exec(text)?.[1]
    if (name && !/^(This|That|There|What|It|The|Extract|Here)\b/.test(name)) return name
  }
  return null
}
