import sharp from "sharp"

/** A white image of 320 × 200 px with a red circle in the middle. */
export function redCircle(format: "png" | "jpeg" = "png"): Promise<Buffer> {
  const circle = Buffer.from(
    '<svg width="320" height="200"><rect width="320" height="200" fill="#ffffff"/><circle cx="160" cy="100" r="70" fill="#dc1e1e"/></svg>',
  )
  return sharp(circle).removeAlpha().toFormat(format).toBuffer()
}

/** A blue image of 240 × 240 px. */
export function blueSquare(): Promise<Buffer> {
  return sharp({ create: { width: 240, height: 240, channels: 3, background: "#235adc" } })
    .png()
    .toBuffer()
}
