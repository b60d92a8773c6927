/** Viewing images: large, with keys, two side by side, a region to ask about, a model's marks. */
import type { Locator } from "@playwright/test"
import sharp from "sharp"
import { arrived, attachedOf, choose, colored } from "@/e2e/support/attach"
import { checkBothThemes } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"

/** 800 × 600: the top left quarter is red, the rest white. */
const quartered = () =>
  sharp(
    Buffer.from(
      '<svg width="800" height="600"><rect width="800" height="600" fill="#fff"/><rect width="400" height="300" fill="#dc1e1e"/></svg>',
    ),
  )
    .removeAlpha()
    .png()
    .toBuffer()

async function send(chat: ChatPage, pictures: { name: string; buffer: Buffer }[], text: string): Promise<void> {
  await choose(chat, pictures)
  await expect(attachedOf(chat).getByRole("listitem")).toHaveCount(pictures.length)
  await expect(arrived(chat)).toHaveCount(0)
  await chat.askAndWait(text)
}

const sizeOf = (image: Locator) =>
  image.evaluate((element) =>
    element instanceof HTMLImageElement ? [element.naturalWidth, element.naturalHeight] : [],
  )

test("the viewer works by keyboard alone: zoom, next, previous, and back to where it was opened", async ({ chat }) => {
  const { page } = chat
  await send(
    chat,
    [
      { name: "one.png", buffer: await colored("red", 600, 400) },
      { name: "two.png", buffer: await colored("green", 400, 600) },
      { name: "three.png", buffer: await colored("blue", 1_200, 300) },
    ],
    "What are these?",
  )
  const opener = chat.articles("user").getByRole("button", { name: "Open 1: one.png" })
  await opener.focus()
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog", { name: "one.png" })
  await expect(dialog).toBeVisible()
  await checkBothThemes(page, "a picture, large")
  await page.keyboard.press("End")
  await expect(page.getByRole("dialog", { name: "three.png" })).toContainText("3 of 3")
  await page.keyboard.press("Home")
  await page.keyboard.press("ArrowRight")
  await expect(page.getByRole("dialog", { name: "two.png" })).toContainText("2 of 3")
  const shown = page.locator("[data-image]")
  // It gets its own size when it has loaded.
  const shape = async () => {
    const box = await shown.boundingBox()
    return box ? box.width / box.height : 0
  }
  await expect.poll(shape).toBeCloseTo(400 / 600, 2)
  const before = await shown.boundingBox()
  await page.keyboard.press("+")
  await expect.poll(async () => (await shown.boundingBox())?.width).toBeGreaterThan((before?.width ?? 0) * 1.3)
  await page.keyboard.press("0")
  await expect
    .poll(async () => Math.round((await shown.boundingBox())?.width ?? 0))
    .toBe(Math.round(before?.width ?? 0))
  // The focus stays inside.
  for (let presses = 0; presses < 14; presses++) await page.keyboard.press("Tab")
  expect(await page.evaluate(() => document.activeElement?.closest("[role='dialog']") !== null)).toBe(true)
  await page.getByRole("button", { name: "Copy image" }).click()
  await expect(page.getByText("Image copied")).toBeVisible()
  expect(await page.evaluate(async () => (await navigator.clipboard.read())[0]?.types)).toEqual(["image/png"])
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await expect(opener).toBeFocused()
})

test("two images are compared side by side and with a keyboard-controlled slider", async ({ chat }) => {
  const { page } = chat
  await send(
    chat,
    [
      { name: "before.png", buffer: await colored("red", 600, 400) },
      { name: "after.png", buffer: await colored("green", 600, 400) },
    ],
    "What changed?",
  )
  await chat.articles("user").getByRole("button", { name: "Open 1: before.png" }).click()
  await page.getByRole("button", { name: "Compare images" }).click()
  const dialog = page.getByRole("dialog", { name: "Compare images" })
  await expect(dialog.getByRole("img")).toHaveCount(2)
  await expect(dialog.getByRole("combobox", { name: "Second image" })).toHaveValue("1")
  await checkBothThemes(page, "two pictures side by side")
  await dialog.getByRole("button", { name: "Slider" }).click()
  const line = dialog.getByRole("slider", { name: "Divider" })
  await line.focus()
  await page.keyboard.press("Home")
  await expect(line).toHaveAttribute("aria-valuetext", "0% of the first image, 100% of the second")
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press("ArrowRight")
  await expect(dialog.locator("[data-over]")).toHaveCSS(
    "clip-path",
    /inset\(0(px)? 97% 0(px)? 0(px)?\)|inset\(0px 97% 0px 0px\)/,
  )
  await checkBothThemes(page, "two pictures and the line between them")
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog", { name: "before.png" })).toBeVisible()
})

test("a region is drawn with the pointer, attached at full resolution, and asked about", async ({ chat }) => {
  const { page } = chat
  await send(chat, [{ name: "plan.png", buffer: await quartered() }], "What is this?")
  await chat.articles("user").getByRole("button", { name: "Open plan.png" }).click()
  await page.getByRole("button", { name: "Ask about a region" }).click()
  const image = await page.locator("[data-image]").boundingBox()
  if (!image) throw new Error("not shown")
  const at = (x: number, y: number) => [image.x + image.width * x, image.y + image.height * y] as const
  // Starts outside the region in the middle, which would otherwise be moved.
  await page.mouse.move(...at(0.01, 0.01))
  await page.mouse.down()
  await page.mouse.move(...at(0.3, 0.3), { steps: 5 })
  await page.mouse.move(...at(0.48, 0.48), { steps: 5 })
  await page.mouse.up()
  await checkBothThemes(page, "a part of a picture")
  await page.getByRole("button", { name: "Ask about this region" }).click()
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await expect(chat.message).toBeFocused()
  const part = attachedOf(chat).getByRole("img")
  await expect(part).toHaveCount(1)
  await part.click()
  await expect(page.getByRole("dialog")).toContainText("part of another image")
  await page.getByRole("button", { name: "Done" }).click()
  const answer = await chat.askAndWait("Describe it")
  await expect(answer).toContainText(/red/i)
  const [width = 0, height = 0] = await sizeOf(chat.articles("user").last().getByRole("img"))
  expect(Math.abs(width / height - 800 / 600)).toBeLessThan(0.03)
})

test("a region is selected by keyboard", async ({ chat }) => {
  const { page } = chat
  await send(chat, [{ name: "plan.png", buffer: await quartered() }], "What is this?")
  await chat.articles("user").getByRole("button", { name: "Open plan.png" }).press("Enter")
  await page.getByRole("button", { name: "Ask about a region" }).press("Enter")
  const region = page.getByRole("application", { name: "Region" })
  await expect(region).toBeFocused()
  const said = page.getByRole("status").filter({ hasText: "pixels, at" })
  await expect(said).toHaveText("400 × 300 pixels, at 200, 150")
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("Shift+ArrowDown")
  await page.keyboard.press("Alt+ArrowUp")
  await expect(said).toHaveText("400 × 306 pixels, at 192, 149")
  // Escape closes the region first, not the image.
  await page.keyboard.press("Escape")
  await expect(region).toHaveCount(0)
  await page.getByRole("button", { name: "Ask about a region" }).press("Enter")
  await expect(region).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await expect(attachedOf(chat).getByRole("img")).toHaveCount(1)
  await expect(chat.message).toBeFocused()
})

/** All within 800 × 600: thousandths and pixels are both possible. */
const boxes = [
  { bbox_2d: [100, 200, 500, 600], label: "cat" },
  { bbox_2d: [600, 100, 780, 400], label: "dog" },
  { point_2d: [500, 500], label: "nose" },
]

test("the model's marks are drawn over the image, with a list next to it; hovering one highlights the other", async ({
  chat,
}) => {
  const { page } = chat
  await send(
    chat,
    [{ name: "pets.png", buffer: await quartered() }],
    `[[echo]] Found:\n\n\`\`\`json\n${JSON.stringify(boxes)}\n\`\`\``,
  )
  const marks = chat.answer().getByRole("region", { name: "Marked image" })
  await expect(marks.getByRole("list", { name: "Marks" }).getByRole("button")).toHaveText(["1cat", "2dog", "3nose"])
  const first = marks.locator("[data-marks] > li").first()
  await expect(async () => {
    const [image, cat] = await Promise.all([
      marks.getByRole("img", { name: "pets.png" }).boundingBox(),
      first.boundingBox(),
    ])
    if (!image || !cat) throw new Error("not drawn")
    expect((cat.x - image.x) / image.width).toBeCloseTo(0.1, 1)
    expect((cat.y - image.y) / image.height).toBeCloseTo(0.2, 1)
    expect(cat.width / image.width).toBeCloseTo(0.4, 1)
  }).toPass({ timeout: 30_000 })
  const catWidth = (await first.boundingBox())?.width ?? Number.NaN
  const dog = marks.locator("[data-marks] > li").nth(1)
  await marks.getByRole("list", { name: "Marks" }).getByRole("button", { name: "dog" }).focus()
  await expect(dog).toHaveAttribute("data-lit")
  await marks.getByRole("button", { name: "1: cat" }).hover()
  await expect(marks.getByRole("list", { name: "Marks" }).getByRole("button", { name: "cat" })).toHaveAttribute(
    "data-lit",
  )
  // Both units are possible for this model's numbers: the reader can choose.
  await marks.getByRole("combobox", { name: "Coordinates read as" }).selectOption("Pixels")
  await expect.poll(async () => (await first.boundingBox())?.width).toBeGreaterThan(catWidth * 1.1)
  await checkBothThemes(page, "marks")
  await chat.reload()
  await expect(marks).toBeVisible()
  await marks.getByRole("button", { name: "View full size" }).click()
  await expect(page.getByRole("dialog", { name: "pets.png" }).locator("[data-marks] > li")).toHaveCount(3)
})

test("an answer without images has no marks, and one with invalid numbers draws none", async ({ chat }) => {
  await chat.askAndWait(`[[echo]] ${JSON.stringify(boxes)}`)
  await expect(chat.answer().getByRole("region", { name: "Marked image" })).toHaveCount(0)
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test("the grid, the viewer, a comparison and marks fit", async ({ chat }) => {
    const { page } = chat
    const pictures = await Promise.all(
      ["red", "green", "blue", "teal", "gray"].map(async (color, place) => ({
        name: `${color}.png`,
        buffer: await colored(color, 300 + 200 * place, 400),
      })),
    )
    await send(chat, pictures, `[[echo]]\n\`\`\`json\n${JSON.stringify([{ ...boxes[0], image: 2 }])}\n\`\`\``)
    const fits = async () =>
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await expect(chat.answer().getByRole("img", { name: "green.png" })).toBeVisible()
    await fits()
    await chat.articles("user").getByRole("button", { name: "Open 5: gray.png" }).click()
    await expect(page.getByRole("button", { name: "Close" })).toBeInViewport()
    await page.getByRole("button", { name: "Compare images" }).click()
    await expect(page.getByRole("combobox", { name: "First image" })).toBeInViewport()
    await fits()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.getByRole("dialog")).toHaveCount(0)
  })
})
