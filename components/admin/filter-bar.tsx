import { useId } from "react"
import { Button } from "@/components/ui/button"

type Field =
  | { name: string; label: string; value: string; type: "search" | "date" }
  | { name: string; label: string; value: string; type: "choice"; options: { value: string; label: string }[] }

const LOOK = "h-9 w-full rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"

/** Filters of a list. A GET form for the same page, so it works without JavaScript. */
export function FilterBar({ path, fields, submit }: { path: string; fields: Field[]; submit: string }) {
  return (
    <form action={path} className="mb-4 flex flex-wrap items-end gap-3">
      {fields.map((field) => (
        <FilterField key={field.name} {...field} />
      ))}
      <Button type="submit">{submit}</Button>
    </form>
  )
}

function FilterField(field: Field) {
  const id = useId()
  const { name, label, value } = field
  return (
    <div className={field.type === "search" ? "min-w-48 flex-1" : "min-w-36"}>
      <label htmlFor={id} className="mb-1 block text-[0.8125rem] text-muted-foreground">
        {label}
      </label>
      {field.type === "choice" ? (
        <select id={id} name={name} defaultValue={value} className={LOOK}>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={name} type={field.type} defaultValue={value} maxLength={200} className={LOOK} />
      )}
    </div>
  )
}
