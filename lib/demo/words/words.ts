/** Analyzes a user's words: key terms, sentences, names, numbers. */
const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can could did do does
  doing down during each few for from further get give had has have having he her here hers him his how i if in into is it its just let like
  make me more most my no nor not now of off on once only or other our out over own please see look seen same she should show so some such tell than that
  the their them then there these they this those through to too under until up us very was we were what when where which while who whom why
  will with would you your write create explain describe help need want using use one two three im whats
  das dem den der des die dies dieses ein eine einem einen einer eines ihr ihre ist mit und vom von wie wird zeichne`.split(
    /\s+/,
  ),
)

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu) ?? []

/** Characters: anything longer is data, not a word to repeat. */
const LONGEST_TERM = 60

/** The significant words, most frequent first, then in order of appearance. */
export function keyTerms(text: string, most = 6): string[] {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) {
    const lower = word.toLowerCase().replace(/['’]s$/, "")
    if (lower.length > 2 && lower.length <= LONGEST_TERM && !STOP_WORDS.has(lower) && !/^\d+$/.test(lower))
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

/** Numbers in a text; a hyphen after a digit or a letter is not a minus sign (“10-20”, “2024-01-05”). */
export const numbersOf = (text: string): number[] =>
  (text.match(/(?<![\p{L}\d.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\d+(?:\.\d+)?/gu) ?? []).map((found) =>
    Number(found.replaceAll(",", "")),
  )

/** Characters that are searched for a person; a relevant name comes early. */
const SEARCHED_FOR_NAMES = 8_000
const WORD = String.raw`\p{Lu}[\p{L}\p{M}'’-]{1,40}`
const NAME = `${WORD}(?: ${WORD}){0,3}`
const PEOPLE = [
  String.raw`\b(?:name is|named|called|name:|I am|I'm|I’m|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)\s{1,3}(${NAME})`,
  String.raw`(${NAME})(?:,| is| was| has| works| lives| \()`,
  String.raw`\b(${WORD} ${WORD})\b`,
]
const NO_PERSON =
  /^(This|That|There|What|It|He|She|They|We|You|The|His|Her|My|Extract|Here|Please|Who|How|Give|List|Return|Parse)\b/

/** “my name is Ada”, “I am Ada”, “John is 30”; null if the first 8,000 characters name nobody. */
export function personOf(text: string): string | null {
  const searched = text.slice(0, SEARCHED_FOR_NAMES)
  for (const pattern of PEOPLE)
    for (const [, name] of searched.matchAll(new RegExp(pattern, "gu"))) if (name && !NO_PERSON.test(name)) return name
  const [, small] = /\bmy name is (\p{Ll}[\p{L}'’-]{1,40})/iu.exec(searched) ?? []
  return small ? small.charAt(0).toUpperCase() + small.slice(1) : null
}
