"use client"

import { type ComponentProps, useEffect, useRef, useState } from "react"
import { type Components, defaultRehypePlugins, type PluginConfig, Streamdown } from "streamdown"
import { linkForeignImages, safeLink } from "@/components/message/safe-urls"
import "./markdown.css"

type Props<Tag extends keyof React.JSX.IntrinsicElements> = ComponentProps<Tag> & { node?: unknown }

function Link({ node: _, href, children, ...props }: Props<"a">) {
  // A footnote and its way back stay on the page.
  if (href?.startsWith("#"))
    return (
      <a {...props} href={href}>
        {children}
      </a>
    )
  const address = safeLink(href)
  if (!address) return <span>{children}</span>
  return (
    <a {...props} href={address} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

/** Plain elements: markdown.css gives them their looks. */
const components: Components = {
  a: Link,
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
  hr: ({ node: _, ...props }: Props<"hr">) => <hr {...props} />,
}

const { raw, sanitize } = defaultRehypePlugins
/** Raw HTML is parsed, then sanitised, and last what is left may not load anything from elsewhere. */
const rehypePlugins = [raw, sanitize, linkForeignImages].filter((plugin) => plugin !== undefined)

/** Streamdown's frames around tables and code. */
const SCROLLING = ".overflow-x-auto, pre"

const controls = { table: { copy: true, download: true, fullscreen: false }, code: { copy: true, download: true } }

/** What is fetched when a text first needs it, once for the whole page. */
const LOADERS: { name: keyof PluginConfig; needed: (text: string) => boolean; load: () => Promise<PluginConfig> }[] = [
  {
    name: "code",
    needed: (text) => text.includes("```") || text.includes("~~~"),
    load: async () => ({ code: (await import("@streamdown/code")).code }),
  },
  {
    // Only between $$: “$5 and $10” stays money.
    name: "math",
    needed: (text) => text.includes("$$"),
    load: async () => {
      const [{ math }] = await Promise.all([import("@streamdown/math"), import("katex/dist/katex.min.css")])
      return { math }
    },
  },
]

let loaded: PluginConfig = {}

/** The plugins that the text needs, as far as they have loaded. */
function usePlugins(text: string): PluginConfig {
  const [plugins, setPlugins] = useState(loaded)
  const wanted = LOADERS.filter(({ name, needed }) => !plugins[name] && needed(text))
  const names = wanted.map(({ name }) => name).join(" ")
  useEffect(() => {
    let left = false
    const missing = LOADERS.filter(({ name }) => names.split(" ").includes(name))
    for (const { load } of missing)
      void load().then((plugin) => {
        loaded = { ...loaded, ...plugin }
        if (!left) setPlugins(loaded)
      })
    return () => {
      left = true
    }
  }, [names])
  return plugins
}

/** What is wider or taller than its room in an answer that has ended can take the focus, so that keys scroll it. */
function useScrollByKeys(streaming: boolean) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (streaming) return
    const observer = new ResizeObserver((entries) => {
      for (const { target } of entries)
        if (target instanceof HTMLElement)
          target.tabIndex =
            target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight ? 0 : -1
    })
    for (const part of frame.current?.querySelectorAll(SCROLLING) ?? []) observer.observe(part)
    return () => observer.disconnect()
  }, [streaming])
  return frame
}

export default function MarkdownView({ text, streaming }: { text: string; streaming: boolean }) {
  const plugins = usePlugins(text)
  const frame = useScrollByKeys(streaming)
  return (
    <div ref={frame} className="contents">
      <Streamdown
        mode="streaming"
        isAnimating={streaming}
        parseIncompleteMarkdown={streaming}
        components={components}
        rehypePlugins={rehypePlugins}
        plugins={plugins}
        controls={controls}
        linkSafety={{ enabled: false }}
        lineNumbers={false}
        codeBlockMaxHeight={560}
        tableMaxHeight={560}
        className="markdown"
      >
        {text}
      </Streamdown>
    </div>
  )
}
