import { type Form, Preference } from "@/components/base/preference"
import { type Detail, isDetail } from "@/lib/image.types"

const asDetail: Form<Detail> = { read: (text) => (isDetail(text) ? text : null), write: (detail) => detail }

/** How closely a model looks at pictures for which nothing else was chosen. */
export const usualDetail = new Preference<Detail>({ key: "sparkler:image-detail", initial: "standard", form: asDetail })
