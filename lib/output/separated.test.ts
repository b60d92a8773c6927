import { expect, test } from "vitest"
import { rowsOf } from "@/lib/output/separated"

test.each([
  [
    "cells in quotes",
    'a,b\n"x, ""y""\nz",2',
    [
      ["a", "b"],
      ['x, "y"\nz', "2"],
    ],
  ],
  ["blanks before quotes", 'a, "b, c"', [["a", " b, c"]]],
  [
    "marks of inches",
    'what,n\n5" pipe,3\n6" pipe,4',
    [
      ["what", "n"],
      ['5" pipe', "3"],
      ['6" pipe', "4"],
    ],
  ],
  [
    "a quote without an end",
    'a,b\n"x,2\ny,3',
    [
      ["a", "b"],
      ['"x', "2"],
      ["y", "3"],
    ],
  ],
  [
    "line ends of all kinds",
    "a;b\r\n1;2\r3;4\n",
    [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  [
    "another separator within",
    "a;b,c;d\n1;2;3\n;;",
    [
      ["a", "b,c", "d"],
      ["1", "2", "3"],
    ],
  ],
  [
    "empty cells",
    "a\tb\tc\n\t1\t",
    [
      ["a", "b", "c"],
      ["", "1", ""],
    ],
  ],
])("%s", (_, text, rows) => {
  expect(rowsOf(text)).toEqual(rows)
})
