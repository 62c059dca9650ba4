import type { Tx } from "#lib/db/transaction.ts";
import { PROVIDERS, REROUTES } from "../data/registry.ts";
import { TEXTS } from "../data/texts.ts";
import { idOf } from "../seed-context.ts";

/** Providers, their models, and who may take over from whom. */
export async function seedRegistry(tx: Tx): Promise<void> {
  await tx.provider.createMany({ data: PROVIDERS.map(({ key, name }) => ({ key, name })), skipDuplicates: true });
  await tx.model.createMany({
    data: PROVIDERS.flatMap(({ key, models }) => models.map((model) => ({ ...model, providerKey: key }))),
    skipDuplicates: true,
  });
  await tx.approvedReroute.createMany({
    data: REROUTES.map(({ from, to }) => ({
      id: idOf("reroute", `${from.provider}/${from.model}/${to.provider}/${to.model}`),
      fromProvider: from.provider,
      fromModel: from.model,
      toProvider: to.provider,
      toModel: to.model,
    })),
    skipDuplicates: true,
  });
}

/** Approved texts. */
export async function seedTexts(tx: Tx): Promise<void> {
  await tx.approvedText.createMany({ data: TEXTS, skipDuplicates: true });
}
