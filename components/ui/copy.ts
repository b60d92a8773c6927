/** All clipboard writes, including where the Clipboard API is unavailable: on `http://` with a network host name. */

export interface Copied {
  text: string
  /** The same as HTML, for documents and spreadsheets. */
  html?: string
}

/** Copies to the clipboard. Call it during a click or key event. Throws when the browser refuses. */
export async function copy(copied: Copied): Promise<void> {
  // Only on https:// and localhost (https://www.w3.org/TR/clipboard-apis/).
  if (navigator.clipboard && (await written(copied))) return
  if (!copiedByEvent(copied)) throw new Error("copying failed")
}

/**
 * The same for a text that is still loading: called during a click, the text may arrive later (as Safari allows).
 * Throws when the browser refuses, or the rejection of `text`.
 */
export async function copyWhenReady(text: Promise<string>): Promise<void> {
  try {
    if (!navigator.clipboard) throw new Error("no clipboard")
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": text.then(plain) })])
  } catch {
    await copy({ text: await text })
  }
}

/** False when the browser refuses: the legacy way may work. */
async function written({ text, html }: Copied): Promise<boolean> {
  try {
    if (html === undefined) await navigator.clipboard.writeText(text)
    else await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain(text), "text/html": rich(html) })])
    return true
  } catch {
    return false
  }
}

const plain = (text: string) => new Blob([text], { type: "text/plain" })
const rich = (html: string) => new Blob([html], { type: "text/html" })

/** Handles the browser's own copy command. Focus stays where it is, so an open dialog is not affected. */
function copiedByEvent({ text, html }: Copied): boolean {
  let taken = false
  const give = (event: ClipboardEvent) => {
    if (!event.clipboardData) return
    event.clipboardData.setData("text/plain", text)
    if (html !== undefined) event.clipboardData.setData("text/html", html)
    event.preventDefault()
    event.stopImmediatePropagation()
    taken = true
  }
  // Without a selection some browsers copy nothing and fire no event.
  const stand = document.createElement("span")
  stand.textContent = text || " "
  stand.style.cssText = "position:fixed;top:0;clip-path:inset(50%);white-space:pre;user-select:text"
  stand.setAttribute("aria-hidden", "true")
  const selection = document.getSelection()
  const before = Array.from({ length: selection?.rangeCount ?? 0 }, (_, index) => selection?.getRangeAt(index))
  document.body.append(stand)
  document.addEventListener("copy", give, true)
  try {
    selection?.selectAllChildren(stand)
    return document.execCommand("copy") && taken
  } finally {
    document.removeEventListener("copy", give, true)
    stand.remove()
    selection?.removeAllRanges()
    for (const range of before) if (range) selection?.addRange(range)
  }
}
