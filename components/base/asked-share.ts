/** The conversation whose share links were requested from the list; the dialog is rendered elsewhere. */
import { Store } from "@/components/base/store"

export const askedShare = new Store<string | null>(null)
