/** The title of a conversation: a part of its question, verbatim. */

import { cut } from "@/lib/cut"
import { sentencesOf, wordsOf } from "@/lib/demo/words/words"

/** Characters. */
const LONGEST_TITLE = 60
const MAX_WORDS = 6
/** Characters of a question that are searched for its title. */
const LOOKED_AT = 2_000

/** URLs, email addresses, and phone or ID numbers: not words, and unsuitable for a list of titles. */
const ADDRESSES = /\b(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ()-]{7,}\d/g
/** How questions begin before their subject. */
const OPENINGS =
  /^(?:please|hello|hi|hey|ok|so|and|can you|could you|would you|will you|i want(?: you)? to|i(?:['’]d| would) like(?: you)? to|help me(?: to)?|tell me(?: about)?|show me|give me|explain(?: to me)?|describe|summarize|extract|write(?: me)?|draw(?: me)?|create|make(?: me)?|list|what(?:['’]s| is| are)|in \w+ (?:short )?(?:words|sentences|paragraphs)|a|an|the|this|some)(?=[\s,:]+\S)[\s,:]+/i
/** Words that a title must not end with. */
const HANGING =
  /[\s,;:–-]+(?:a|an|the|and|or|but|of|to|in|on|at|by|for|with|from|as|is|are|was|be|do|does|if|that|which|who|its|their|my|your|then|than|so)$/i

/** Up to six words of the question, starting at its subject. */
export function titleOf(question: string): string {
  const text = question
    .slice(0, LOOKED_AT)
    .replace(/```[\s\S]*?(?:```|$)/g, " ")
    .replace(ADDRESSES, " ")
    .replace(/[*_#>`|[\]{}]+/g, " ")
  const sentence = sentencesOf(text).find((one) => wordsOf(one).length > 1) ?? text.trim()
  const subject = withoutOpenings(sentence)
  const title = shortened(wordsOf(subject).length > 1 ? subject : sentence)
  return title ? title.charAt(0).toUpperCase() + title.slice(1) : "New conversation"
}

function withoutOpenings(sentence: string): string {
  let rest = sentence
  while (OPENINGS.test(rest)) rest = rest.replace(OPENINGS, "")
  return rest
}

function shortened(text: string): string {
  const words = text.split(/\s+/).filter((word) => wordsOf(word).length > 0)
  let title = bare(cut(words.slice(0, MAX_WORDS).join(" "), LONGEST_TITLE))
  while (words.length > MAX_WORDS && HANGING.test(title)) title = bare(title.replace(HANGING, ""))
  return title
}

const bare = (text: string) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M})%+#]+$/gu, "")
