/** Vendors and their models, as the example support desk's model server offers them. */
export const PROVIDERS = [
  {
    key: "provider-x",
    name: "Provider X",
    models: [
      { key: "x-large", name: "X Large" },
      { key: "x-small", name: "X Small" },
    ],
  },
  {
    key: "provider-y",
    name: "Provider Y",
    models: [
      { key: "y-large", name: "Y Large" },
      { key: "y-small", name: "Y Small" },
    ],
  },
];

const x = (model: string) => ({ provider: "provider-x", model: `x-${model}` });
const y = (model: string) => ({ provider: "provider-y", model: `y-${model}` });

/** Who may take over from whom without asking again: models of the same size, both ways. */
export const REROUTES = ["large", "small"].flatMap((size) => [
  { from: x(size), to: y(size) },
  { from: y(size), to: x(size) },
]);
