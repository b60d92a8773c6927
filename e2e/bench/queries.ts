/** Texts of a made-up language, with some Chinese, and search queries for them. The same in every run. */
import { Random } from "../support/random"

const VOCABULARY = 40_000

/** Words with the frequencies of a natural language: the n-th occurs 1/n as often as the first. */
function words(chance: Random) {
  const syllables = [
    "ka",
    "lo",
    "mi",
    "ren",
    "sto",
    "ta",
    "ve",
    "zu",
    "pra",
    "el",
    "an",
    "ing",
    "co",
    "he",
    "der",
    "is",
  ]
  const vocabulary = Array.from({ length: VOCABULARY }, (_, n) => {
    let word = ""
    for (let rest = n + 7; rest > 0; rest = Math.floor(rest / syllables.length))
      word += syllables[rest % syllables.length]
    return word
  })
  const pick = () => vocabulary[Math.floor(VOCABULARY ** chance.next()) - 1] ?? ""
  return { vocabulary, text: (length: number) => Array.from({ length }, pick).join(" ") }
}

const chance = new Random(7)
const { vocabulary, text: made } = words(chance)

/** A text with this many words. */
export const text = made

const HAN = "我在北京大学学习计算机科学的时候认识了很多朋友他们都喜欢喝茶看书和旅行"
export const randomHanText = () =>
  Array.from({ length: 40 }, () => HAN[Math.floor(chance.next() * HAN.length)]).join("")

const word = (rank: number) => vocabulary[rank] ?? ""

/** Search queries by name. */
export const QUERIES: Record<string, () => string> = {
  "a rare word": () => `${word(5_000 + Math.floor(chance.next() * 30_000))} `,
  "a common word": () => `${word(100 + Math.floor(chance.next() * 900))} `,
  "one of the ten most common words": () => `${word(Math.floor(chance.next() * 10))} `,
  "the same in 20 old conversations with a tag": () => `tag:old ${word(Math.floor(chance.next() * 10))} `,
  "two words": () => `${word(Math.floor(chance.next() * 300))} ${word(Math.floor(chance.next() * 3_000))}`,
  "three words": () => [30, 300, 3_000].map((most) => word(Math.floor(chance.next() * most))).join(" "),
  "a phrase of common words": () => `"${word(Math.floor(chance.next() * 60))} ${word(Math.floor(chance.next() * 60))}"`,
  "a first letter": () => word(Math.floor(chance.next() * 1_000)).slice(0, 1),
  "two letters": () => word(Math.floor(chance.next() * 1_000)).slice(0, 2),
  "three letters": () => word(Math.floor(chance.next() * 1_000)).slice(0, 3),
  "five letters": () => word(20 + Math.floor(chance.next() * 5_000)).slice(0, 5),
  "one Chinese character": () => HAN[Math.floor(chance.next() * HAN.length)] ?? "",
  "two Chinese characters": () => HAN.slice(Math.floor(chance.next() * 30)).slice(0, 2),
  "no match": () => "nowhereatall",
}
