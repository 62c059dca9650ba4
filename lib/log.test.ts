import { expect, test } from "vitest";
import { hideSecrets, withoutSecrets } from "./log.ts";

test("fields that hold secrets, people's ids or what they wrote are not logged, however deep", () => {
  const line = JSON.stringify(
    withoutSecrets({
      requestId: "r-1",
      keyId: "k-1",
      headers: { authorization: "Bearer abc", cookie: "c", "x-api-key": "k" },
      context: { userId: "u-1", targetingKey: "u-2", user_id: "u-3" },
      people: [{ email: "someone@example.com", passwordHash: "h", name: "Lea" }],
      event: { input: "my bill", output: "your bill" },
    }),
  );
  for (const secret of ["abc", '"c"', '"k"', "u-1", "u-2", "u-3", "someone", '"h"', "bill"])
    expect(line).not.toContain(secret);
  for (const kept of ["r-1", "k-1", "Lea"]) expect(line).toContain(kept);
});

test("secrets inside texts and errors are hidden", () => {
  const error = new Error("connect postgresql://evenkeel:hunter2@db:5432/x failed", {
    cause: new Error("key ek_production_abcdefghijkl"),
  });
  const line = hideSecrets(JSON.stringify(withoutSecrets({ error })));
  expect(line).not.toContain("hunter2");
  expect(line).not.toContain("abcdefghijkl");
  expect(line).toContain("db:5432");
  expect(hideSecrets("authorization: Bearer eyJhbGciOi.J9")).not.toContain("eyJhb");
});
