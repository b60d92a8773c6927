"use client"

import { ImageOff } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ComponentProps, isValidElement, type MouseEvent, Suspense, useContext } from "react"
import { type Components, useIsCodeFenceIncomplete } from "streamdown"
import { CodeBlock } from "@/components/message/markdown/code-block"
import { safeLink } from "@/components/message/markdown/html/safe-urls"
import { useIsAppRoute } from "@/components/message/markdown/html/use-own-route"
import { TableBlock } from "@/components/message/markdown/table-block"
import { PagesContext, pageFromLink } from "@/components/message/markdown/text/pages"
import { isCitation, SourcesContext } from "@/components/message/markdown/text/sources"
import { restorePipes } from "@/components/message/markdown/text/tables"
import { lazyWithFallback } from "@/components/ui/lazy-part"

const Tex = ({ tex }: { tex: string }) => <code className="inline-code">{tex}</code>

const Formula = lazyWithFallback(() => import("@/components/message/markdown/formula"), Tex)
/** Loads the extension for `\ce{H2O}` and `\pu{5 m}`. */
const Chemistry = lazyWithFallback(async () => {
  await import("katex/contrib/mhchem")
  return import("@/components/message/markdown/formula")
}, Tex)
const Diagram = lazyWithFallback(
  () => import("@/components/message/markdown/diagram"),
  ({ source }) => <CodeBlock code={source} language="mermaid" meta={undefined} growing={false} />,
)

type Props<Tag extends keyof React.JSX.IntrinsicElements> = ComponentProps<Tag> & { node?: unknown }

/** Jumps to a footnote or back, within the message, without adding to the browser history. */
function goTo(event: MouseEvent<HTMLAnchorElement>): void {
  const id = decodeURIComponent(event.currentTarget.hash.slice(1))
  const target = document.getElementById(id)
  event.preventDefault()
  if (!target) return
  target.tabIndex = -1
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: "nearest" })
}

function Link({ node: _, href, children, ...props }: Props<"a"> & { "data-picture"?: boolean }) {
  const t = useTranslations("reading")
  const sources = useContext(SourcesContext)
  const document = useContext(PagesContext)
  const page = document && href?.startsWith("#") ? pageFromLink(href) : null
  const address = safeLink(href)
  const own = useIsAppRoute(address)
  if (document && page !== null)
    return (
      <a
        {...props}
        href={href}
        data-document-link=""
        onClick={(event) => {
          event.preventDefault()
          document.open(page)
        }}
      >
        {children}
      </a>
    )
  if (href?.startsWith("#"))
    return (
      <a {...props} href={href} onClick={goTo}>
        {children}
      </a>
    )
  if (!address || own) return <span>{children}</span>
  const words = textOf(children)
  const cited = isCitation(words, address, sources)
  const outside = { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }
  if (cited)
    return (
      <a
        {...outside}
        href={address}
        className="citation"
        data-tip={cited.title}
        aria-label={t("sourceOf", { number: words, title: cited.title })}
      >
        {children}
      </a>
    )
  if (!props["data-picture"])
    return (
      // In print its address follows, unless the text already is the address.
      <a {...props} {...outside} data-bare={isAddress(words, address) || undefined}>
        {children}
      </a>
    )
  return (
    <a {...outside} className="foreign-picture" data-tip={address}>
      <ImageOff className="size-4 shrink-0" aria-hidden />
      <span>
        {children} <small>{t("pictureAt", { host: new URL(address).host })}</small>
      </span>
    </a>
  )
}

const isAddress = (text: string, address: string) =>
  address.replace(/^(?:https?:\/\/|mailto:)|\/$/g, "") === text.trim().replace(/^https?:\/\/|\/$/g, "")

function textOf(children: unknown): string {
  if (typeof children === "string") return children
  if (Array.isArray(children)) return children.map(textOf).join("")
  return isValidElement<{ children?: unknown }>(children) ? textOf(children.props.children) : ""
}

interface CodeProps extends Props<"code"> {
  "data-block"?: string
  metastring?: string
}

/** Inline code, code blocks, formulas and diagrams all arrive as `code`. */
function Code({ node: _, className = "", children, "data-block": block, metastring }: CodeProps) {
  const growing = useIsCodeFenceIncomplete()
  const text = textOf(children)
  const language = /language-(\S+)/.exec(className)?.[1] ?? ""
  const isBlock = block !== undefined
  if (language === "math") {
    const tex = restorePipes(text.trim())
    const Setter = /\\(?:ce|pu)(?![a-zA-Z])/.test(tex) ? Chemistry : Formula
    return (
      <Suspense fallback={<Tex tex={tex} />}>
        <Setter tex={tex} display={isBlock} />
      </Suspense>
    )
  }
  if (!isBlock) return <code className="inline-code">{children}</code>
  const source = <CodeBlock code={text} language={language} meta={metastring} growing={growing} />
  if (language.toLowerCase() !== "mermaid" || growing) return source
  return (
    <Suspense
      fallback={
        <div data-pending className="contents">
          {source}
        </div>
      }
    >
      <Diagram source={text.trim()} />
    </Suspense>
  )
}

/** A code block is not rendered as a preformatted paragraph: `Code` renders it. */
function Pre({ children }: Props<"pre">) {
  if (!isValidElement<CodeProps>(children) || children.type !== Code) return <pre>{children}</pre>
  return <Code {...children.props} data-block="true" />
}

/** The checkbox of a task. */
function Box({ node: _, checked, ...props }: Props<"input">) {
  const t = useTranslations("reading")
  return <input {...props} checked={checked ?? false} readOnly aria-label={checked ? t("done") : t("open")} />
}

/** Plain elements, styled by markdown.css. Headings are ranked below the page's own. */
export const elements: Components = {
  a: Link,
  pre: Pre,
  code: Code,
  table: ({ node: _, ...props }: Props<"table">) => <TableBlock {...props} />,
  thead: ({ node: _, ...props }: Props<"thead">) => <thead {...props} />,
  tbody: ({ node: _, ...props }: Props<"tbody">) => <tbody {...props} />,
  tr: ({ node: _, ...props }: Props<"tr">) => <tr {...props} />,
  th: ({ node: _, ...props }: Props<"th">) => <th {...props} scope="col" />,
  td: ({ node: _, ...props }: Props<"td">) => <td {...props} />,
  h1: ({ node: _, ...props }: Props<"h1">) => <h3 {...props} data-level="1" />,
  h2: ({ node: _, ...props }: Props<"h2">) => <h4 {...props} data-level="2" />,
  h3: ({ node: _, ...props }: Props<"h3">) => <h5 {...props} data-level="3" />,
  h4: ({ node: _, ...props }: Props<"h4">) => <h6 {...props} data-level="4" />,
  h5: ({ node: _, ...props }: Props<"h5">) => <h6 {...props} data-level="5" />,
  h6: ({ node: _, ...props }: Props<"h6">) => <h6 {...props} data-level="6" />,
  ul: ({ node: _, ...props }: Props<"ul">) => <ul {...props} />,
  ol: ({ node: _, ...props }: Props<"ol">) => <ol {...props} />,
  li: ({ node: _, ...props }: Props<"li">) => <li {...props} />,
  blockquote: ({ node: _, ...props }: Props<"blockquote">) => <blockquote {...props} />,
  strong: ({ node: _, ...props }: Props<"strong">) => <strong {...props} />,
  input: Box,
  hr: ({ node: _, ...props }: Props<"hr">) => <hr {...props} />,
  sup: ({ node: _, ...props }: Props<"sup">) => <sup {...props} />,
  sub: ({ node: _, ...props }: Props<"sub">) => <sub {...props} />,
  // Only images stored here get this far.
  // biome-ignore lint/performance/noImgElement: shown as stored
  img: ({ node: _, alt = "", ...props }: Props<"img">) => <img {...props} alt={alt} loading="lazy" />,
}
