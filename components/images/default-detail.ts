import { type Form, Preference } from "@/components/base/preference"
import { type Detail, isDetail } from "@/lib/image.types"

const asDetail: Form<Detail> = { read: (text) => (isDetail(text) ? text : null), write: (detail) => detail }

/** The default detail level for images. */
export const defaultDetail = new Preference<Detail>({
  key: "sparkler:image-detail",
  initial: "standard",
  form: asDetail,
})
