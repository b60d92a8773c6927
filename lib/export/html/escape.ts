/** Escapes text for HTML. */

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** For text and quoted attribute values. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)

/** A URL that is safe to link to; null for one that could run code. */
export const safeLink = (url: string): string | null => (/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(url) ? url : null)
