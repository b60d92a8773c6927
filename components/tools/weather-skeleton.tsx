/** As high as the card that follows, so that nothing jumps. */
export function WeatherSkeleton({ place }: { place?: string }) {
  return (
    <div
      role="status"
      className="my-3 flex h-[352px] max-w-xl flex-col justify-between overflow-hidden rounded-xl border bg-surface p-5"
    >
      <p className="text-muted-foreground text-sm">
        {place ? `Looking up the weather in ${place} …` : "Looking up the weather …"}
      </p>
      <div aria-hidden className="animate-pulse space-y-5">
        <div className="h-12 w-40 rounded-lg bg-muted" />
        <div className="h-24 rounded-lg bg-muted" />
        <div className="flex justify-between gap-3">
          {["a", "b", "c", "d", "e", "f", "g"].map((day) => (
            <div key={day} className="h-16 flex-1 rounded-lg bg-muted" />
          ))}
        </div>
      </div>
    </div>
  )
}
