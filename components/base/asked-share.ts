/** A conversation whose links somebody asked for from the list: the dialog stands elsewhere. */
import { Store } from "@/components/base/store"

export const askedShare = new Store<string | null>(null)
