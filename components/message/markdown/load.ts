/** The script that draws Markdown. It comes with the first answer that needs it, or before (`message/preload.ts`). */
export const loadMarkdown = () => import("@/components/message/markdown/view")
