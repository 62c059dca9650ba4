import type { LayerKey } from "#lib/services/controls/schema.ts";
import type { SwitchGroup } from "./layers.ts";

/** Where a layer's switches stand on the page. */
export function layerId(layer: LayerKey): string {
  return `layer-${layer}`;
}

/** The layers as links that stay in sight, because all switches together are some fifty rows. */
export function LayerJumps({ groups }: { groups: SwitchGroup[] }) {
  if (groups.length < 3) return null;
  return (
    <nav
      aria-label="Kinds of restriction"
      className="sticky top-23 z-10 -mx-4 border-b bg-canvas px-4 lg:-mx-8 lg:px-8"
    >
      <ul className="flex gap-1 overflow-x-auto py-2">
        {groups.map((group) => (
          <li key={group.key}>
            <a
              href={`#${layerId(group.key)}`}
              className="inline-flex h-8 items-center rounded-full border px-3 text-sm whitespace-nowrap text-muted hover:bg-sunken hover:text-ink focus-visible:-outline-offset-3"
            >
              {group.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
