/** Place names in a question: scanned word by word, so that a long text takes linear time. */

/** Characters that are searched; relevant places come early. */
const SEARCHED = 4_000
const MOST = 12
const LONGEST_NAME = 5

/** Words before a place. Places after weak ones are only used if none follows a strong one. */
const STRONG = new Set(["in", "near", "around", "from", "to", "versus", "vs", "than", "visit", "visiting"])
const WEAK = new Set(["for", "at", "of", "about", "between", "with"])
const JOINING = new Set(["and", "or", "&"])
/** Small words within a name: Rio de Janeiro, Frankfurt am Main, Isle of Man. */
const PARTICLES = new Set(
  "de del della di da do dos das du des la le les las los el al am an der den upon sur of the".split(" "),
)
/** Capitalized words that are not places: months, days, languages, units, and sentence openers. */
const NO_PLACE = new Set(
  `january february march april may june july august september october november december monday tuesday wednesday thursday friday
  saturday sunday english german french spanish italian portuguese dutch chinese japanese celsius fahrenheit kelvin json python sql
  javascript typescript markdown i i'm i’m we you he she it they my your his her its our their the a an this that these those there here
  what what's what’s which who whom whose when where why how is are was were am be been will would can could shall should may might must
  do does did has have had tell show give get find check look compare say list write make describe explain extract please thanks thank
  hello hi hey and or but also then so if weather forecast temperature temperatures rain snow wind humidity climate sunny cloudy today
  tomorrow tonight now currently current contact dear yes no ok okay using use calculate need want let ask which's name`.split(
    /\s+/,
  ),
)
const STATES = new Set(
  `Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky
  Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon
  Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming`.split(/\s+/),
)

let countries: Set<string> | undefined
/** English country names, from `Intl`. */
function isCountry(name: string): boolean {
  if (!countries) {
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" })
    const known = letters.flatMap((first) => letters.map((second) => names.of(first + second) ?? ""))
    countries = new Set([...known, "USA", "US", "U.S.", "UK", "UAE", "England", "Scotland", "Wales", "Czech Republic"])
  }
  return countries.has(name)
}

interface Word {
  text: string
  lower: string
  /** The text between this word and the next: "" at the end. */
  after: string
}

const WORD = /(?:\b(?:St|Mt|Ft)\.(?= ))|[\p{L}&][\p{L}\p{M}'’-]{0,60}(?:\.[A-Z]\b\.?)*/gu

function readWords(text: string): Word[] {
  const found = [...text.slice(0, SEARCHED).matchAll(WORD)]
  return found.map((match, at) => {
    const end = match.index + match[0].length
    const word = match[0].replace(/['’]s$/, "")
    return { text: word, lower: word.toLowerCase(), after: text.slice(end, found[at + 1]?.index ?? end + 1) }
  })
}

const goesOn = ({ after }: Word) => /^[ \t]+$/.test(after)
const isName = ({ text, lower }: Word) =>
  /^\p{Lu}/u.test(text) && !NO_PLACE.has(lower) && !STRONG.has(lower) && !WEAK.has(lower) && !JOINING.has(lower)
/** “OR” in “Portland, OR” is a state, not a conjunction. */
const STATE_CODE = /^(?:[A-Z]{2}|D\.C\.?)$/

/** The name that starts at a word, with the index after it; null if none does. */
function nameAt(words: Word[], start: number): { name: string; end: number } | null {
  const first = words[start]
  if (!first || !isName(first)) return null
  let end = start + 1
  while (end - start < LONGEST_NAME) {
    const previous = words[end - 1]
    const next = words[end]
    if (!previous || !next || !goesOn(previous)) break
    if (isName(next)) end++
    else if (PARTICLES.has(next.lower)) {
      const further = PARTICLES.has(words[end + 1]?.lower ?? "") ? end + 2 : end + 1
      const last = words[further]
      if (!last || !isName(last) || !words.slice(end, further).every(goesOn)) break
      end = further + 1
    } else break
  }
  return {
    name: words
      .slice(start, end)
      .map(({ text }) => text)
      .join(" "),
    end,
  }
}

/** Consecutive names: “Paris, London and Rome”. “Portland, OR” and “Paris, France” are one place. */
function listAt(words: Word[], start: number): { names: string[]; end: number } {
  const names: string[] = []
  let at = start
  while (names.length < MOST) {
    const last = names.at(-1)
    const previous = words[at - 1]
    const code = words[at]?.text ?? ""
    if (last && previous?.after.trim() === "," && STATE_CODE.test(code)) {
      names[names.length - 1] = `${last}, ${code}`
      at++
    } else {
      const found = nameAt(words, at)
      if (!found) break
      const part = STATES.has(found.name) || isCountry(found.name)
      if (last && part && previous?.after.trim() === "," && !isCountry(last))
        names[names.length - 1] = `${last}, ${found.name}`
      else names.push(found.name)
      at = found.end
    }
    const separator = words[at - 1]?.after.trim()
    const joined = JOINING.has(words[at]?.lower ?? "") && !STATE_CODE.test(words[at]?.text ?? "")
    if ((separator !== "" && separator !== ",") || (separator === "" && !joined)) break
    if (joined) at++
  }
  return { names, end: at }
}

/** Lists of names after one of the given words. */
function namesAfter(words: Word[], openers: Set<string>): string[] {
  const names: string[] = []
  for (let at = 0; at < words.length - 1; at++) {
    const word = words[at]
    if (!word || !openers.has(word.lower) || !goesOn(word)) continue
    const start = words[at + 1]?.lower === "the" ? at + 2 : at + 1
    const found = listAt(words, start)
    names.push(...found.names)
    if (found.names.length > 0) at = found.end - 1
  }
  return unique(names)
}

const unique = (names: string[]) => [...new Set(names)].slice(0, MOST)

/** Places that a text mentions, based on the words before them; none if no name follows such a word. */
export function placesOf(text: string): string[] {
  const words = readWords(text)
  const strong = namesAfter(words, STRONG)
  return strong.length > 0 ? strong : namesAfter(words, WEAK)
}

const ENDS = new Set(
  `today tomorrow tonight now this next on at the a an my your our please right currently like be is are was will would for in and or but
  with celsius fahrenheit degrees morning afternoon evening week weekend month year day days later soon general advance time case fact
  english outside it there here if so what how to from of that i you we they`.split(/\s+/),
)

/** Places in a question about a place, also in lowercase (“weather in paris”) or on their own (“Oslo?”). */
export function placesAskedFor(text: string): string[] {
  const words = readWords(text)
  const after = namesAfter(words, new Set([...STRONG, ...WEAK]))
  const bare: string[] = []
  for (let at = 0; at < words.length; ) {
    const { names, end } = listAt(words, at)
    // “Wetter in München”: the word right before “in” is the subject, not a place.
    const subject = words[end - 1]?.after.trim() === "" && STRONG.has(words[end]?.lower ?? "")
    bare.push(...names.filter((name) => !subject || after.includes(name)))
    at = Math.max(end, at + 1)
  }
  const named = unique([...bare, ...after])
  return named.length > 0 ? named : inSmallLetters(words)
}

const mayBePlace = (word: Word | undefined) => word !== undefined && !ENDS.has(word.lower) && !NO_PLACE.has(word.lower)

function inSmallLetters(words: Word[]): string[] {
  const opener = words.findIndex(
    (word, at) =>
      (/^(in|near|around|at)$/.test(word.lower) ||
        (word.lower === "for" && /^(weather|forecast|temperature)$/.test(words[at - 1]?.lower ?? ""))) &&
      goesOn(word) &&
      mayBePlace(words[at + 1]),
  )
  if (opener < 0) return beforeWeather(words)
  const places: string[][] = [[]]
  for (const word of words.slice(opener + 1)) {
    if (JOINING.has(word.lower)) places.push([])
    else if (!mayBePlace(word)) break
    else places.at(-1)?.push(word.text)
    if (word.after.includes(",")) places.push([])
    else if (!goesOn(word)) break
  }
  return unique(places.filter((place) => place.length > 0 && place.length <= 3).map(capitalized))
}

/** “paris weather tomorrow” */
function beforeWeather(words: Word[]): string[] {
  const at = words.findIndex(({ lower }) => lower === "weather" || lower === "forecast")
  const before = words.slice(0, Math.max(at, 0))
  const fits = before.length > 0 && before.length <= 3
  return fits && before.every(mayBePlace) ? [capitalized(before.map(({ text }) => text))] : []
}

const capitalized = (words: string[]) =>
  words.map((word) => (PARTICLES.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(" ")
