type Card<V extends string> = { value: V; label: string; hint: string };

type CardChoiceProps<V extends string> = {
  legend: string;
  name: string;
  cards: readonly Card<V>[];
  value: V;
  onChange: (value: V) => void;
};

/** One of a few, each with what it means below it. */
export function CardChoice<V extends string>({ legend, name, cards, value, onChange }: CardChoiceProps<V>) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="space-y-2">
        {cards.map((card) => (
          <label
            key={card.value}
            className="flex min-h-11 items-start gap-3 rounded border px-3 py-2 has-checked:border-accent"
          >
            <input
              type="radio"
              name={name}
              value={card.value}
              checked={value === card.value}
              onChange={() => onChange(card.value)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="block text-sm font-medium">{card.label}</span>
              <span className="block text-sm text-muted">{card.hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
