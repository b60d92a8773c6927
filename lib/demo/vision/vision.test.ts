import sharp from "sharp"
import { describe, expect, test } from "vitest"
import { createDemoModel } from "@/lib/demo"
import { bodyOf, complete, picture, refusalOf, user } from "@/lib/demo/demo.fixture"
import { nameColor } from "@/lib/demo/vision/colors"
import { look } from "@/lib/demo/vision/vision"

const demo = createDemoModel({ tokensPerSecond: 0, firstTokenMs: 0 })
const uri = (bytes: Buffer, type = "png") => `data:image/${type};base64,${bytes.toString("base64")}`
const drawn = (width: number, height: number, inside: string, ground = "#ffffff") =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${ground}"/>${inside}</svg>`,
    ),
  )
    .removeAlpha()
    .png()
    .toBuffer()
const even = (background: string, width = 60, height = 60) =>
  sharp({ create: { width, height, channels: 3, background } })
const circle = () => drawn(320, 200, '<circle cx="160" cy="100" r="70" fill="#dc1e1e"/>')
const lines = (ink: string) =>
  Array.from(
    { length: 40 },
    (_, at) =>
      `<text x="40" y="${60 + at * 22}" font-size="18" font-family="sans-serif" fill="${ink}">The quick brown fox jumps over the lazy dog, and then it runs home ${at}</text>`,
  ).join("")

const ask = async (question: string, ...pictures: Buffer[]) =>
  (await complete(demo, bodyOf([{ type: "text", text: question }, ...pictures.map((bytes) => picture(bytes))]))).text
    .split("\n\n")
    .slice(1)
    .join("\n\n")

describe("answers", () => {
  test("the requested fact comes first", async () => {
    const bytes = await circle()
    expect(await ask("Which colors are in this picture?", bytes)).toMatch(
      /^Main colors: \*\*white\*\* \(\d+%\), \*\*red\*\* \(\d+%\)/,
    )
    expect(await ask("How large is it in pixels?", bytes)).toMatch(/^It is a PNG of 320 × 200 px \(wider than high\)/)
    expect(await ask("How bright is it?", bytes)).toMatch(/^It is very bright/)
    expect(await ask("Which shapes are there?", bytes)).toMatch(/^Areas that stand out: a red ellipse at the center/)
    expect(await ask("Colors and size?", bytes)).toMatch(/^Main colors.*\n\nIt is a PNG of 320 × 200 px/)
  })

  test("several images are compared", async () => {
    const [dark, light] = [
      await even("#000000", 20, 20).png().toBuffer(),
      await even("#ffffff", 40, 40).png().toBuffer(),
    ]
    const text = await ask("Compare", dark, light)
    expect(text).toMatch(/^2 images: the largest is image 2, the brightest is image 2/)
    expect(text).toContain("no main color in common")
    expect(await ask("Compare", dark, dark)).toContain("none is the largest")
  })

  test("a question without an image uses the latest earlier one; unrelated questions do not", async () => {
    const [old, recent] = [await even("#0000ff").png().toBuffer(), await circle()]
    const shown = (bytes: Buffer) => [
      user([{ type: "text", text: "Look" }, picture(bytes)]),
      { role: "assistant", content: "Yes." },
    ]
    const follow = async (question: string) =>
      (await complete(demo, { model: "sparkler-demo", messages: [...shown(old), ...shown(recent), user(question)] }))
        .text
    expect(await follow("Which colors does it have?")).toMatch(/\*\*white\*\*.*\*\*red\*\*/)
    expect(await follow("How large is the picture?")).toContain("320 × 200")
    expect(await follow("What is 2+2?")).toContain("**4**")
    expect(await follow("Write python code for fibonacci")).toContain("def fibonacci")
  })

  test("JSON with a schema is filled from the image", async () => {
    const schema = { type: "object", properties: { color: { enum: ["blue", "red", "green"] } }, required: ["color"] }
    const body = bodyOf([{ type: "text", text: "Which?" }, picture(await circle())], {
      response_format: { type: "json_schema", json_schema: { name: "c", schema } },
    })
    expect(JSON.parse((await complete(demo, body)).text)).toEqual({ color: "red" })
  })
})

describe("image analysis", () => {
  test.each([
    ["#ff0000", "red"],
    ["#00ff00", "lime"],
    ["#008000", "green"],
    ["#0000ff", "blue"],
    ["#a52a2a", "brown"],
    ["#8b4513", "brown"],
    ["#ffa500", "orange"],
    ["#ffff00", "yellow"],
    ["#800080", "purple"],
    ["#eeeeee", "white"],
    ["#808080", "gray"],
    ["#111111", "black"],
  ])("%s is %s", (hex, name) => {
    const [red = 0, green = 0, blue = 0] = Buffer.from(hex.slice(1), "hex")
    expect(nameColor([red, green, blue]).name).toBe(name)
  })

  test.each([
    ["diamond", '<polygon points="150,50 250,150 150,250 50,150" fill="#0000ff"/>'],
    ["triangle", '<polygon points="150,50 250,250 50,250" fill="#0000ff"/>'],
    ["triangle", '<polygon points="50,50 50,250 250,250" fill="#0000ff"/>'],
    ["ellipse", '<ellipse cx="150" cy="150" rx="110" ry="60" fill="#0000ff"/>'],
    ["square", '<rect x="100" y="100" width="100" height="100" fill="#0000ff"/>'],
    ["rectangle", '<rect x="50" y="120" width="200" height="60" fill="#0000ff"/>'],
  ])("a %s is recognized", async (shape, inside) => {
    const { areas } = await look(uri(await drawn(300, 300, inside)))
    expect(areas[0]).toMatchObject({ color: "blue", shape })
  })

  test("no third color is reported between two areas", async () => {
    const stripes = Array.from(
      { length: 10 },
      (_, at) => `<rect x="${at * 62}" width="31" height="300" fill="#ff0000"/>`,
    )
    const { colors } = await look(uri(await drawn(620, 300, stripes.join(""), "#0000ff")))
    expect(colors.map(({ name }) => name).sort()).toEqual(["blue", "red"])
  })

  test.each([
    ["#000000", "#ffffff"],
    ["#dddddd", "#111111"],
  ])("a page of text (%s on %s) is recognized as one", async (ink, ground) => {
    const page = await drawn(800, 1000, lines(ink), ground)
    expect((await look(uri(page))).kind).toBe("screenshot or document")
    const jpeg = await sharp(page).jpeg({ quality: 80 }).toBuffer()
    expect((await look(uri(jpeg, "jpeg"))).kind).toBe("screenshot or document")
  })

  test("a noisy image is a photo, a flat one a graphic", async () => {
    const noise = await sharp({
      create: {
        width: 640,
        height: 480,
        channels: 3,
        background: "#888888",
        noise: { type: "gaussian", mean: 128, sigma: 40 },
      },
    })
      .blur(3)
      .png()
      .toBuffer()
    expect((await look(uri(noise))).kind).toBe("photo")
    expect((await look(uri(await circle()))).kind).toBe("flat graphic")
  })

  test("the size is after EXIF rotation", async () => {
    const turned = await even("#a52a2a", 300, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await look(uri(turned, "jpeg"))).toMatchObject({ format: "jpeg", width: 100, height: 300 })
  })

  test("the brightest and most detailed areas", async () => {
    const bytes = await drawn(300, 300, '<rect x="220" y="20" width="60" height="60" fill="#ffffff"/>', "#202020")
    expect(await look(uri(bytes))).toMatchObject({ brightest: "top right", mostDetail: "top right" })
  })
})

describe("refusals", () => {
  const refused = (part: unknown) => refusalOf(demo, bodyOf([{ type: "text", text: "Look" }, part]))

  test("broken data, URLs, and SVG are 400", async () => {
    expect(await refused(picture(Buffer.from("no picture")))).toMatchObject({
      status: 400,
      message: "The image could not be decoded",
    })
    const remote = { type: "image_url", image_url: { url: "https://example.com/a.png" } }
    expect(await refused(remote)).toMatchObject({ status: 400, message: expect.stringContaining("data:image") })
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    expect(await refused(picture(svg))).toMatchObject({ status: 400, message: "SVG images are not supported" })
    const named = { status: 400, message: expect.stringContaining("image format is not supported") }
    expect(await refused(picture(svg, "svg+xml"))).toMatchObject(named)
  })

  test("31 images, or more than 10 MB of base64, are 400", async () => {
    const part = picture(await even("#ff0000", 2, 2).png().toBuffer())
    expect(await refusalOf(demo, bodyOf(Array.from({ length: 31 }, () => part)))).toMatchObject({
      status: 400,
      message: expect.stringContaining("30"),
    })
    expect(await refused(picture(Buffer.alloc(7_600_000)))).toMatchObject({
      status: 400,
      message: expect.stringContaining("10 MB"),
    })
  })

  test("a model without image support says so", async () => {
    const blind = createDemoModel({ models: [{ id: "blind", supports_image_input: false }] })
    const body = { ...bodyOf([picture(await circle())]), model: "blind" }
    expect(await refusalOf(blind, body)).toMatchObject({
      status: 400,
      message: expect.stringContaining("does not support image input"),
    })
  })
})
