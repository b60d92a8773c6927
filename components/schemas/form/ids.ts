import type { Path } from "@/lib/output/form/source"

/** Ids of a field's controls by its path in the schema, so that focus can be restored after remounting. */
export const nameId = (path: Path) => `field-name-${pathKey(path)}`
export const kindId = (path: Path) => `field-kind-${pathKey(path)}`
export const handleId = (path: Path) => `field-handle-${pathKey(path)}`

export const pathKey = (path: Path) => encodeURIComponent(JSON.stringify(path))
