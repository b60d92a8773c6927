/** Texts as HTML has them. */

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** For text and for values of attributes in quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)

/** An address that a person may follow; null for one that would act. */
export const safeLink = (url: string): string | null => (/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(url) ? url : null)
