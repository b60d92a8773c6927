/** The plugins from Markdown to elements, in order. Pure; `view.tsx` and the tests use the same ones. */
import remarkGfm from "remark-gfm"
import { defaultRehypePlugins, defaultRemarkPlugins, type StreamdownProps } from "streamdown"
import { verbatimHtml } from "@/components/message/markdown/html/as-written"
import { validNesting } from "@/components/message/markdown/html/nesting"
import { linkExternalImages } from "@/components/message/markdown/html/safe-urls"
import { sanitize } from "@/components/message/markdown/html/sanitize"
import { knownHtmlBlocks } from "@/components/message/markdown/html/syntax"
import { withLists } from "@/components/message/markdown/text/lists"
import { proseWithMath } from "@/components/message/markdown/text/math"
import { linkPageReferences, type PagesOf } from "@/components/message/markdown/text/pages"
import { lengthenOuterFences, mapProse } from "@/components/message/markdown/text/prose"
import { NO_SOURCES, type Sources, withSources } from "@/components/message/markdown/text/sources"
import { protectTablePipes } from "@/components/message/markdown/text/tables"
import { directBlocks, removeEmptyFootnotes, scopeIds } from "@/components/message/markdown/text/tidy"
import { closeOpenCodeSpan, settled } from "@/components/message/markdown/text/unfinished"

interface Preparing {
  brokeOff?: boolean
  sources?: Sources
  /** The document whose page references become links. */
  pages?: PagesOf | null
}

/** The text to parse: without its uncertain end while it grows, and in normalized syntax. */
export const prepared = (
  text: string,
  growing: boolean,
  { brokeOff = false, sources = NO_SOURCES, pages = null }: Preparing = {},
): string => rewritten(growing ? settled(text) : brokeOff ? closeOpenCodeSpan(text) : text, sources, pages)

/** Normalizes the syntax variants models use to the one the parser reads. */
const rewritten = (text: string, sources: Sources, pages: PagesOf | null): string =>
  mapProse(lengthenOuterFences(text), (prose) =>
    linkPageReferences(withSources(proseWithMath(protectTablePipes(withLists(prose))), sources), pages),
  )

type RemarkPlugins = NonNullable<StreamdownProps["remarkPlugins"]>
type RehypePlugins = NonNullable<StreamdownProps["rehypePlugins"]>

const present = <T>(value: T | undefined): value is T => value !== undefined

/** “3~5 days” is a range: only two tildes strike through. */
const gfm: RemarkPlugins[number] = [remarkGfm, { singleTilde: false }]
export const remarkPlugins: RemarkPlugins = [gfm, defaultRemarkPlugins.codeMeta, knownHtmlBlocks, verbatimHtml].filter(
  present,
)

/** HTML is parsed, then sanitized; finally nothing left may load from elsewhere. */
const cleaned: RehypePlugins = [
  defaultRehypePlugins.raw,
  sanitize,
  linkExternalImages,
  removeEmptyFootnotes,
  validNesting,
  directBlocks,
].filter(present)

/** Plugins for one answer: its ids start with `prefix`. */
export const rehypePluginsFor = (prefix: string): RehypePlugins => [...cleaned, [scopeIds, { prefix }]]

/** `settled` holds back the uncertain end; a “<” is not a tag until it looks like one. */
export const REMEND_OPTIONS = { htmlTags: false, linkMode: "text-only" } as const
