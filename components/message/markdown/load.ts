/** The Markdown renderer, loaded with the first answer that needs it, or before (`message/preload.ts`). */
export const loadMarkdown = () => import("@/components/message/markdown/view")
