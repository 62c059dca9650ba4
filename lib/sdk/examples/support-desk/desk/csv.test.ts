import { expect, test } from "vitest";
import { parseCsv } from "./csv.mjs";

test("a quoted field keeps its commas, doubled quotes and line breaks", () => {
  expect(parseCsv('text,category\r\n"Hi, I said ""no"".\nStill charged.",billing\r\nplain,shipping\r\n')).toEqual([
    { text: 'Hi, I said "no".\nStill charged.', category: "billing" },
    { text: "plain", category: "shipping" },
  ]);
});

test("a byte order mark, blank lines and a missing last line break are taken in stride", () => {
  expect(parseCsv("\uFEFFtext,category\n\nwhere is it?,card_arrival")).toEqual([
    { text: "where is it?", category: "card_arrival" },
  ]);
});

test("a quote inside an unquoted field is a plain character", () => {
  expect(parseCsv('text,category\n5" card,card\n')).toEqual([{ text: '5" card', category: "card" }]);
});

test("a row that is short gets empty fields", () => {
  expect(parseCsv("text,category\nhello\n")).toEqual([{ text: "hello", category: "" }]);
  expect(parseCsv("")).toEqual([]);
});
