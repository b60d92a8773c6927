/**
 * Decides which lines start an HTML block. CommonMark accepts any tag; here only known tags and verbatim content
 * (`<script>`, `<!-- -->`) count, so “<name> is **required**” is a paragraph. A remark plugin.
 */
import { htmlFlow } from "micromark-core-commonmark"
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from "micromark-util-types"
import { parseMarkdownIntoBlocks } from "streamdown"
import { isKnownTag } from "@/components/message/markdown/html/tags"

/** Elements whose content is not Markdown, up to their end tag. `pre` is a known tag. */
const RAW = new Set(["script", "style", "textarea"])
const LONGEST_NAME = 20

const startsBlock = (name: string) => isKnownTag(name.toLowerCase()) || RAW.has(name.toLowerCase())

/** Checks the name after “<” or “</” without consuming it. */
const knownName: Construct = {
  partial: true,
  tokenize(effects: Effects, ok: State, nok: State): State {
    let name = ""
    const read = (code: Code): State | undefined => {
      const character = code !== null && code > 0 ? String.fromCodePoint(code) : ""
      if (/^[a-zA-Z0-9]$/.test(character) && name.length < LONGEST_NAME) {
        name += character
        effects.consume(code)
        return read
      }
      effects.exit("data")
      return startsBlock(name) && /^(?:[\s/>]|)$/.test(character) ? ok(code) : nok(code)
    }
    const open = (code: Code): State | undefined => {
      effects.enter("data")
      effects.consume(code)
      return behind
    }
    const behind = (code: Code): State | undefined => {
      // A comment, processing instruction, declaration or CDATA.
      if (code === 33 || code === 63) {
        effects.exit("data")
        return ok(code)
      }
      if (code !== 47) return read(code)
      effects.consume(code)
      return read
    }
    return open
  },
}

const knownHtml: Construct = {
  ...htmlFlow,
  name: "knownHtmlFlow",
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    return effects.check(knownName, htmlFlow.tokenize.call(this, effects, ok, nok), nok)
  },
}

const extension: Extension = { flow: { 60: knownHtml }, disable: { null: ["htmlFlow"] } }

interface Parser {
  data(): object
}

export function knownHtmlBlocks(this: Parser): void {
  const data: { micromarkExtensions?: Extension[] } = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), extension]
}

const TAG_START = /(?<!^ {0,3}\[[^\]\n]{1,999}\]:[ \t]*)<(?![!?])(\/?)([a-zA-Z0-9]*)/gm

/**
 * The blocks of a text, for Streamdown to render separately. Its lexer would see HTML blocks where the parser sees none
 * and split in the wrong places, so such signs are hidden from it.
 */
export function blocksOf(text: string): string[] {
  const source = text.replace(/\r\n?/g, "\n")
  const closed = new Set([...source.matchAll(/<\/([a-zA-Z][\w-]*)>/g)].map(([, name]) => name))
  // An unknown tag is judged together with its content (`as-written.ts`), so it stays in one block.
  const masked = source.replace(TAG_START, (sign, slash: string, name: string) =>
    startsBlock(name) || closed.has(name) ? sign : `‹${slash}${name}`,
  )
  let end = 0
  return parseMarkdownIntoBlocks(masked).map((block) => {
    end += block.length
    return source.slice(end - block.length, end)
  })
}
