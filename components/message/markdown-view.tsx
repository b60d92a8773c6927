"use client"

import { type ComponentProps, useEffect, useState } from "react"
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

const controls = { table: { copy: true, download: true, fullscreen: false }, code: { copy: true, download: true } }

let loadedCode: PluginConfig | undefined

/** The highlighter, fetched when the first code appears. */
function useCodePlugin(hasCode: boolean): PluginConfig | undefined {
  const [plugins, setPlugins] = useState(loadedCode)
  useEffect(() => {
    if (!hasCode || plugins) return
    let left = false
    void import("@streamdown/code").then(({ code }) => {
      loadedCode ??= { code }
      if (!left) setPlugins(loadedCode)
    })
    return () => {
      left = true
    }
  }, [hasCode, plugins])
  return plugins
}

export default function MarkdownView({ text, streaming }: { text: string; streaming: boolean }) {
  const plugins = useCodePlugin(text.includes("```") || text.includes("~~~"))
  return (
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
  )
}
